package check

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// verticalConflict: each of two autoscalers answers to what the other did. Off only
// recommends, and Initial leaves running pods alone. Use is a share of what all
// containers of a pod request, so that each of them counts.
func verticalConflict(s *schema.Service, v *schema.VerticalScaling, at tree.Path, sink *report.Sink) {
	if !s.Autoscaling.IsHorizontal() || v.UpdateMode == "Off" || v.UpdateMode == "Initial" {
		return
	}
	for _, resource := range verticalResources {
		for c := range s.PodContainers() {
			if c.Runs() && aimsAt(s.Autoscaling, resource, c.Name) && controls(v, &c, resource) {
				verticalRival(&c, resource, at, sink)
				return
			}
		}
	}
}

// controls reports whether v sets the request of a container for a resource.
func controls(v *schema.VerticalScaling, c *schema.PodContainer, resource string) bool {
	resources := v.ControlledResources
	if c.Path != nil || !v.HasOwnPolicy() {
		policy := v.Containers.Get(c.Name)
		if policy == nil {
			policy = v.Containers.Get("*")
		}
		if policy == nil {
			return true
		}
		if policy.Mode == "Off" {
			return false
		}
		resources = policy.ControlledResources
	}
	return len(resources) == 0 || slices.Contains(resources, resource)
}

func verticalRival(c *schema.PodContainer, resource string, at tree.Path, sink *report.Sink) {
	if c.Path != nil {
		sink.Errorf(schema.AutoscalerConflict, writtenOf(sink, at, "containers"),
			"it changes the %s request of sidecar %s, and the number of pods goes by the use of it", resource, c.Name).
			Fix = `leave it the other, as in containers: "` + c.Name + `": controlledResources: ["` + otherOf(resource) + `"], or set mode: "Off" there`
		return
	}
	sink.Errorf(schema.AutoscalerConflict, writtenOf(sink, at, "controlledResources"),
		"it changes the %s request, and the number of pods goes by the use of it", resource).
		Fix = `leave it the other, as in controlledResources: ["` + otherOf(resource) + `"], or set updateMode: "Off"`
}

// aimsAt reports whether the number of pods goes by a share of what a container, or
// all of them together, request.
func aimsAt(a *schema.Autoscaling, resource, container string) bool {
	if isTarget(a, resource) {
		return true
	}
	for i := range a.Metrics {
		m := &a.Metrics[i]
		if r := m.Resource; r != nil && string(r.Name) == resource && r.Target.AverageUtilization != nil {
			return true
		}
		if r := m.ContainerResource; r != nil && string(r.Name) == resource && r.Container == container && r.Target.AverageUtilization != nil {
			return true
		}
	}
	if a.Keda == nil {
		return false
	}
	return slices.ContainsFunc(a.Keda.Triggers, func(t schema.KedaTrigger) bool {
		_, isPercent := triggerPercent(&t)
		one := t.Metadata.Get("containerName")
		return isPercent && t.Type == resource && (one == nil || *one == container)
	})
}

func otherOf(resource string) string {
	if resource == "cpu" {
		return "memory"
	}
	return "cpu"
}
