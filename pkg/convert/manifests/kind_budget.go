package manifests

import (
	policyv1 "k8s.io/api/policy/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// fillBudget is the inverse of templates.PodDisruptionBudget.
func (c *converter) fillBudget(g *Group, o *Object, s *schema.Service) bool {
	budget, isBudget := o.Value.(*policyv1.PodDisruptionBudget)
	if !isBudget || s.PodDisruptionBudget != nil && !s.PodDisruptionBudget.Declined || !s.IsScalable() || budget.Spec.MinAvailable == nil && budget.Spec.MaxUnavailable == nil {
		return false
	}
	b := &schema.PodDisruptionBudget{
		ObjectName:     otherName(o, g.Name),
		MinAvailable:   budget.Spec.MinAvailable,
		MaxUnavailable: budget.Spec.MaxUnavailable,
	}
	if policy := budget.Spec.UnhealthyPodEvictionPolicy; policy != nil {
		b.UnhealthyPodEvictionPolicy = string(*policy)
	} else {
		b.UnhealthyPodEvictionPolicy = string(policyv1.IfHealthyBudget)
		c.comesTo(o, tree.P("spec", "unhealthyPodEvictionPolicy"), b.UnhealthyPodEvictionPolicy) // which is IfHealthyBudget where nobody says
	}
	s.PodDisruptionBudget = b
	return true
}
