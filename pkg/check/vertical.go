package check

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
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
// by which another autoscaler counts.
func vertical(s *schema.Service, sink *report.Sink) {
	if s.Autoscaling == nil || s.Autoscaling.Vertical == nil {
		return
	}
	v, at := s.Autoscaling.Vertical, tree.P("autoscaling", "vertical")
	verticalAmounts(v.MinAllowed, at.With("minAllowed"), sink)
	verticalAmounts(v.MaxAllowed, at.With("maxAllowed"), sink)
	for _, least := range v.MinAllowed {
		most := v.MaxAllowed.Get(least.Key)
		if most == nil {
			continue
		}
		lower, isLower := schema.ParseQuantity(least.Value)
		upper, isUpper := schema.ParseQuantity(*most)
		if isLower && isUpper && lower.Cmp(upper) > 0 {
			sink.Errorf(schema.InvalidValue, at.With("minAllowed", least.Key), "%s is above maxAllowed, %s", least.Value, *most)
		}
	}
	verticalConflict(s, v, at, sink)
}

// verticalResources are what a VerticalPodAutoscaler can set.
var verticalResources = []string{"cpu", "memory"}

func verticalAmounts(amounts schema.Map[string], at tree.Path, sink *report.Sink) {
	for i := range amounts {
		if !slices.Contains(verticalResources, amounts[i].Key) {
			sink.KeyErrorf(schema.InvalidValue, at.With(amounts[i].Key), "a VerticalPodAutoscaler sets cpu and memory alone")
		}
	}
}

// verticalConflict: each of two autoscalers answers to what the other did. Off only
// recommends, and Initial leaves running pods alone.
func verticalConflict(s *schema.Service, v *schema.VerticalScaling, at tree.Path, sink *report.Sink) {
	if !s.Autoscaling.IsHorizontal() || v.UpdateMode == "Off" || v.UpdateMode == "Initial" {
		return
	}
	controlled := v.ControlledResources
	if len(controlled) == 0 {
		controlled = verticalResources
	}
	for _, resource := range controlled {
		if !aimsAt(s.Autoscaling, resource) {
			continue
		}
		sink.Errorf(schema.AutoscalerConflict, writtenOf(sink, at, "controlledResources"),
			"it changes the %s request, and the number of pods goes by the use of it", resource).
			Fix = `leave it the other, as in controlledResources: ["` + otherOf(resource) + `"], or set updateMode: "Off"`
		return
	}
}

// aimsAt reports whether the number of pods goes by a share of what they request.
func aimsAt(a *schema.Autoscaling, resource string) bool {
	if isTarget(a, resource) {
		return true
	}
	for i := range a.Metrics {
		m := &a.Metrics[i]
		if r := m.Resource; r != nil && string(r.Name) == resource && r.Target.AverageUtilization != nil {
			return true
		}
		if r := m.ContainerResource; r != nil && string(r.Name) == resource && r.Target.AverageUtilization != nil {
			return true
		}
	}
	if a.Keda == nil {
		return false
	}
	return slices.ContainsFunc(a.Keda.Triggers, func(t schema.KedaTrigger) bool {
		_, isPercent := triggerPercent(&t)
		return isPercent && t.Type == resource
	})
}

func otherOf(resource string) string {
	if resource == "cpu" {
		return "memory"
	}
	return "cpu"
}
