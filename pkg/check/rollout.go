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
	if st == nil || s.EndsByItself() {
		return
	}
	if st.Type == "Recreate" || st.Type == "OnDelete" {
		what := "which stops all pods at once"
		if st.Type == "OnDelete" {
			what = "which leaves the pods alone"
		}
		for _, p := range [...]struct {
			name  string
			isSet bool
		}{{"maxSurge", st.MaxSurge != nil}, {"maxUnavailable", st.MaxUnavailable != nil}, {"partition", st.Partition != nil}} {
			if p.isSet {
				sink.Errorf(schema.RolloutStuck, tree.P("strategy", p.name), "%s has no meaning with %s, %s", p.name, st.Type, what).
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
	eitherBound(s, sink)
}

// eitherBound: row 5 for the kinds that take a pod away first or start a new one first,
// and never both.
func eitherBound(s *schema.Service, sink *report.Sink) {
	st := s.Strategy
	if st.MaxUnavailable == nil || s.Kind == schema.Deployment {
		return
	}
	isZero := isNone(*st.MaxUnavailable)
	switch {
	case s.Kind == schema.DaemonSet && st.MaxSurge == nil && isZero:
		sink.Errorf(schema.RolloutStuck, tree.P("strategy", "maxUnavailable"), "with maxUnavailable %s and no maxSurge no pod can ever be replaced", st.MaxUnavailable.String()).
			Fix = "add maxSurge: 1, or set maxUnavailable: 1"
	case s.Kind == schema.DaemonSet && st.MaxSurge != nil && !isNone(*st.MaxSurge) && !isZero:
		sink.Errorf(schema.RolloutStuck, tree.P("strategy", "maxUnavailable"), "a DaemonSet starts the new pod first or stops the old one first, not both").
			Fix = "remove maxUnavailable, or maxSurge"
	case s.Kind == schema.StatefulSet && isZero:
		sink.Errorf(schema.RolloutStuck, tree.P("strategy", "maxUnavailable"), "with maxUnavailable %s no pod can ever be replaced", st.MaxUnavailable.String()).
			Fix = "remove it, and one pod is replaced after the other"
	}
}

// nodePortSurge: row 5, a DaemonSet whose new pod asks for a port of the node that the
// old one has until the new one is ready.
func nodePortSurge(s *schema.Service, sink *report.Sink) {
	st := s.Strategy
	if s.Kind != schema.DaemonSet || st == nil || st.MaxSurge == nil || isNone(*st.MaxSurge) {
		return
	}
	for c := range s.PodContainers() {
		for i := range c.Ports {
			p := &c.Ports[i].Value
			if !c.Runs() || p.HostPort == 0 && (s.HostNetwork == nil || !*s.HostNetwork) {
				continue
			}
			sink.Errorf(schema.RolloutStuck, tree.P("strategy", "maxSurge"),
				"the new pod waits for port %d of the node, which the old one has until the new one is ready", nodePortOf(p)).
				Fix = "remove maxSurge, and the old pod stops first"
			return
		}
	}
}

// nodePortOf is the port of the node that p takes: on the node's network its own.
func nodePortOf(p *schema.Port) int32 {
	if p.HostPort != 0 {
		return p.HostPort
	}
	return p.ContainerPort
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
	if s.Kind != "" && s.Kind != schema.Deployment {
		return
	}
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
