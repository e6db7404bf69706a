package lint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

func TestBaselineFile(t *testing.T) {
	t.Chdir(t.TempDir())
	file := ".kgen-baseline"
	findings := []report.Finding{
		told("ssh-port", "deploy/web.yaml", 7, "Pod/web", "spec.containers[web].ports[22]"),
		told("api/invalid", "deploy/web.yaml", 3, "Pod/web", "metadata.name"), told("api/invalid", "deploy/web.yaml", 3, "Pod/web", "metadata.name"),
		told("no", "a b\t\u00e9: #\xff.yaml", 1, "", ""),
	}
	base := written(t, file, findings...)
	want := `# What kgen lint --baseline leaves out, written by kgen lint --write-baseline.
version: 1
entries:
- {rule: "no", file: "a b\té: #` + "\ufffd" + `.yaml"}
- {rule: api/invalid, file: deploy/web.yaml, object: Pod/web, field: metadata.name, count: 2}
- {rule: ssh-port, file: deploy/web.yaml, object: Pod/web, field: "spec.containers[web].ports[22]"}
`
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if fresh, removable := base.Without(findings); len(fresh)+len(removable) > 0 {
		t.Errorf("new are %q, removable %q", placesOf(fresh), removable)
	}
	if left, _ := filepath.Glob(".kgen-*"); len(left) != 1 {
		t.Errorf("there is more than the baseline: %q", left)
	}
}

func TestBaselineIsWrittenThroughLinks(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("kept", 0o755); err != nil {
		t.Fatal(err)
	}
	written(t, "kept/baseline", told("a", "web.yaml", 1, "Pod/web", ""))
	if err := os.Symlink(filepath.Join("kept", "baseline"), "link"); err != nil {
		t.Skip(err)
	}
	written(t, "link", told("a", "web.yaml", 1, "Pod/web", ""), told("b", "web.yaml", 1, "Pod/web", ""))
	if info, err := os.Lstat("link"); err != nil || info.Mode().IsRegular() {
		t.Errorf("the link is one no more: %v", err)
	}
	if data, err := os.ReadFile("kept/baseline"); err != nil || !strings.Contains(string(data), "rule: b") {
		t.Errorf("%v: %s", err, data)
	}
	if err := os.Mkdir("dir", 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := WriteBaseline("dir", nil, Seen{}); err == nil {
		t.Error("a directory is written")
	}
	if _, err := WriteBaseline("missing/b", nil, Seen{}); err == nil {
		t.Error("a file in no directory is written")
	}
}

func TestBrokenBaselines(t *testing.T) {
	t.Chdir(t.TempDir())
	if _, err := ReadBaseline("missing"); err == nil || err.Error() != "baseline missing: there is no such file: --write-baseline missing makes it" {
		t.Errorf("without a file: %v", err)
	}
	for _, tt := range []struct{ name, text, want string }{
		{"empty", "# nothing\n", "b: no baseline: the file is empty"},
		{"a list", "- a\n", "b:1:1: no baseline: expected the fields version and entries, found a list"},
		{"a manifest", "apiVersion: v1\nkind: Pod\n", "b:1:1: no baseline, but a manifest"},
		{"no version", "entries: []\n", "b:1:1: no baseline: the field version is missing"},
		{"of tomorrow", "version: 2\nentirely: new\n", "b:1:10: version: this kgen knows version 1 of the format alone: write the baseline again, or take the kgen that wrote it"},
		{"two documents", "version: 1\n---\nversion: 1\n", "b:3:1: a baseline is one document"},
		{"a slip", "version: 1\nentries:\n- {rul: a, file: web.yaml}\n", `b:3:4: entries[0].rul: unknown field, did you mean "rule"?` + "\nb:3:3: entries[0]: an entry names a rule"},
		{"a count", "version: 1\nentries:\n- {rule: a, count: 0}\n", "b:3:20: entries[0].count: a count is 1 or more"},
		{"a type", "version: 1\nentries:\n- {rule: a, file: [b]}\n", "b:3:19: entries[0].file: expected a string, found a list"},
	} {
		if err := os.WriteFile("b", []byte(tt.text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadBaseline("b"); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want\n%s", tt.name, err, tt.want)
		}
	}
	if err := os.WriteFile("b", []byte("version: 1\nentries:\n<<<<<<< HEAD\n- {rule: a}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadBaseline("b"); err == nil || !strings.HasPrefix(err.Error(), "b:") {
		t.Errorf("with the mark of a conflict: %v", err)
	}
	if _, err := WriteBaseline("b", nil, Seen{}); err == nil {
		t.Error("a broken baseline is written over")
	}
}

// TestMergedBaseline reads what a merge of two branches may leave: unsorted, and twice
// the same.
func TestMergedBaseline(t *testing.T) {
	entries, err := parseEntries("version: 1\nentries:\n- {rule: b, file: x}\n- {rule: a, file: x, count: 2}\n- {rule: b, file: x}\n- {file: x, rule: a}\n")
	want := []Entry{{Rule: "a", File: "x", Count: 2}, {Rule: "b", File: "x", Count: 1}}
	if diff := cmp.Diff(want, entries); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func parseEntries(text string) ([]Entry, error) {
	source, sink := &tree.Source{Name: "b"}, &report.Sink{}
	var documents []*tree.Node
	read.Documents(source, []byte(text), sink, func(n *tree.Node) { documents = append(documents, n) })
	return baselineEntries(source, sink, documents)
}

// FuzzBaseline demands of what is read that it is written and read the same.
func FuzzBaseline(f *testing.F) {
	f.Add("version: 1\nentries:\n- {rule: a, file: web.yaml, object: Pod/web, field: \"spec.x[web]\", count: 2}\n")
	f.Add("version: 1\nentries: [{rule: 'no', file: \"\\x7f\\ufeff\\U0001f600 \u2028\"}]\n")
	f.Add("{\"version\": 1, \"entries\": [{\"rule\": \"a\"}]}")
	f.Add("version: 1\nentries:\n<<<<<<< HEAD\n- {rule: a}\n=======\n- &a {rule: b}\n- *a\n")
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := parseEntries(text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "b") {
				t.Errorf("no place: %v", err)
			}
			return
		}
		file := (&Baseline{Entries: entries}).append(nil)
		again, err := parseEntries(string(file))
		if diff := cmp.Diff(entries, again); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s%s", err, diff, file)
		}
	})
}
