package manifests

import (
	"slices"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/schema"
)

// fillAutoscaler is the inverse of templates.HorizontalPodAutoscaler.
func (c *converter) fillAutoscaler(g *Group, o *Object, s *schema.Service) bool {
	hpa, isHPA := o.Value.(*autoscalingv2.HorizontalPodAutoscaler)
	if !isHPA || !isTarget(g, hpa.Spec.ScaleTargetRef.Kind, hpa.Spec.ScaleTargetRef.Name) || !s.IsScalable() {
		return false
	}
	if s.Autoscaling.IsHorizontal() || hpa.Spec.MaxReplicas < 1 {
		return false
	}
	a := autoscalingOf(s)
	a.ObjectName = otherName(o, g.Name)
	a.MinReplicas, a.MaxReplicas = hpa.Spec.MinReplicas, hpa.Spec.MaxReplicas
	a.Behavior = hpa.Spec.Behavior
	a.Metrics = hpa.Spec.Metrics
	// The order of metrics means nothing, but what kgen renders has the short ones first.
	for _, short := range []struct {
		name corev1.ResourceName
		to   **int32
	}{{corev1.ResourceCPU, &a.CPU}, {corev1.ResourceMemory, &a.Memory}} {
		if len(a.Metrics) > 0 && isUtilization(&a.Metrics[0], short.name) {
			*short.to, a.Metrics = a.Metrics[0].Resource.Target.AverageUtilization, slices.Clone(a.Metrics[1:])
		}
	}
	s.Replicas = nil // fillWorkload tells of it
	return true
}

func autoscalingOf(s *schema.Service) *schema.Autoscaling {
	if s.Autoscaling == nil {
		s.Autoscaling = &schema.Autoscaling{}
	}
	return s.Autoscaling
}

// isTarget reports whether a reference names the workload of the group.
func isTarget(g *Group, kind, name string) bool {
	return orText(kind, schema.Deployment) == g.Workload.Kind && name == g.Workload.Name
}

// isUtilization reports whether a metric is a share of what the pods request, and no
// more.
func isUtilization(m *autoscalingv2.MetricSpec, name corev1.ResourceName) bool {
	r := m.Resource
	return m.Type == autoscalingv2.ResourceMetricSourceType && r != nil && r.Name == name &&
		r.Target.Type == autoscalingv2.UtilizationMetricType && r.Target.AverageUtilization != nil && r.Target.AverageValue == nil && r.Target.Value == nil
}
