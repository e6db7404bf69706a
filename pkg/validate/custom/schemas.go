// Package custom judges custom resources, and the CustomResourceDefinitions that
// describe them, as the API server does on create. It runs the server's own code
// (k8s.io/apiextensions-apiserver) in the order of the server's create handler.
package custom

import (
	"slices"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/version"
)

// Schemas are the CustomResourceDefinitions of a run. The zero value has none,
// and so has a nil one. It may be used by several goroutines at once.
type Schemas struct {
	mu    sync.RWMutex
	kinds map[schema.GroupKind]*definition
	names map[string]*definition // by the CRD's name
}

// Handles reports whether a CRD serves kind under apiVersion, such as
// "example.org/v1".
func (s *Schemas) Handles(apiVersion, kind string) bool {
	return s.served(apiVersion, kind) != nil
}

// Versions are the API versions under which the CRD of a group and kind is served,
// "example.org/v1" before "example.org/v1beta1"; nil where there is no such CRD.
func (s *Schemas) Versions(group, kind string) (versions []string) {
	d := s.definition(schema.GroupKind{Group: group, Kind: kind})
	if d == nil {
		return nil
	}
	names := make([]string, 0, len(d.served))
	for name := range d.served {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return version.CompareKubeAwareVersionStrings(b, a) })
	for _, name := range names {
		versions = append(versions, group+"/"+name)
	}
	return versions
}

// Kinds are the kinds of a group that have a CRD, in alphabetical order.
func (s *Schemas) Kinds(group string) (kinds []string) {
	if s == nil {
		return nil
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	for at := range s.kinds {
		if at.Group == group {
			kinds = append(kinds, at.Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// IsNamespaced reports whether objects of a group and kind belong to a namespace;
// known is false where there is no CRD of them.
func (s *Schemas) IsNamespaced(group, kind string) (namespaced, known bool) {
	d := s.definition(schema.GroupKind{Group: group, Kind: kind})
	return d != nil && d.isNamespaced(), d != nil
}

func (s *Schemas) definition(at schema.GroupKind) *definition {
	if s == nil {
		return nil
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.kinds[at]
}

// served is the version of a kind under which it is served, or nil.
func (s *Schemas) served(apiVersion, kind string) *servedVersion {
	group, name, found := strings.Cut(apiVersion, "/")
	d := s.definition(schema.GroupKind{Group: group, Kind: kind})
	if d == nil || !found {
		return nil
	}
	return d.served[name]
}
