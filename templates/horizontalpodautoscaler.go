package templates

import (
	"cmp"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// HorizontalPodAutoscaler scales s between its bounds; nil when s does not ask
// for it, or for KEDA, which makes one.
func HorizontalPodAutoscaler(s *schema.Service) *autoscalingv2.HorizontalPodAutoscaler {
	a := s.Autoscaling
	if !a.IsHorizontal() || a.Keda != nil {
		return nil
	}
	return &autoscalingv2.HorizontalPodAutoscaler{
		TypeMeta:   metav1.TypeMeta{APIVersion: "autoscaling/v2", Kind: "HorizontalPodAutoscaler"},
		ObjectMeta: metadata(s, s.HPAName()),
		Spec: autoscalingv2.HorizontalPodAutoscalerSpec{
			ScaleTargetRef: autoscalingv2.CrossVersionObjectReference{
				Kind:       cmp.Or(s.Kind, schema.Deployment),
				Name:       s.WorkloadName(),
				APIVersion: "apps/v1",
			},
			MinReplicas: a.MinReplicas,
			MaxReplicas: a.MaxReplicas,
			Metrics:     scalingMetrics(a),
			Behavior:    a.Behavior,
		},
	}
}

func scalingMetrics(a *schema.Autoscaling) []autoscalingv2.MetricSpec {
	metrics := make([]autoscalingv2.MetricSpec, 0, 2+len(a.Metrics))
	if a.CPU != nil {
		metrics = append(metrics, utilization(corev1.ResourceCPU, a.CPU))
	}
	if a.Memory != nil {
		metrics = append(metrics, utilization(corev1.ResourceMemory, a.Memory))
	}
	return append(metrics, a.Metrics...)
}

// utilization aims at percent of the request.
func utilization(name corev1.ResourceName, percent *int32) autoscalingv2.MetricSpec {
	return autoscalingv2.MetricSpec{
		Type: autoscalingv2.ResourceMetricSourceType,
		Resource: &autoscalingv2.ResourceMetricSource{
			Name: name,
			Target: autoscalingv2.MetricTarget{
				Type:               autoscalingv2.UtilizationMetricType,
				AverageUtilization: percent,
			},
		},
	}
}
