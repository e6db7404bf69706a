package manifests

import (
	"bytes"
	"encoding/base64"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
	"github.com/kgen-dev/kgen/schema"
)

// corpus is beside the repository; KGEN_CORPUS names another place.
const corpus = "../../../../shared/corpus"

// The goals: values that need no patch, in percent of those of the kinds that kgen
// renders; lines that are written, in percent of those that were read.
const (
	fewestWithoutPatch = 95
	mostLines          = 40
)

// sets are the directories of the corpus that hold manifests, each one import; that of
// the online boutique is one as a whole.
func sets(t *testing.T) (dirs []string) {
	t.Helper()
	root := corpus
	if named := os.Getenv("KGEN_CORPUS"); named != "" {
		root = named
	}
	boutique := filepath.Join(root, "online-boutique")
	if _, err := os.Stat(boutique); err != nil {
		t.Skip("no corpus here: ", err)
	}
	dirs = append(dirs, boutique)
	err := filepath.WalkDir(filepath.Join(root, "kubernetes-examples"), func(file string, e fs.DirEntry, err error) error {
		if dir := filepath.Dir(file); err == nil && isYAML(file) && !e.IsDir() && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}

func isYAML(file string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(file))
}

// filesIn are the files of a set.
func filesIn(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && file != dir && !strings.HasSuffix(dir, "online-boutique"):
			return filepath.SkipDir
		case isYAML(file):
			files = append(files, file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// lines counts the lines that say something.
func lines(data []byte) (n int) {
	for line := range bytes.Lines(data) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' && !bytes.HasPrefix(line, []byte("---")) && !bytes.HasPrefix(line, []byte("//")) {
			n++
		}
	}
	return n
}

// tally is what imports come to.
type tally struct {
	objects, differing, leaves, patched int
	ratios                              []int
}

// TestCorpus imports every set of manifests of the corpus: all comes back, what does not
// has a reason, and the project is as valid as what it is made of.
func TestCorpus(t *testing.T) {
	var all tally
	for _, dir := range sets(t) {
		t.Run(dir, func(t *testing.T) { importSet(t, dir, &all) })
	}
	slices.Sort(all.ratios)
	without, median := 100-100*float64(all.patched)/float64(max(1, all.leaves)), all.ratios[len(all.ratios)/2]
	t.Logf("%d objects, %d of them differ; %d values, %.1f %% of them without patches; lines written: %d %% of those read, the median of %d services",
		all.objects, all.differing, all.leaves, without, median, len(all.ratios))
	if without < fewestWithoutPatch || median > mostLines {
		t.Errorf("the goals are %d %% of values without patches and %d %% of lines", fewestWithoutPatch, mostLines)
	}
}

func importSet(t *testing.T, dir string, all *tally) {
	files := filesIn(t, dir)
	projects, err := Convert(Options{Paths: files})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Convert(Options{Paths: files})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range projects {
		tree := treeOfProject(t, p)
		if !maps.Equal(tree, treeOfProject(t, again[i])) {
			t.Error("twice the same came to two things")
		}
		for name, text := range tree {
			noSecrets(t, p, name, text)
		}
		all.count(t, p)
		all.measure(t, p, tree)
		judge(t, p, tree)
	}
}

// measure compares the lines of each service with those of its objects in the input;
// what kgen.cue says for all is counted with the first.
func (a *tally) measure(t *testing.T, p *Project, files map[string]string) {
	read := map[string]int{}
	for _, c := range p.Compared {
		if !c.IsAsItIs {
			read[c.Service] += linesOf(t, c.Object)
		}
	}
	forAll := lines([]byte(files["kgen.cue"]))
	for _, c := range p.Compared {
		if c.Service == "" && c.IsAsItIs { // it is no part of a service
			forAll -= lines(manifest.Append(nil, c.Object.Node)) + 2
		}
	}
	for i, s := range p.Draft.Services {
		written := lines([]byte(files["services/"+s.Name+".cue"]))
		if i == 0 {
			written += max(0, forAll)
		}
		if read[s.Name] > 0 {
			a.ratios = append(a.ratios, 100*written/read[s.Name])
			t.Logf("%s: %d of %d lines", s.Name, written, read[s.Name])
		}
	}
}

// linesOf counts the lines of an object where it was read.
func linesOf(t *testing.T, o *Object) int {
	data, err := os.ReadFile(o.Node.Pos.File())
	if err != nil {
		t.Fatal(err)
	}
	text := strings.SplitAfter(string(data), "\n")[o.Node.Pos.Line-1:]
	for i, line := range text {
		if i > 0 && strings.HasPrefix(line, "---") {
			text = text[:i]
			break
		}
	}
	return lines([]byte(strings.Join(text, "")))
}

func treeOfProject(t *testing.T, p *Project) map[string]string {
	t.Helper()
	files, err := p.Draft.Tree("cue")
	if err != nil {
		t.Fatal(err)
	}
	tree := map[string]string{}
	for _, f := range files {
		tree[f.Path] = string(f.Data)
	}
	return tree
}

// count takes the objects of a project.
func (a *tally) count(t *testing.T, p *Project) {
	for _, c := range p.Compared {
		a.objects++
		if len(c.Differences) > 0 {
			a.differing++
		}
		for _, d := range c.Differences {
			t.Logf("%s %s: %s -> %s: %s", c.Object.Ref(), d.Path, d.Old, d.New, d.Reason)
			if d.Reason == "" || d.Reason == unexplained {
				t.Errorf("%s: nobody knows why %s differs", c.Object.Node.Pos, d.Path)
			}
		}
		if convertible(c.Object) {
			a.leaves += c.Leaves
			a.patched += c.Patched
			if c.Patched*10 > c.Leaves {
				t.Logf("%s: %d of %d values of %s are patched", c.Object.Node.Pos, c.Patched, c.Leaves, c.Object.Ref())
			}
		}
	}
}

// convertible reports whether kgen renders the kind of an object, and for a service.
func convertible(o *Object) bool {
	return isWorkload(o) || slices.Contains([]string{
		"Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "ServiceAccount", "Role", "RoleBinding", "ConfigMap", "NetworkPolicy",
		"HTTPRoute", "GRPCRoute", "ServiceMonitor", "PodMonitor", "ScaledObject", "PersistentVolumeClaim",
	}, o.Kind)
}

// noSecrets looks for the values of Secrets in a file.
func noSecrets(t *testing.T, p *Project, name, text string) {
	for _, c := range p.Compared {
		if c.Object.Kind != "Secret" {
			continue
		}
		for _, field := range []string{"data", "stringData"} {
			values := c.Object.Node.Get(field)
			for _, key := range keys(values) {
				f := values.Get(key).Text
				plain, _ := base64.StdEncoding.DecodeString(f)
				if isElsewhere(p, f, string(plain)) {
					continue
				}
				if len(f) > 4 && (strings.Contains(text, f) || len(plain) > 4 && strings.Contains(text, string(plain))) {
					t.Errorf("%s holds a value of %s", name, c.Object.Ref())
				}
			}
		}
	}
}

// isElsewhere reports whether another object of the input has a value as well, as a name
// that a Secret has for a value.
func isElsewhere(p *Project, values ...string) bool {
	return slices.ContainsFunc(p.Compared, func(c Comparison) bool {
		text := string(c.Object.AppendYAML(nil))
		return c.Object.Kind != "Secret" && slices.ContainsFunc(values, func(v string) bool { return v != "" && strings.Contains(text, v) })
	})
}

// judge validates the project as written. What an object of the input is refused for too
// does not count.
func judge(t *testing.T, p *Project, tree map[string]string) {
	dir := t.TempDir()
	for name, text := range tree {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := load.Load(load.Options{Paths: []string{dir}, Mixed: true})
	if err != nil {
		t.Fatal(err)
	}
	findings := loaded.Findings
	for _, project := range loaded.Projects {
		_, more := render.Render(project, render.Options{LookupEnv: func(string) (string, bool) { return "made-up", true }})
		findings = append(findings, more...)
	}
	refused := refusedOf(t, p)
	for _, f := range report.Errors(findings) {
		isMadeUp := len(f.Objects) > 0 && strings.HasPrefix(f.Objects[0], "Secret/") // its values are
		if !isMadeUp && (len(f.Objects) == 0 || !refused[f.Objects[0]]) {
			t.Errorf("%s: %s: %s %v", f.Pos, f.ID, f.Message, f.Objects)
		}
	}
}

// refusedOf are the objects of the input that the API server refuses.
func refusedOf(t *testing.T, p *Project) map[string]bool {
	t.Helper()
	refused := map[string]bool{}
	err := validate.Under(apiserver.Release{Minor: schema.NewestKubernetes}, &custom.Schemas{}, func(j *validate.Judge) {
		for _, c := range p.Compared {
			_, problems := j.Node(c.Object.Node)
			for i := range problems {
				if problems[i].Severity == report.Error {
					refused[c.Object.Ref()] = true
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return refused
}
