package templates

import (
	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// Deployment runs the pods of s; nil when s is another kind.
func Deployment(s *schema.Service) *appsv1.Deployment {
	if s.Kind != "" && s.Kind != schema.Deployment {
		return nil
	}
	meta := metadata(s, s.WorkloadName())
	meta.Labels = workloadLabels(s)
	return &appsv1.Deployment{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"},
		ObjectMeta: meta,
		Spec: appsv1.DeploymentSpec{
			Replicas:                replicas(s),
			Selector:                &metav1.LabelSelector{MatchLabels: selector(s)},
			Template:                PodTemplate(s),
			Strategy:                strategy(s.Strategy),
			MinReadySeconds:         number(s.MinReadySeconds),
			RevisionHistoryLimit:    s.RevisionHistoryLimit,
			ProgressDeadlineSeconds: s.ProgressDeadlineSeconds,
		},
	}
}

// replicas is nil where an autoscaler, or somebody else, decides. One replica
// stands there too, though the API server defaults it: left out means that
// somebody else decides.
func replicas(s *schema.Service) *int32 {
	if s.Autoscaling.IsHorizontal() || s.Replicas == nil || s.Replicas.Declined {
		return nil
	}
	return &s.Replicas.Value
}

func strategy(st *schema.Strategy) appsv1.DeploymentStrategy {
	if st == nil {
		return appsv1.DeploymentStrategy{}
	}
	out := appsv1.DeploymentStrategy{Type: appsv1.DeploymentStrategyType(st.Type)}
	if st.MaxSurge != nil || st.MaxUnavailable != nil {
		out.RollingUpdate = &appsv1.RollingUpdateDeployment{
			MaxSurge:       st.MaxSurge,
			MaxUnavailable: st.MaxUnavailable,
		}
	}
	return out
}

// number is *n, 0 where it is unset: the field is then left out.
func number(n *int32) int32 {
	if n == nil {
		return 0
	}
	return *n
}
