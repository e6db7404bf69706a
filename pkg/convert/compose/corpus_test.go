package compose

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/secrets"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// corpus are the compose files of the corpus, none where it is absent.
func corpus(t *testing.T) []string {
	t.Helper()
	for _, up := range []string{"../../../../shared", "../../../../../shared"} {
		if files, err := filepath.Glob(up + "/corpus/compose/*/compose.y*ml"); err == nil && len(files) > 0 {
			return files
		}
	}
	t.Skip("no corpus")
	return nil
}

// TestCorpus demands of every project of the corpus what people may expect of theirs.
func TestCorpus(t *testing.T) {
	for _, name := range corpus(t) {
		t.Run(filepath.Base(filepath.Dir(name)), func(t *testing.T) {
			o := Options{Files: []string{name}, Profiles: []string{"*"}, VolumeSize: "1Gi"}
			d, err := Convert(o)
			if err != nil {
				t.Fatal(err)
			}
			again, err := Convert(o)
			if err != nil || !reflect.DeepEqual(d.Report, again.Report) {
				t.Error("the second report differs", err)
			}
			if n := d.Report.Count(convert.Wrong); n > 0 {
				t.Errorf("%d mistakes", n)
			}
			mustRender(t, d)
			mustHide(t, d, name)
			mustProbe(t, d, name)
			patterns := keyPaths(reflect.TypeFor[types.ServiceConfig](), "services.*")
			for _, at := range writtenKeys(t, name) {
				if pattern := patternOf(patterns, at); pattern != "" {
					mustTell(t, &d.Report, at, pattern)
				}
			}
		})
	}
}

// TestGoldenRenders demands that what the golden projects come to renders without a
// mistake, though their input has some.
func TestGoldenRenders(t *testing.T) {
	dirs, err := filepath.Glob("testdata/golden/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Chdir(dir)
			d, err := Convert(goldenOptions(t))
			if err != nil {
				t.Fatal(err)
			}
			mustRender(t, d)
			mustHide(t, d, "compose.yaml")
		})
	}
}

func mustRender(t *testing.T, d *convert.Draft) {
	t.Helper()
	if len(d.Services) == 0 {
		return
	}
	rendered, err := convert.NewStage(d).Render()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Errors(rendered.Findings) {
		t.Errorf("%s: %s %s", f.Pos, f.Path, f.Message)
	}
}

// mustHide demands that no value of a variable with the name of a secret is written.
func mustHide(t *testing.T, d *convert.Draft, name string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	_, text := cutTags(data)
	values, others := map[string]string{}, []string{}
	var walk func(key string, n *tree.Node)
	walk = func(key string, n *tree.Node) {
		for i := range n.Fields {
			walk(n.Fields[i].Key, n.Fields[i].Value)
		}
		if prefix, value, isPair := strings.Cut(n.Text, "="); isPair && key == "" {
			key, n = prefix, &tree.Node{Text: value}
		}
		isUser := slices.Contains(usersNames, n.Text) // stands for users and programs too
		if secrets.In(key, n.Text) == secrets.ByName && !isUser && !strings.Contains(n.Text, "$") {
			values[n.Text] = key
		} else {
			others = append(others, n.Text)
		}
	}
	if root := read.YAML(&tree.Source{Name: name}, text, &report.Sink{}); root != nil {
		walk("", root)
	}
	files, err := d.Tree("yaml")
	if err != nil {
		t.Fatal(err)
	}
	for value, key := range values {
		for _, f := range files {
			if strings.Contains(string(f.Data), value) && !slices.Contains(others, value) && len(value) > 3 {
				t.Errorf("%s has the value of %s", f.Path, key)
			}
		}
		for _, i := range d.Report.Items {
			if strings.Contains(i.Message, value) && !slices.Contains(others, value) && len(value) > 3 {
				t.Errorf("%s: the message has the value of %s", i.Path, key)
			}
		}
	}
}

// mustProbe demands that every health check became probes.
func mustProbe(t *testing.T, d *convert.Draft, name string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	root := read.YAML(&tree.Source{Name: name}, data, &report.Sink{})
	services := root.Get("services")
	for i := range services.Fields {
		if services.Fields[i].Value.Get("healthcheck").Get("test") == nil {
			continue
		}
		made := d.Service(labelOf(services.Fields[i].Key))
		for _, probe := range []string{"readiness", "liveness"} {
			if made == nil || made.Root.At(tree.P("probes", probe)) == nil {
				t.Errorf("%s has no %s probe", services.Fields[i].Key, probe)
			}
		}
	}
}
