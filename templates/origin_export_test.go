package templates

import (
	"strings"

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
			all = append(all, ruleOf(kind, r.at))
		}
	}
	for kind, rules := range projectOrigins {
		for _, r := range rules {
			all = append(all, "project's "+kind+": "+r.at)
		}
	}
	return all
}

// ruleOf names a rule. What is said of pods is said once for all kinds of workload.
func ruleOf(kind, at string) string {
	for _, template := range []string{"spec.jobTemplate.spec.template.", "spec.template."} {
		if rest, ok := strings.CutPrefix(at, template); ok && isWorkload(kind) {
			return "pods: " + rest
		}
	}
	if rest, ok := strings.CutPrefix(at, "spec.jobTemplate.spec."); ok {
		kind, at = schema.Job, "spec."+rest
	}
	return kind + ": " + at
}

// AppliedTo is OriginOf with the rule.
func AppliedTo(s *schema.Service, kind, name string, at tree.Path) Applied {
	m := newMade(s, kind, name)
	origin, by := m.origin(serviceOrigins[kind], at)
	return Applied{origin, ruleOf(kind, by.at)}
}

// AppliedToProject is ProjectOriginOf with the rule.
func AppliedToProject(w *schema.World, kind, name string, at tree.Path) Applied {
	m := &made{world: w, kind: kind, name: name}
	origin, by := m.origin(projectOrigins[kind], at)
	return Applied{origin, "project's " + kind + ": " + by.at}
}
