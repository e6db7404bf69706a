package manifests

import (
	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// fillVertical is the inverse of templates.VerticalPodAutoscaler.
func (c *converter) fillVertical(g *Group, o *Object, s *schema.Service) bool {
	vpa, isKnown := decoded[addon.VerticalPodAutoscaler](o)
	spec := &vpa.Spec
	if !isKnown || !isTarget(g, spec.TargetRef.Kind, spec.TargetRef.Name) || s.Autoscaling != nil && s.Autoscaling.Vertical != nil || len(spec.Recommenders) > 1 {
		return false
	}
	v := &schema.VerticalScaling{ObjectName: otherName(o, g.Name)}
	if p := spec.UpdatePolicy; p != nil {
		v.UpdateMode, v.MinReplicas, v.EvictionRequirements = p.UpdateMode, p.MinReplicas, p.EvictionRequirements
	}
	if len(spec.Recommenders) == 1 {
		v.Recommender = spec.Recommenders[0].Name
	}
	if p := spec.ResourcePolicy; p != nil && !fillPolicies(v, p.ContainerPolicies, s.ContainerNameOrDefault()) {
		return false
	}
	autoscalingOf(s).Vertical = v
	return true
}

// fillPolicies writes what holds for each container, the service's own among them.
func fillPolicies(v *schema.VerticalScaling, policies []addon.ContainerPolicy, own string) bool {
	for i := range policies {
		p := &policies[i]
		made := schema.VerticalContainer{
			Mode: p.Mode, MinAllowed: sortedTexts(p.MinAllowed), MaxAllowed: sortedTexts(p.MaxAllowed),
			ControlledResources: p.ControlledResources, ControlledValues: p.ControlledValues,
		}
		switch {
		case p.ContainerName == own && p.Mode == "" && i == 0:
			v.MinAllowed, v.MaxAllowed = made.MinAllowed, made.MaxAllowed
			v.ControlledResources, v.ControlledValues = made.ControlledResources, made.ControlledValues
		case p.ContainerName == own, v.Containers.Has(p.ContainerName):
			return false
		default:
			v.Containers = append(v.Containers, schema.Entry[schema.VerticalContainer]{Key: p.ContainerName, Value: made})
		}
	}
	return len(policies) > 0
}
