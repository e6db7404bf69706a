package apiserver

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestVerdicts judges the objects NAME.yaml of testdata/*.txtar and compares with
// NAME.verdict: the errors, a line between the first stage and later ones, the
// warnings. NAME may end in @1.N, the release to behave as. KGEN_UPDATE=1 accepts
// what comes out.
func TestVerdicts(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, path := range archives {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for _, f := range archive.Files {
			want[f.Name] = string(f.Data)
		}
		updated := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			name, isObject := strings.CutSuffix(f.Name, ".yaml")
			if !isObject {
				continue
			}
			got := verdictOf(t, name, string(f.Data))
			updated.Files = append(updated.Files, f, txtar.File{Name: name + ".verdict", Data: []byte(got)})
			if diff := cmp.Diff(want[name+".verdict"], got); diff != "" && os.Getenv("KGEN_UPDATE") == "" {
				t.Errorf("%s: %s (-want +got):\n%s", path, name, diff)
			}
		}
		if os.Getenv("KGEN_UPDATE") != "" {
			if err := os.WriteFile(path, txtar.Format(updated), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func verdictOf(t *testing.T, name, document string) (text string) {
	obj := decode(t, document)
	if obj == nil {
		t.Fatalf("%s is of a kind that is not handled", name)
	}
	release := Release{Minor: newestRelease}
	if _, minor, found := strings.Cut(name, "@1."); found {
		n, err := strconv.Atoi(minor)
		if err != nil {
			t.Fatal(err)
		}
		release.Minor = n
	}
	if err := As(release, func() { text = format(Create(obj)) }); err != nil {
		t.Fatal(err)
	}
	return text
}

func format(v Verdict) string {
	var b strings.Builder
	for i, e := range v.Errors {
		if i == v.FirstStage {
			b.WriteString("later:\n")
		}
		fmt.Fprintf(&b, "error: %v\n", e)
	}
	for _, w := range v.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	if b.Len() == 0 {
		return "accepted\n"
	}
	return b.String()
}
