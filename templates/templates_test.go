package templates_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// TestTemplates renders the services of each testdata/X.txtar, files NAME.yaml in
// the long form, in a world of world.yaml, and compares with its file want.
// Values of Secrets are their sources in angle brackets.
func TestTemplates(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := renderArchive(t, archive)
			want := &archive.Files[len(archive.Files)-1]
			if want.Name != "want" {
				t.Fatal("the last file must be want")
			}
			if os.Getenv("KGEN_UPDATE") == "1" {
				want.Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("objects (-want +got):\n%s", diff)
			}
		})
	}
}

func renderArchive(t *testing.T, archive *txtar.Archive) string {
	w := world(t)
	for _, f := range archive.Files {
		name := strings.TrimSuffix(f.Name, ".yaml")
		switch name {
		case "want":
		case "world":
			decodeWorld(t, string(f.Data), w)
		default:
			join(w, service(t, name, string(f.Data)))
		}
	}
	objects := templates.ProjectObjects(w)
	for _, s := range w.Services {
		objects = append(objects, templates.Objects(s.Value, sourcesAsValues)...)
	}
	return rendered(objects)
}

func decodeWorld(t *testing.T, text string, w *schema.World) {
	var project schema.Project
	decode(t, text, &project)
	w.Namespace, w.PartOf = project.Namespace, project.PartOf
	w.Labels, w.Annotations = project.Labels, project.Annotations
}

func sourcesAsValues(own schema.OwnSecret) (map[string][]byte, bool) {
	values := map[string][]byte{}
	for _, v := range own.Values {
		values[v.Key] = []byte("<" + v.Source.Env + v.Source.File + ">")
	}
	return values, true
}
