package main

import (
	"strings"
	"testing"

	"k8s.io/client-go/kubernetes/scheme"

	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// lived is what the types of k8s.io/api say of themselves.
type lived interface {
	APILifecycleIntroduced() (major, minor int)
}

type mortal interface {
	APILifecycleDeprecated() (major, minor int)
	APILifecycleRemoved() (major, minor int)
}

// TestKinds: the table has every kind of k8s.io/api that can be an object, with the
// life that its type declares. Where nothing is declared, as for most alpha
// versions, Kubernetes promises nothing.
func TestKinds(t *testing.T) {
	for gvk := range scheme.Scheme.AllKnownTypes() {
		if gvk.Version == "__internal" || strings.HasSuffix(gvk.Kind, "List") || strings.HasSuffix(gvk.Kind, "Options") {
			continue
		}
		obj, err := scheme.Scheme.New(gvk)
		if err != nil {
			t.Fatal(err)
		}
		declared, ok := obj.(lived)
		if !ok {
			continue
		}
		apiVersion, kind := gvk.ToAPIVersionAndKind()
		life, found := versions.LifecycleOf(apiVersion, kind)
		_, introduced := declared.APILifecycleIntroduced()
		if !found || life.Introduced != introduced {
			t.Errorf("%s %s: %+v, %t; it came with 1.%d", apiVersion, kind, life, found, introduced)
		}
		end, ok := obj.(mortal)
		if !ok {
			continue
		}
		_, deprecated := end.APILifecycleDeprecated()
		_, removed := end.APILifecycleRemoved()
		if life.Deprecated != deprecated || life.Removed != removed {
			t.Errorf("%s %s: %+v; deprecated in 1.%d, gone in 1.%d", apiVersion, kind, life, deprecated, removed)
		}
	}
}
