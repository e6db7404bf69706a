package templates

import (
	"strconv"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// ScaledObject has KEDA scale s between its bounds; nil when s does not ask for it.
func ScaledObject(s *schema.Service) *addon.ScaledObject {
	a := s.Autoscaling
	if a == nil || a.Keda == nil {
		return nil
	}
	return addon.New("keda.sh/v1alpha1", "ScaledObject", metadata(s, s.HPAName()), addon.ScaledObjectSpec{
		ScaleTargetRef:        scaleTarget(s),
		PollingInterval:       a.Keda.PollingInterval,
		CooldownPeriod:        a.Keda.CooldownPeriod,
		InitialCooldownPeriod: a.Keda.InitialCooldownPeriod,
		IdleReplicaCount:      a.Keda.IdleReplicaCount,
		MinReplicaCount:       a.MinReplicas,
		MaxReplicaCount:       a.MaxReplicas,
		Fallback:              (*addon.ScaledObjectFallback)(a.Keda.Fallback),
		Advanced:              scalingBehavior(a),
		Triggers:              scalingTriggers(a),
	})
}

// scaleTarget leaves out what KEDA takes anyway: a Deployment, and its first container.
func scaleTarget(s *schema.Service) addon.ScaleTarget {
	target := addon.ScaleTarget{Name: s.WorkloadName()}
	if s.Kind != "" && s.Kind != schema.Deployment {
		target.APIVersion, target.Kind = "apps/v1", s.Kind
	}
	return target
}

func scalingBehavior(a *schema.Autoscaling) *addon.ScaledObjectAdvanced {
	if a.Behavior == nil {
		return nil
	}
	return &addon.ScaledObjectAdvanced{HorizontalPodAutoscalerConfig: addon.ScaledObjectAutoscaler{Behavior: a.Behavior}}
}

func scalingTriggers(a *schema.Autoscaling) []addon.ScaledObjectTrigger {
	triggers := make([]addon.ScaledObjectTrigger, 0, 2+len(a.Keda.Triggers))
	if a.CPU != nil {
		triggers = append(triggers, utilizationTrigger("cpu", *a.CPU))
	}
	if a.Memory != nil {
		triggers = append(triggers, utilizationTrigger("memory", *a.Memory))
	}
	for i := range a.Keda.Triggers {
		t := &a.Keda.Triggers[i]
		triggers = append(triggers, addon.ScaledObjectTrigger{
			Type: t.Type, Name: t.Name, MetricType: t.MetricType, UseCachedMetrics: t.UseCachedMetrics,
			Metadata:          t.Metadata.Plain(),
			AuthenticationRef: (*addon.AuthenticationRef)(t.AuthenticationRef),
		})
	}
	return triggers
}

// utilizationTrigger aims at percent of the request.
func utilizationTrigger(resource string, percent int32) addon.ScaledObjectTrigger {
	return addon.ScaledObjectTrigger{
		Type: resource, MetricType: "Utilization",
		Metadata: map[string]string{"value": strconv.Itoa(int(percent))},
	}
}
