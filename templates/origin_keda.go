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
	rule{"spec.scaleTargetRef.envSourceContainerName", "autoscaling.keda.envSourceContainerName"},
	rule{"spec.advanced", "autoscaling"},
	rule{"spec.advanced.restoreToOriginalReplicaCount", "autoscaling.keda.restoreToOriginalReplicaCount"},
	rule{"spec.advanced.scalingModifiers.*", "autoscaling.keda.scalingModifiers.*"},
	rule{"spec.advanced.horizontalPodAutoscalerConfig.name", "autoscaling.keda.horizontalPodAutoscalerName"},
	rule{"spec.advanced.horizontalPodAutoscalerConfig.behavior.*", "autoscaling.behavior.*"},
	rule{"spec.triggers", "autoscaling"},
	rule{"spec.triggers.{trigger}.*", "{trigger}.*"},
)

var triggerAuthenticationOrigins = objectOrigins("{object}",
	rule{"spec", "{object}"},
	rule{"spec.podIdentity.*", "{object}.podIdentity.*"},
	rule{"spec.secretTargetRef.{credential}.name", "{credential}.secret"},
	rule{"spec.secretTargetRef.{credential}.key", "{credential}.key"},
	rule{"spec.secretTargetRef.{credential}.parameter", "{credential}"},
	rule{"spec.env.{credential}.*", "{credential}"},
)

var verticalOrigins = objectOrigins("autoscaling.vertical",
	rule{"spec.targetRef.*", "kind"},
	rule{"spec.targetRef.name", "name"},
	rule{"spec.updatePolicy.*", "autoscaling.vertical.*"},
	rule{"spec.resourcePolicy", "autoscaling.vertical"},
	rule{"spec.resourcePolicy.containerPolicies.{verticalPolicy}.*", "{verticalPolicy}.*"},
	rule{"spec.resourcePolicy.containerPolicies.{verticalPolicy}.containerName", "{verticalName}"},
	rule{"spec.recommenders.*", "autoscaling.vertical.recommender"},
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

// verticalPolicyPlace is the policy of the service's own container, which comes first,
// or of one under containers.
func verticalPolicyPlace(m *made, at tree.Path) (found, bool) {
	a, i := m.service.Autoscaling, lastIndex(at)
	if a == nil || a.Vertical == nil || i < 0 {
		return found{}, false
	}
	if a.Vertical.HasOwnPolicy() {
		if i == 0 {
			return foundAt("autoscaling", "vertical"), true
		}
		i--
	}
	if i >= len(a.Vertical.Containers) {
		return found{}, false
	}
	return foundAt("autoscaling", "vertical", "containers", a.Vertical.Containers[i].Key), true
}

// verticalNamePlace is what names the container of a policy.
func verticalNamePlace(m *made, at tree.Path) (found, bool) {
	if keyOf(at) != "containerName" {
		return found{}, false
	}
	policy, ok := verticalPolicyPlace(m, at[:len(at)-1])
	if ok && keyOf(policy.Path) == "vertical" {
		return containerNamePlace(m, at)
	}
	return policy, ok
}

// credentialPlace is a parameter, from a Secret or a variable.
func credentialPlace(m *made, at tree.Path) (found, bool) {
	object, _ := objectPlace(m, nil)
	a, i := m.service.Autoscaling, lastIndex(at)
	if a == nil || a.Keda == nil || i < 0 || len(at) < 2 {
		return found{}, false
	}
	c, field := a.Keda.Authentications.Get(keyOf(object.Path)), keyOf(at[:len(at)-1])
	switch {
	case c == nil:
	case field == "env" && i < len(c.Env):
		return foundAt(object.Path.With("env", c.Env[i].Key)...), true
	case field == "secretTargetRef" && i < len(c.SecretTargetRef):
		return foundAt(object.Path.With("secretTargetRef", c.SecretTargetRef[i].Key)...), true
	}
	return found{}, false
}
