package manifests

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/render"
)

// TestSoundness compares what an imported project renders with the input by other code
// than that of the report, and demands that the report has every difference.
func TestSoundness(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(madeInputs(t))) {
		t.Run(name, func(t *testing.T) {
			for _, lie := range lies(t, madeInputs(t)[name]) {
				t.Error(lie)
			}
		})
	}
}

// TestSoundnessOfCorpus is the same with the corpus.
func TestSoundnessOfCorpus(t *testing.T) {
	for _, dir := range sets(t) {
		for _, lie := range lies(t, textOfSet(t, dir)) {
			t.Errorf("%s: %s", dir, lie)
		}
	}
}

// textOfSet are the manifests of a set, one after another.
func textOfSet(t *testing.T, dir string) (text string) {
	t.Helper()
	for _, file := range filesIn(t, dir) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text += "---\n" + string(data) + "\n"
	}
	return text
}

// madeInputs are the inputs of the archives.
func madeInputs(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range archive.Files {
			if isYAML(part.Name) {
				texts[filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file)+"/"+part.Name] = string(part.Data)
			}
		}
	}
	return texts
}

// lies imports a text, and says what differs that the report does not have.
func lies(t *testing.T, text string) (found []string) {
	t.Helper()
	projects := imported(t, Options{}, text)
	had := taken(projects, documentsIn(text))
	for _, language := range convert.Languages {
		var rendered []document
		for _, p := range projects {
			rendered = append(rendered, renderedBy(t, p, language)...)
		}
		for _, want := range had {
			for _, at := range want.differences(had, rendered) {
				if path, _, _ := strings.Cut(at, ": "); !isTold(projects, want, path) {
					found = append(found, fmt.Sprintf("--as %s: %s %s, and the report does not say so", language, want.id(), at))
				}
			}
		}
	}
	for _, p := range projects {
		for _, c := range p.Compared {
			for _, d := range c.Differences {
				if d.Reason == unexplained {
					found = append(found, fmt.Sprintf("%s %s: %s -> %s has no reason", c.Object.Ref(), d.Path, d.Old, d.New))
				}
			}
		}
	}
	return found
}

// taken are the documents that the projects are made of: of several of one name the last,
// and none that the report says is left out.
func taken(projects []*Project, all []document) []document {
	last := map[string]int{}
	for i, d := range all {
		last[d.namespace+"/"+d.id()] = i
	}
	i := -1
	return slices.DeleteFunc(all, func(d document) bool {
		i++
		return last[d.namespace+"/"+d.id()] != i || isLeftOut(projects, d)
	})
}

// renderedBy is what a project renders when it is written and read again.
func renderedBy(t *testing.T, p *Project, language string) (made []document) {
	t.Helper()
	dir := t.TempDir()
	files, err := p.Draft.Tree(language)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := load.Load(load.Options{Paths: []string{dir}, Mixed: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, project := range loaded.Projects {
		all, _ := render.Render(project, render.Options{Unjudged: true, LookupEnv: func(string) (string, bool) { return "made-up", true }})
		for i := range all.Environments {
			for _, o := range all.Environments[i].Objects {
				made = append(made, documentsIn(string(o.YAML))...)
			}
		}
	}
	return made
}

// isTold reports whether the report has a difference of an object.
func isTold(projects []*Project, d document, at string) bool {
	ref := d.kind + "/" + d.name
	for _, p := range projects {
		for _, c := range p.Compared {
			for _, told := range c.Differences {
				if c.Object.Ref() == ref && (overlap(bareSteps(told.Path), at) || told.Path == "metadata.name") {
					return true
				}
			}
		}
		for _, i := range p.Draft.Report.Items {
			object, fields, _ := strings.Cut(i.Path, " ")
			if object == ref && (fields == "apiVersion" || i.Outcome != convert.Kept && slices.ContainsFunc(strings.Split(fields, ", "), func(f string) bool { return f != "" && overlap(bareSteps(f), at) })) {
				return true
			}
		}
	}
	return false
}

// isLeftOut reports whether the report says of a whole document that it is left out, and
// there is no other one of the name.
func isLeftOut(projects []*Project, d document) bool {
	for _, p := range projects {
		if slices.ContainsFunc(p.Compared, func(c Comparison) bool { return c.Object.Ref() == d.kind+"/"+d.name }) {
			return false
		}
	}
	for _, p := range projects {
		for _, i := range p.Draft.Report.Items {
			if i.Path == d.kind+"/"+d.name && (i.Outcome == convert.Wrong || i.Outcome == convert.Dropped) {
				return true
			}
		}
	}
	return false
}

// overlap reports whether one path leads to what the other does, or to some of it.
func overlap(a, b string) bool {
	return a == b || strings.HasPrefix(a, b+".") || strings.HasPrefix(b, a+".")
}

// bareSteps is a path without what is in brackets.
func bareSteps(path string) string {
	var b strings.Builder
	depth := 0
	for _, r := range path {
		switch {
		case r == '[':
			depth++
		case r == ']':
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// document is a manifest as kubectl reads it.
type document struct {
	apiVersion, kind, namespace, name string
	value                             map[string]any
}

func (d document) id() string { return manifest.GroupOf(d.apiVersion) + "/" + d.kind + "/" + d.name }

// documentsIn are the manifests of a text that YAML and the API take.
func documentsIn(text string) (found []document) {
	for _, part := range strings.Split("\n"+text, "\n---") {
		var value map[string]any
		if yaml.Unmarshal([]byte(part), &value) == nil {
			found = append(found, documentsOfValue(value)...)
		}
	}
	return found
}

func documentsOfValue(value map[string]any) (found []document) {
	if items, isList := value["items"].([]any); isList {
		for _, item := range items {
			if inner, isMap := item.(map[string]any); isMap {
				found = append(found, documentsOfValue(inner)...)
			}
		}
		return found
	}
	d := document{value: value}
	d.apiVersion, _ = value["apiVersion"].(string)
	d.kind, _ = value["kind"].(string)
	metadata, _ := value["metadata"].(map[string]any)
	d.name, _ = metadata["name"].(string)
	d.namespace, _ = metadata["namespace"].(string)
	if d.apiVersion == "" || d.kind == "" || d.name == "" {
		return nil
	}
	return []document{d}
}
