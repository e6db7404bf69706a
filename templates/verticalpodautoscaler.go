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
	if v.UpdateMode != "" || v.MinReplicas != nil || v.EvictionRequirements != nil {
		spec.UpdatePolicy = &addon.UpdatePolicy{UpdateMode: v.UpdateMode, MinReplicas: v.MinReplicas, EvictionRequirements: v.EvictionRequirements}
	}
	if v.Recommender != "" {
		spec.Recommenders = []addon.Recommender{{Name: v.Recommender}}
	}
	return addon.New("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", metadata(s, s.VerticalName()), spec)
}

func workloadVersion(s *schema.Service) string {
	if s.EndsByItself() {
		return "batch/v1"
	}
	return "apps/v1"
}

// resourcePolicy is about the service's own container first, then the others that v
// names; nil where nothing is said.
func resourcePolicy(s *schema.Service, v *schema.VerticalScaling) *addon.ResourcePolicy {
	var policies []addon.ContainerPolicy
	if v.HasOwnPolicy() {
		policies = append(policies, addon.ContainerPolicy{
			ContainerName:       s.ContainerNameOrDefault(),
			MinAllowed:          v.MinAllowed.Plain(),
			MaxAllowed:          v.MaxAllowed.Plain(),
			ControlledResources: v.ControlledResources,
			ControlledValues:    v.ControlledValues,
		})
	}
	for i := range v.Containers {
		c := &v.Containers[i].Value
		policies = append(policies, addon.ContainerPolicy{
			ContainerName:       v.Containers[i].Key,
			Mode:                c.Mode,
			MinAllowed:          c.MinAllowed.Plain(),
			MaxAllowed:          c.MaxAllowed.Plain(),
			ControlledResources: c.ControlledResources,
			ControlledValues:    c.ControlledValues,
		})
	}
	if policies == nil {
		return nil
	}
	return &addon.ResourcePolicy{ContainerPolicies: policies}
}
