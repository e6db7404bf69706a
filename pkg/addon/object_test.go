package addon_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestObjectsAsTrees writes every object of the example as a Go value, as a copy and
// as a tree: all are the same manifest.
func TestObjectsAsTrees(t *testing.T) {
	for _, typed := range objects(t) {
		want := string(manifest.Append(nil, typed))
		wrapped := manifest.Of("", tree.Pos{}, typed)
		if diff := cmp.Diff(want, string(wrapped.AppendYAML(nil))); diff != "" {
			t.Errorf("%s (-Go +tree):\n%s", wrapped.Ref(), diff)
		}
		if diff := cmp.Diff(want, string(manifest.Append(nil, typed.DeepCopyObject()))); diff != "" {
			t.Errorf("%s (-original +copy):\n%s", wrapped.Ref(), diff)
		}
	}
}
