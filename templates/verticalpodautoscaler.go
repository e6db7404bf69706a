package templates

import (
	"cmp"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// VerticalPodAutoscaler sets the requests of the pods of s; nil when s does not ask
// for it.
func VerticalPodAutoscaler(s *schema.Service) *addon.VerticalPodAutoscaler {
	if s.Autoscaling == nil || s.Autoscaling.Vertical == nil {
		return nil
	}
	v := s.Autoscaling.Vertical
	spec := addon.VerticalPodAutoscalerSpec{
		TargetRef: addon.WorkloadRef{
			APIVersion: workloadVersion(s), Kind: cmp.Or(s.Kind, schema.Deployment), Name: s.WorkloadName(),
		},
		ResourcePolicy: resourcePolicy(s, v),
	}
	if v.UpdateMode != "" || v.MinReplicas != nil {
		spec.UpdatePolicy = &addon.UpdatePolicy{UpdateMode: v.UpdateMode, MinReplicas: v.MinReplicas}
	}
	return addon.New("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", metadata(s, s.VerticalName()), spec)
}

func workloadVersion(s *schema.Service) string {
	if s.EndsByItself() {
		return "batch/v1"
	}
	return "apps/v1"
}

// resourcePolicy is about the service's own container; nil where nothing is said.
func resourcePolicy(s *schema.Service, v *schema.VerticalScaling) *addon.ResourcePolicy {
	policy := addon.ContainerPolicy{
		MinAllowed:          v.MinAllowed.Plain(),
		MaxAllowed:          v.MaxAllowed.Plain(),
		ControlledResources: v.ControlledResources,
		ControlledValues:    v.ControlledValues,
	}
	if policy.MinAllowed == nil && policy.MaxAllowed == nil && policy.ControlledResources == nil && policy.ControlledValues == "" {
		return nil
	}
	policy.ContainerName = s.ContainerNameOrDefault()
	return &addon.ResourcePolicy{ContainerPolicies: []addon.ContainerPolicy{policy}}
}
