package check

import (
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// scalingBounds: maxReplicas is what an autoscaler needs, unless it leaves the number
// of pods alone.
func scalingBounds(s *schema.Service, sink *report.Sink) {
	a := s.Autoscaling
	if a == nil || a.MaxReplicas > 0 {
		return
	}
	isVerticalAlone := a.Vertical != nil && a.MinReplicas == nil && a.CPU == nil && a.Memory == nil &&
		len(a.Metrics) == 0 && a.Behavior == nil && a.Keda == nil && a.ObjectName == ""
	if !isVerticalAlone {
		sink.KeyErrorf(schema.MissingField, tree.P("autoscaling", "maxReplicas"), "this field is required")
	}
}

// vertical: a VerticalPodAutoscaler whose bounds cross, or that changes the requests
// by which another autoscaler counts. The rules are those of its admission:
// pkg/admission-controller/resource/vpa/validation.go of v1.8.
func vertical(s *schema.Service, sink *report.Sink) {
	if s.Autoscaling == nil || s.Autoscaling.Vertical == nil {
		return
	}
	v, at := s.Autoscaling.Vertical, tree.P("autoscaling", "vertical")
	verticalBounds(v.MinAllowed, v.MaxAllowed, at, sink)
	for i := range v.Containers {
		name, c := v.Containers[i].Key, &v.Containers[i].Value
		verticalContainer(s, name, c, at.With("containers", name), sink)
	}
	for i := range v.EvictionRequirements {
		if len(v.EvictionRequirements[i].Resources) == 0 {
			sink.Errorf(schema.MissingField, at.With("evictionRequirements", i, "resources"), "which resources have to change is not said").Fix = "add cpu, memory or both"
		}
	}
	optionalName(sink, &names.DNSName, v.Recommender, "autoscaling", "vertical", "recommender")
	verticalConflict(s, v, at, sink)
}

// verticalContainer: row 24 for a container, and what says two things of one.
func verticalContainer(s *schema.Service, name string, c *schema.VerticalContainer, at tree.Path, sink *report.Sink) {
	verticalBounds(c.MinAllowed, c.MaxAllowed, at, sink)
	if c.Mode == "Off" && c.ControlledValues == "RequestsAndLimits" {
		sink.KeyErrorf(schema.InvalidValue, at.With("controlledValues"), "with mode: Off nothing is controlled").Fix = "remove one of the two"
	}
	found, ok := s.PodContainer(name)
	switch {
	case name == "*":
	case !ok || !found.Runs():
		sink.KeyErrorf(schema.UnknownReference, at, "the service has no container %q%s", name, suggest.Hint(name, runningNames(s))).
			Fix = `name one of its sidecars, or "*", all that have no policy of their own`
	case found.Path == nil && s.Autoscaling.Vertical.HasOwnPolicy():
		sink.KeyErrorf(schema.TwoOfGroup, at, "the service's own container has a policy beside containers already").Fix = "keep one of the two"
	}
}

// verticalResources are what a VerticalPodAutoscaler can set.
var verticalResources = []string{"cpu", "memory"}

func verticalBounds(least, most schema.Map[string], at tree.Path, sink *report.Sink) {
	verticalAmounts(least, at.With("minAllowed"), sink)
	verticalAmounts(most, at.With("maxAllowed"), sink)
	for _, bound := range least {
		above := most.Get(bound.Key)
		if above == nil {
			continue
		}
		lower, isLower := schema.ParseQuantity(bound.Value)
		upper, isUpper := schema.ParseQuantity(*above)
		if isLower && isUpper && lower.Cmp(upper) > 0 {
			sink.Errorf(schema.InvalidValue, at.With("minAllowed", bound.Key), "%s is above maxAllowed, %s", bound.Value, *above)
		}
	}
}

func verticalAmounts(amounts schema.Map[string], at tree.Path, sink *report.Sink) {
	for i := range amounts {
		name := amounts[i].Key
		if !slices.Contains(verticalResources, name) {
			sink.KeyErrorf(schema.InvalidValue, at.With(name), "a VerticalPodAutoscaler sets cpu and memory alone")
			continue
		}
		amount, isAmount := schema.ParseQuantity(amounts[i].Value)
		switch rounded := amount.DeepCopy(); {
		case !isAmount:
		case name == "cpu" && !rounded.RoundUp(resource.Milli):
			sink.Errorf(schema.InvalidValue, at.With(name), "%s is finer than a thousandth of a cpu", amounts[i].Value).Fix = "round it, as in 50m"
		case name == "memory" && !rounded.RoundUp(0):
			sink.Errorf(schema.InvalidValue, at.With(name), "%s is no whole number of bytes", amounts[i].Value).Fix = "write it as in 64Mi"
		}
	}
}
