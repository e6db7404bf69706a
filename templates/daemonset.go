package templates

import (
	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// DaemonSet runs a pod of s on every node; nil when s is another kind.
func DaemonSet(s *schema.Service) *appsv1.DaemonSet {
	if s.Kind != schema.DaemonSet {
		return nil
	}
	meta := metadata(s, s.Name)
	meta.Labels = workloadLabels(s)
	return &appsv1.DaemonSet{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "DaemonSet"},
		ObjectMeta: meta,
		Spec: appsv1.DaemonSetSpec{
			Selector:             &metav1.LabelSelector{MatchLabels: selector(s)},
			Template:             PodTemplate(s),
			UpdateStrategy:       daemonStrategy(s.Strategy),
			MinReadySeconds:      number(s.MinReadySeconds),
			RevisionHistoryLimit: s.RevisionHistoryLimit,
		},
	}
}

func daemonStrategy(st *schema.Strategy) appsv1.DaemonSetUpdateStrategy {
	if st == nil {
		return appsv1.DaemonSetUpdateStrategy{}
	}
	out := appsv1.DaemonSetUpdateStrategy{Type: appsv1.DaemonSetUpdateStrategyType(st.Type)}
	if st.MaxSurge != nil || st.MaxUnavailable != nil {
		out.RollingUpdate = &appsv1.RollingUpdateDaemonSet{
			MaxUnavailable: st.MaxUnavailable,
			MaxSurge:       st.MaxSurge,
		}
	}
	return out
}
