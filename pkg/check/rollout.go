package check

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// serverProgressDeadline is the API server's default of progressDeadlineSeconds.
const serverProgressDeadline = 600

// rolloutStuck: row 5. Only zeros as written count: where a percentage comes to
// no pod, the Deployment controller takes one down all the same.
func rolloutStuck(s *schema.Service, sink *report.Sink) {
	st := s.Strategy
	if st == nil {
		return
	}
	if st.Type == "Recreate" {
		for _, name := range [...]string{"maxSurge", "maxUnavailable"} {
			if isSet := name == "maxSurge" && st.MaxSurge != nil || name == "maxUnavailable" && st.MaxUnavailable != nil; isSet {
				sink.Errorf(schema.RolloutStuck, tree.P("strategy", name), "%s has no meaning with Recreate, which stops all pods at once", name).
					Fix = "remove it, or set type: \"RollingUpdate\""
			}
		}
		return
	}
	if st.MaxSurge != nil && st.MaxUnavailable != nil && isNone(*st.MaxSurge) && isNone(*st.MaxUnavailable) {
		sink.Errorf(schema.RolloutStuck, writtenOf(sink, tree.P("strategy"), "maxUnavailable", "maxSurge"),
			"maxSurge and maxUnavailable are both zero, so no pod can ever be replaced").
			Fix = "set maxSurge: 1, or maxUnavailable: 1"
	}
}

// isNone reports whether v is no pod: 0 or 0%.
func isNone(v intstr.IntOrString) bool {
	if v.Type == intstr.Int {
		return v.IntVal == 0
	}
	return strings.Trim(v.StrVal, "0") == "%"
}

// writtenOf is the path of the first of the names that a person wrote below at,
// of the first where nobody wrote any.
func writtenOf(sink *report.Sink, at tree.Path, names ...string) tree.Path {
	for _, name := range names {
		if path := at.With(name); sink.At(path) != nil {
			return path
		}
	}
	return at.With(names[0])
}

// progressDeadline: a rollout that has failed before its first pod counts.
func progressDeadline(s *schema.Service, sink *report.Sink) {
	deadline := int32(serverProgressDeadline)
	if s.ProgressDeadlineSeconds != nil {
		deadline = *s.ProgressDeadlineSeconds
	}
	if s.MinReadySeconds == nil || *s.MinReadySeconds < deadline {
		return
	}
	sink.Errorf(schema.RolloutStuck, writtenOf(sink, nil, "minReadySeconds", "progressDeadlineSeconds"),
		"a pod counts after %d seconds, but the rollout has failed after %d", *s.MinReadySeconds, deadline).
		Fix = "set progressDeadlineSeconds above minReadySeconds"
}

// sharedPercentages: shares of the pods above all of them.
func sharedPercentages(s *schema.Service, sink *report.Sink) {
	if s.Strategy != nil && isOverAll(s.Strategy.MaxUnavailable) {
		overAll(sink, s.Strategy.MaxUnavailable, "strategy", "maxUnavailable")
	}
	if b := s.PodDisruptionBudget; b != nil && isOverAll(b.MaxUnavailable) {
		overAll(sink, b.MaxUnavailable, "podDisruptionBudget", "maxUnavailable")
	}
}

func isOverAll(v *intstr.IntOrString) bool {
	if v == nil {
		return false
	}
	percent, ok := percentage(*v)
	return ok && percent > 100
}

func overAll(sink *report.Sink, v *intstr.IntOrString, at ...any) {
	sink.Errorf(schema.InvalidValue, at, "%s: more than 100%% of the pods cannot be missing", v.StrVal)
}
