package templates

import (
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// PodDisruptionBudget limits how many pods of s a drain takes at once; nil when
// s has none.
func PodDisruptionBudget(s *schema.Service) *policyv1.PodDisruptionBudget {
	b := s.PodDisruptionBudget
	if b == nil || b.Declined {
		return nil
	}
	return &policyv1.PodDisruptionBudget{
		TypeMeta:   metav1.TypeMeta{APIVersion: "policy/v1", Kind: "PodDisruptionBudget"},
		ObjectMeta: metadata(s, s.PDBName()),
		Spec: policyv1.PodDisruptionBudgetSpec{
			MinAvailable:               b.MinAvailable,
			Selector:                   &metav1.LabelSelector{MatchLabels: selector(s)},
			MaxUnavailable:             b.MaxUnavailable,
			UnhealthyPodEvictionPolicy: optional[policyv1.UnhealthyPodEvictionPolicyType](b.UnhealthyPodEvictionPolicy),
		},
	}
}
