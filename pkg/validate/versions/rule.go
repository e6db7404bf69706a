package versions

import (
	"fmt"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// rule is a reason why releases cannot do anything with a field that is set.
type rule struct {
	since int         // the release that has the field first, of a rule without a gate
	gated *gatedField // the gate that the field or value needs
}

// isOpen reports whether release 1.minor can do what the rule asks for.
func (r rule) isOpen(minor int, gates map[string]bool) bool {
	if r.gated == nil {
		return minor >= r.since
	}
	return IsGateOn(r.gated.gate, minor, gates)
}

// describe says what release 1.minor does with the field at path.
func (r rule) describe(path tree.Path, minor int) Unavailable {
	if r.gated == nil {
		return Unavailable{
			Path:    path,
			Message: fmt.Sprintf("the field is not in Kubernetes 1.%d; it came with 1.%d", minor, r.since),
			Fix:     fmt.Sprintf("remove it, or target Kubernetes 1.%d or newer", r.since),
		}
	}
	g := r.gated
	u := Unavailable{Path: path, Gate: g.gate, Effect: Dropped}
	verb, where := "drops", ""
	switch {
	case g.isRefused:
		u.Effect, verb = Refused, "refuses"
	case g.template != "" && hasTemplate(path, g.template):
		u.Effect, where = DroppedLater, " from what is made of this template"
	}
	what := g.what
	if what == "" {
		what = "the field"
	}
	reason, fix := whyOff(g.gate, minor)
	u.Message, u.Fix = fmt.Sprintf("the API server of 1.%d %s %s%s: %s", minor, verb, what, where, reason), fix
	return u
}

// hasTemplate reports whether the path leads through a field of that name, or its
// plural.
func hasTemplate(path tree.Path, name string) bool {
	for _, e := range path {
		if field, ok := e.(string); ok && strings.TrimSuffix(field, "s") == name {
			return true
		}
	}
	return false
}

// whyOff says why a gate is off in release 1.minor, and what to do about it.
func whyOff(name string, minor int) (reason, fix string) {
	g := gateNamed(name)
	switch {
	case g == nil: // the tests know every gate of the table
		return "the feature gate " + name + " is off", ""
	case g.since > minor:
		return fmt.Sprintf("the feature gate %s came with 1.%d", name, g.since),
			fmt.Sprintf("remove it, or target Kubernetes 1.%d or newer", max(g.since, g.on))
	}
	reason = "the feature gate " + name + " is off"
	fix = "where the cluster has it on, add featureGates: " + name + ": true to kgen.cue"
	if g.on > minor {
		fix += fmt.Sprintf(", or target Kubernetes 1.%d or newer, where it is on by default", g.on)
	}
	return reason, fix
}
