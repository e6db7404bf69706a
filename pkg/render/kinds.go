package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/suggest"
)

// Kinds is a choice of kinds; the empty one is all. Case does not count, and
// plurals are taken.
type Kinds []string

// Has reports whether kind is chosen.
func (k Kinds) Has(kind string) bool {
	return len(k) == 0 || slices.ContainsFunc(k, func(name string) bool { return names(name, kind) })
}

// names reports whether a person who wrote name means kind.
func names(name, kind string) bool {
	name, kind = strings.ToLower(strings.TrimSpace(name)), strings.ToLower(kind)
	return name == kind || name == plural(kind)
}

// plural is the name of a kind's resource: services, ingresses, policies.
func plural(kind string) string {
	switch {
	case strings.HasSuffix(kind, "y"):
		return strings.TrimSuffix(kind, "y") + "ies"
	case strings.HasSuffix(kind, "s"), strings.HasSuffix(kind, "x"):
		return kind + "es"
	}
	return kind + "s"
}

// Select drops all objects that are not of the chosen kinds. A name that is of no
// kind, neither of Kubernetes nor among the objects, is an error.
func (k Kinds) Select(projects []*Project) error {
	if len(k) == 0 {
		return nil
	}
	var known []string
	for _, kind := range manifest.Kinds() {
		known = append(known, kind.Kind)
	}
	for _, p := range projects {
		for i := range p.Environments {
			e := &p.Environments[i]
			for _, o := range e.Objects {
				known = append(known, o.Kind)
			}
			e.Objects = slices.DeleteFunc(e.Objects, func(o Object) bool { return !k.Has(o.Kind) })
		}
	}
	for _, name := range k {
		if !slices.ContainsFunc(known, func(kind string) bool { return names(name, kind) }) {
			return fmt.Errorf("--only: unknown kind %q%s", name, suggest.Hint(name, known))
		}
	}
	return nil
}
