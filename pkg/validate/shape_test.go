package validate

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// TestShapes has no kind twice, and none that Kubernetes does not have.
func TestShapes(t *testing.T) {
	for _, s := range shapes {
		if _, isBuiltIn := versions.LifecycleOf(s.apiVersion, s.kind); !isBuiltIn {
			t.Errorf("Kubernetes has no %s of %s", s.kind, s.apiVersion)
		}
		if manifest.KindOf(s.apiVersion, s.kind) != nil {
			t.Errorf("%s of %s has rules", s.kind, s.apiVersion)
		}
	}
}

// TestKindsInDocs demands that the documentation lists all kinds with rules.
func TestKindsInDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/validate.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range manifest.Kinds() {
		isListed := false
		for line := range strings.Lines(string(text)) {
			names := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("|, \n", r) })
			isListed = isListed || strings.Contains(line, "`"+k.APIVersion+"`") && slices.Contains(names, k.Kind)
		}
		if !isListed {
			t.Errorf("docs/validate.md does not list %s of %s", k.Kind, k.APIVersion)
		}
	}
}
