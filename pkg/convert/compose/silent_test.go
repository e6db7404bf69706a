package compose

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// silent are keys that may say what is so without them: what compose and Kubernetes take
// for granted, and where a value comes from that a variable stands for.
var silent = []string{
	"capabilities", "driver", "protocol", "nocopy", "create_host_path", "required", "device", // defaults
	"file", "content", "environment", // of secrets
}

// TestNoSilentKey takes every key out of made projects, one at a time: where neither the
// report nor the project changes, the key was dropped in silence.
func TestNoSilentKey(t *testing.T) {
	for _, dir := range []string{"every-key", "nested", "long", "external", "drivers"} {
		t.Run(dir, func(t *testing.T) {
			t.Chdir("testdata/golden/" + dir)
			data, err := os.ReadFile("compose.yaml")
			if err != nil {
				t.Fatal(err)
			}
			root := read.YAML(&tree.Source{Name: "compose.yaml"}, data, &report.Sink{})
			whole, without := outcomeOf(t, root)
			for _, at := range writtenKeys(t, "compose.yaml") {
				isSaid := slices.Contains(silent, at[len(at)-1].(string))
				for n := range at {
					isSaid = isSaid || without[at[:n].String()]
				}
				if got, _ := outcomeOf(t, root.WithoutAt(at)); got == whole && !isSaid {
					t.Errorf("%s changes nothing", at)
				}
			}
		})
	}
}

// outcomeOf is what becomes of a compose file: the report without its positions, and the
// project; and what of it has no part as a whole.
func outcomeOf(t *testing.T, root *tree.Node) (all string, without map[string]bool) {
	t.Helper()
	o := goldenOptions(t)
	o.Files, o.Stdin, o.Profiles = []string{"-"}, strings.NewReader(string(manifest.Append(nil, root))), []string{"*"}
	d, err := draft(o)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	without = map[string]bool{}
	for _, i := range d.Report.Items {
		lines = append(lines, strings.Join([]string{string(i.Outcome), i.Path, i.Service, i.Field, i.Message}, "\x00"))
		if i.Outcome == convert.Dropped || i.Outcome == convert.ToDo {
			without[i.Path] = true
		}
	}
	slices.Sort(lines)
	for _, s := range d.Services {
		lines = append(lines, string(s.Root.AppendJSON([]byte(s.Name))))
	}
	lines = append(lines, string(d.Project.AppendJSON(nil)))
	for _, f := range d.Files {
		lines = append(lines, f.Path, string(f.Data))
	}
	return strings.Join(lines, "\n"), without
}
