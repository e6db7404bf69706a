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
		Fallback:              a.Keda.Fallback,
		Advanced:              scalingAdvanced(s),
		Triggers:              scalingTriggers(a),
	})
}

// scaleTarget leaves out what KEDA takes anyway: a Deployment, and its first container.
func scaleTarget(s *schema.Service) addon.ScaleTarget {
	target := addon.ScaleTarget{Name: s.WorkloadName(), EnvSourceContainerName: s.Autoscaling.Keda.EnvSourceContainerName}
	if s.Kind != "" && s.Kind != schema.Deployment {
		target.APIVersion, target.Kind = "apps/v1", s.Kind
	}
	return target
}

func scalingAdvanced(s *schema.Service) *addon.ScaledObjectAdvanced {
	a := s.Autoscaling
	advanced := addon.ScaledObjectAdvanced{
		RestoreToOriginalReplicaCount: a.Keda.RestoreToOriginalReplicaCount,
		ScalingModifiers:              a.Keda.ScalingModifiers,
	}
	if a.Behavior != nil || a.Keda.HorizontalPodAutoscalerName != "" {
		autoscaler := &addon.ScaledObjectAutoscaler{Behavior: a.Behavior}
		if a.Keda.HorizontalPodAutoscalerName != "" {
			autoscaler.Name = s.KedaHPAName()
		}
		advanced.HorizontalPodAutoscalerConfig = autoscaler
	}
	if advanced == (addon.ScaledObjectAdvanced{}) {
		return nil
	}
	return &advanced
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
			AuthenticationRef: t.AuthenticationRef,
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
