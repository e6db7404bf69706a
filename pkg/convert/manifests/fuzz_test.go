package manifests

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/schema"
)

// FuzzConvert imports any text: a report and a project come out, and of every object
// there is a word.
func FuzzConvert(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		projects, err := Convert(Options{Paths: []string{"-"}, Stdin: strings.NewReader(text)})
		if err != nil {
			t.Fatal(err)
		}
		in := &input{minor: schema.NewestKubernetes}
		if err := in.read(Options{Paths: []string{"-"}, Stdin: strings.NewReader(text)}); err != nil {
			t.Fatal(err)
		}
		in.leaveDuplicates()
		in.leaveMade()
		objects := 0
		for _, p := range projects {
			objects += len(p.Compared)
			if _, err := p.Draft.Tree("cue"); err != nil {
				t.Error(err)
			}
			for _, c := range p.Compared {
				for _, d := range c.Differences {
					if d.Reason == "" {
						t.Errorf("%s %s has no reason", c.Object.Ref(), d.Path)
					}
				}
			}
		}
		if objects != len(in.objects) {
			t.Errorf("%d of %d objects are compared", objects, len(in.objects))
		}
	})
}

// seeds are the inputs of the archives.
func seeds(f *testing.F) (texts []string) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range txtar.Parse(data).Files {
			if part.Name != wanted {
				texts = append(texts, string(part.Data))
			}
		}
	}
	return texts
}
