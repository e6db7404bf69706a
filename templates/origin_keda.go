package templates

import "github.com/kgen-dev/kgen/pkg/tree"

var scaledObjectOrigins = objectOrigins("autoscaling",
	rule{"spec.scaleTargetRef", "name"},
	rule{"spec.scaleTargetRef.apiVersion", "kind"},
	rule{"spec.scaleTargetRef.kind", "kind"},
	rule{"spec.scaleTargetRef.name", "name"},
	rule{"spec.minReplicaCount", "autoscaling.minReplicas"},
	rule{"spec.maxReplicaCount", "autoscaling.maxReplicas"},
	rule{"spec.pollingInterval", "autoscaling.keda.pollingInterval"},
	rule{"spec.cooldownPeriod", "autoscaling.keda.cooldownPeriod"},
	rule{"spec.initialCooldownPeriod", "autoscaling.keda.initialCooldownPeriod"},
	rule{"spec.idleReplicaCount", "autoscaling.keda.idleReplicaCount"},
	rule{"spec.fallback.*", "autoscaling.keda.fallback.*"},
	rule{"spec.advanced", "autoscaling.behavior"},
	rule{"spec.advanced.horizontalPodAutoscalerConfig.behavior.*", "autoscaling.behavior.*"},
	rule{"spec.triggers", "autoscaling"},
	rule{"spec.triggers.{trigger}.*", "{trigger}.*"},
)

var verticalOrigins = objectOrigins("autoscaling.vertical",
	rule{"spec.targetRef.*", "kind"},
	rule{"spec.targetRef.name", "name"},
	rule{"spec.updatePolicy.*", "autoscaling.vertical.*"},
	rule{"spec.resourcePolicy", "autoscaling.vertical"},
	rule{"spec.resourcePolicy.containerPolicies.0.*", "autoscaling.vertical.*"},
	rule{"spec.resourcePolicy.containerPolicies.0.containerName", "{containerName}"},
)

// triggerPlace is one of cpu and memory, which come first, or of the triggers.
func triggerPlace(m *made, at tree.Path) (found, bool) {
	a, i := m.service.Autoscaling, lastIndex(at)
	if a == nil || a.Keda == nil {
		return found{}, false
	}
	var triggers []found
	if a.CPU != nil {
		triggers = append(triggers, wholeAt("autoscaling", "cpu"))
	}
	if a.Memory != nil {
		triggers = append(triggers, wholeAt("autoscaling", "memory"))
	}
	for own := range a.Keda.Triggers {
		triggers = append(triggers, foundAt("autoscaling", "keda", "triggers", own))
	}
	if i < 0 || i >= len(triggers) {
		return found{}, false
	}
	return triggers[i], true
}
