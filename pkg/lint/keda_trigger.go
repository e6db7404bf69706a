package lint

import (
	"cmp"
	"strconv"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
)

// kedaTrigger is what a ScaledObject scales on. The type of its metric once stood in
// the metadata.
type kedaTrigger struct {
	Type       string            `json:"type"`
	MetricType string            `json:"metricType"`
	Metadata   map[string]string `json:"metadata"`
}

// metric is the metric of the autoscaler that KEDA makes, as far as it is about what
// the pods request.
func (t *kedaTrigger) metric() autoscalingv2.MetricSpec {
	percent, err := strconv.ParseInt(t.Metadata["value"], 10, 32)
	if t.Type != "cpu" && t.Type != "memory" || cmp.Or(t.MetricType, t.Metadata["type"]) != string(autoscalingv2.UtilizationMetricType) || err != nil {
		return autoscalingv2.MetricSpec{Type: autoscalingv2.ExternalMetricSourceType}
	}
	whole := int32(percent)
	target := autoscalingv2.MetricTarget{Type: autoscalingv2.UtilizationMetricType, AverageUtilization: &whole}
	if container := t.Metadata["containerName"]; container != "" {
		return autoscalingv2.MetricSpec{
			Type:              autoscalingv2.ContainerResourceMetricSourceType,
			ContainerResource: &autoscalingv2.ContainerResourceMetricSource{Name: corev1.ResourceName(t.Type), Container: container, Target: target},
		}
	}
	return autoscalingv2.MetricSpec{
		Type:     autoscalingv2.ResourceMetricSourceType,
		Resource: &autoscalingv2.ResourceMetricSource{Name: corev1.ResourceName(t.Type), Target: target},
	}
}
