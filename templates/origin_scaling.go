package templates

import "github.com/kgen-dev/kgen/pkg/tree"

var autoscalerOrigins = objectOrigins("autoscaling",
	rule{"spec.scaleTargetRef.*", "autoscaling"},
	rule{"spec.scaleTargetRef.kind", "kind"},
	rule{"spec.scaleTargetRef.name", "name"},
	rule{"spec.minReplicas", "autoscaling.minReplicas"},
	rule{"spec.maxReplicas", "autoscaling.maxReplicas"},
	rule{"spec.metrics", "autoscaling"},
	rule{"spec.metrics.{metric}.*", "{metric}.*"},
	rule{"spec.behavior.*", "autoscaling.behavior.*"},
)

var budgetOrigins = objectOrigins("{object}",
	rule{"spec.minAvailable", "podDisruptionBudget.minAvailable"},
	rule{"spec.maxUnavailable", "podDisruptionBudget.maxUnavailable"},
	rule{"spec.unhealthyPodEvictionPolicy", "podDisruptionBudget.unhealthyPodEvictionPolicy"},
	rule{"spec.selector.*", "selector"},
	rule{"spec.selector.matchLabels.*", "selector.*"},
)

// metricPlace is one of cpu and memory, which come first, or of the metrics.
func metricPlace(m *made, at tree.Path) (found, bool) {
	a, i := m.service.Autoscaling, lastIndex(at)
	if a == nil {
		return found{}, false
	}
	var metrics []found
	if a.CPU != nil {
		metrics = append(metrics, wholeAt("autoscaling", "cpu"))
	}
	if a.Memory != nil {
		metrics = append(metrics, wholeAt("autoscaling", "memory"))
	}
	for own := range a.Metrics {
		metrics = append(metrics, foundAt("autoscaling", "metrics", own))
	}
	if i < 0 || i >= len(metrics) {
		return found{}, false
	}
	return metrics[i], true
}
