package addon_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/schema"
)

// TestRoutesOfCRDs: kgen refuses the routes that testdata/routes.txtar calls refused,
// and those that it accepts the published CRDs accept too.
func TestRoutesOfCRDs(t *testing.T) {
	loaded := loadRoutes(t)
	refused := map[string]bool{}
	refuse := func(findings []report.Finding) {
		for _, f := range findings {
			if f.Severity == report.Error {
				refused[strings.TrimSuffix(path.Base(f.Pos.File()), ".cue")] = true
			}
		}
	}
	refuse(loaded.Findings)
	err := validate.Under(apiserver.Release{Minor: schema.NewestKubernetes}, published(t), func(j *validate.Judge) {
		for _, p := range loaded.Projects {
			rendered, findings := render.Render(p, render.Options{Keep: true, Unjudged: true})
			refuse(findings)
			for _, o := range rendered.Environments[0].Kept {
				n, isCustom := o.Value.(*tree.Node)
				if !isCustom || refused[o.Service] {
					continue
				}
				_, problems := j.Node(n)
				for i := range problems {
					t.Errorf("%s: %s: %s", o.Service, problems[i].Field, problems[i].Message)
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive(t).Files {
		verdict, file := path.Split(f.Name)
		if name := strings.TrimSuffix(file, ".cue"); refused[name] != (verdict == "refused/") {
			t.Errorf("%s: refused: %v", f.Name, refused[name])
		}
	}
}

func archive(t *testing.T) *txtar.Archive {
	t.Helper()
	a, err := txtar.ParseFile("testdata/routes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// loadRoutes loads the routes of testdata, each of a project of its own.
func loadRoutes(t *testing.T) *load.Result {
	t.Helper()
	dir := t.TempDir()
	const project = "namespace: \"shop\"\ndefaults: {image: \"acme/web:1\", ports: http: 8080, resources: false, probes: readiness: false}\n"
	var files []txtar.File
	for _, f := range archive(t).Files {
		root := strings.TrimSuffix(f.Name, ".cue")
		files = append(files, txtar.File{Name: root + "/kgen.cue", Data: []byte(project)},
			txtar.File{Name: root + "/services/" + path.Base(f.Name), Data: f.Data})
	}
	for _, f := range files {
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	loaded, err := load.Load(load.Options{Paths: []string{filepath.ToSlash(dir) + "/..."}})
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}
