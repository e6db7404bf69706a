package schema

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestMessages compares all that is said about the services and projects of
// testdata/messages.txtar, NAME.service or NAME.project, with NAME.want.
func TestMessages(t *testing.T) {
	const file = "testdata/messages.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range archive.Files {
		name, kind, _ := strings.Cut(archive.Files[i].Name, ".")
		if kind == "want" {
			continue
		}
		got := messages(t, kind, string(archive.Files[i].Data))
		if i+1 == len(archive.Files) || archive.Files[i+1].Name != name+".want" {
			t.Fatalf("%s has no %s.want after it", archive.Files[i].Name, name)
		}
		want := &archive.Files[i+1].Data
		if os.Getenv("KGEN_UPDATE") == "1" {
			*want = []byte(got)
		} else if diff := cmp.Diff(string(*want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if os.Getenv("KGEN_UPDATE") == "1" {
		if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func messages(t *testing.T, kind, text string) string {
	root := literals(t, text)
	found := []report.Finding(nil)
	if kind == "project" {
		sink := &report.Sink{Root: root}
		NewChecker().CheckProject(root, sink)
		found = report.Merge(sink.Findings)
	} else {
		found = findings(root)
	}
	var out strings.Builder
	if err := (report.Text{}).Print(&out, found); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestSecretsAreNotShown puts a value wherever a secret could be written by
// mistake.
func TestSecretsAreNotShown(t *testing.T) {
	const canary = "hunter2!"
	secrets := sampleOf(t, &serviceShape)
	for _, key := range []string{"secrets", "files"} {
		f := secrets.Field(key)
		at := tree.P(key)
		if key == "files" {
			f, at = f.Value.Get("key").Field("secret"), tree.P(key, "key", "secret")
		}
		s := serviceShape.under("secrets")
		if key == "files" {
			s = serviceShape.under("files").each.under("secret")
		}
		hide := func(_ *shape, f *tree.Field, at tree.Path) {
			valid := f.Value
			f.Value = &tree.Node{Kind: tree.String, Text: canary}
			for _, found := range findings(secrets) {
				if strings.Contains(found.Message+found.Fix, canary) {
					t.Errorf("%s: %s", at, found.Message)
				}
			}
			f.Value = valid
		}
		visit(s, f.Value, at, hide)
		hide(s, f, at)
	}
}
