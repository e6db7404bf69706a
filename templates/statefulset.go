package templates

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// StatefulSet runs the pods of s under names and with claims of their own; nil
// when s is another kind.
func StatefulSet(s *schema.Service) *appsv1.StatefulSet {
	if s.Kind != schema.StatefulSet {
		return nil
	}
	meta := metadata(s, s.Name)
	meta.Labels = workloadLabels(s)
	governing, _ := s.GoverningService()
	return &appsv1.StatefulSet{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "StatefulSet"},
		ObjectMeta: meta,
		Spec: appsv1.StatefulSetSpec{
			Replicas:                             replicas(s),
			Selector:                             &metav1.LabelSelector{MatchLabels: selector(s)},
			Template:                             PodTemplate(s),
			VolumeClaimTemplates:                 claimTemplates(s),
			ServiceName:                          governing,
			PodManagementPolicy:                  appsv1.PodManagementPolicyType(s.PodManagementPolicy),
			UpdateStrategy:                       statefulStrategy(s.Strategy),
			RevisionHistoryLimit:                 s.RevisionHistoryLimit,
			MinReadySeconds:                      number(s.MinReadySeconds),
			PersistentVolumeClaimRetentionPolicy: claimRetention(s.ClaimRetention),
			Ordinals:                             ordinals(s.Ordinals),
		},
	}
}

// claimTemplates are what the API server never lets change: nothing stands in them
// that may, and so of labels the selector's, and what the volume says.
func claimTemplates(s *schema.Service) []corev1.PersistentVolumeClaim {
	var claims []corev1.PersistentVolumeClaim
	for i := range s.Volumes {
		if v := &s.Volumes[i].Value; s.IsClaimTemplate(v) {
			claims = append(claims, corev1.PersistentVolumeClaim{
				ObjectMeta: metav1.ObjectMeta{
					Name:        s.Volumes[i].Key,
					Labels:      unlessNone(overlay(selector(s), v.Labels)),
					Annotations: overlay(nil, v.Annotations),
				},
				Spec: claimSpec(v),
			})
		}
	}
	return claims
}

func statefulStrategy(st *schema.Strategy) appsv1.StatefulSetUpdateStrategy {
	if st == nil {
		return appsv1.StatefulSetUpdateStrategy{}
	}
	out := appsv1.StatefulSetUpdateStrategy{Type: appsv1.StatefulSetUpdateStrategyType(st.Type)}
	if st.Partition != nil || st.MaxUnavailable != nil {
		out.RollingUpdate = &appsv1.RollingUpdateStatefulSetStrategy{
			Partition:      st.Partition,
			MaxUnavailable: st.MaxUnavailable,
		}
	}
	return out
}

func claimRetention(r *schema.ClaimRetention) *appsv1.StatefulSetPersistentVolumeClaimRetentionPolicy {
	if r == nil || *r == (schema.ClaimRetention{}) {
		return nil
	}
	return &appsv1.StatefulSetPersistentVolumeClaimRetentionPolicy{
		WhenDeleted: appsv1.PersistentVolumeClaimRetentionPolicyType(r.WhenDeleted),
		WhenScaled:  appsv1.PersistentVolumeClaimRetentionPolicyType(r.WhenScaled),
	}
}

func ordinals(o *schema.Ordinals) *appsv1.StatefulSetOrdinals {
	if o == nil || number(o.Start) == 0 {
		return nil
	}
	return &appsv1.StatefulSetOrdinals{Start: *o.Start}
}
