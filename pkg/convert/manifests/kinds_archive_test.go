package manifests

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestKinds imports small made inputs of every kind beside workloads.
func TestKinds(t *testing.T) {
	archives, err := filepath.Glob("testdata/kinds/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives: ", err)
	}
	for _, file := range archives {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			from, err := filepath.Abs(file)
			if err != nil {
				t.Fatal(err)
			}
			want := unpack(t, archive)
			projects, err := Convert(Options{Paths: []string{"in.yaml"}})
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			for _, p := range projects {
				text := settled(t, p)
				noSecrets(t, p, "the project, or its report,", text)
				b.WriteString(text)
			}
			golden(t, from, archive, want, b.String())
		})
	}
}
