package manifests

import (
	"bytes"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestKinds imports small made inputs of every kind beside workloads.
func TestKinds(t *testing.T) {
	eachArchive(t, "kinds", func(t *testing.T, _ *txtar.Archive) string {
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
		return b.String()
	})
}
