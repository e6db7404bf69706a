package org

import (
	"slices"

	"k8s.io/apimachinery/pkg/api/meta"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/manifest"
)

// resource is what the API server calls a kind in its paths.
type resource struct{ group, version, name string }

// resourceOf is the resource of a Kind.group, in the newest version that kgen has; not
// of custom resources, whose name only their definition says.
func resourceOf(groupKind string) (r resource, isKnown bool) {
	all := manifest.Kinds()
	for i := range slices.Backward(all) {
		if k := &all[i]; lint.GroupKind(k.APIVersion, k.Kind) == groupKind {
			plural, _ := meta.UnsafeGuessKindToResource(k.GroupVersionKind())
			return resource{plural.Group, plural.Version, plural.Resource}, true
		}
	}
	return resource{}, false
}
