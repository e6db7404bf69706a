package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Applied is the rule that an origin was found by.
type Applied struct {
	Origin
	Rule string // KIND: API PATH
}

// Rules are all rules there are.
func Rules() (all []string) {
	for kind, rules := range serviceOrigins {
		for _, r := range rules {
			all = append(all, kind+": "+r.at)
		}
	}
	for kind, rules := range projectOrigins {
		for _, r := range rules {
			all = append(all, "project's "+kind+": "+r.at)
		}
	}
	return all
}

// AppliedTo is OriginOf with the rule.
func AppliedTo(s *schema.Service, kind, name string, at tree.Path) Applied {
	m := &made{service: s, world: s.World, kind: kind, name: name}
	origin, by := m.origin(serviceOrigins[kind], at)
	return Applied{origin, kind + ": " + by.at}
}

// AppliedToProject is ProjectOriginOf with the rule.
func AppliedToProject(w *schema.World, kind, name string, at tree.Path) Applied {
	m := &made{world: w, kind: kind, name: name}
	origin, by := m.origin(projectOrigins[kind], at)
	return Applied{origin, "project's " + kind + ": " + by.at}
}
