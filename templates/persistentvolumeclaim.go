package templates

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// PersistentVolumeClaims are the claims of the volumes with a size.
func PersistentVolumeClaims(s *schema.Service) []*corev1.PersistentVolumeClaim {
	var claims []*corev1.PersistentVolumeClaim
	for i := range s.Volumes {
		if v := &s.Volumes[i].Value; v.Size != "" && !s.IsClaimTemplate(v) {
			claims = append(claims, claim(s, s.Volumes[i].Key, v))
		}
	}
	return claims
}

func claim(s *schema.Service, key string, v *schema.Volume) *corev1.PersistentVolumeClaim {
	out := &corev1.PersistentVolumeClaim{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "PersistentVolumeClaim"},
		ObjectMeta: metadata(s, s.ClaimName(key, v)),
		Spec:       claimSpec(v),
	}
	out.Labels = unlessNone(overlay(out.Labels, v.Labels))
	if v.Retain {
		out.Annotations = overlay(out.Annotations, keptByDeployers)
		out.Annotations = overlay(out.Annotations, keptByHelm)
	}
	out.Annotations = overlay(out.Annotations, v.Annotations)
	return out
}

func claimSpec(v *schema.Volume) corev1.PersistentVolumeClaimSpec {
	storage := schema.Map[schema.Text]{{Key: string(corev1.ResourceStorage), Value: schema.Text{Value: v.Size}}}
	spec := corev1.PersistentVolumeClaimSpec{
		Resources:        corev1.VolumeResourceRequirements{Requests: amounts(storage)},
		StorageClassName: v.StorageClassName,
		DataSource:       v.DataSource,
	}
	for _, mode := range v.AccessModes {
		spec.AccessModes = append(spec.AccessModes, corev1.PersistentVolumeAccessMode(mode))
	}
	return spec
}

// keptByDeployers keeps Argo CD and Flux from removing what left the manifests.
var keptByDeployers = schema.Map[schema.Text]{
	{Key: "argocd.argoproj.io/sync-options", Value: schema.Text{Value: "Prune=false,Delete=false"}},
	{Key: "kustomize.toolkit.fluxcd.io/prune", Value: schema.Text{Value: "disabled"}},
}

// keptByHelm keeps an uninstall from removing it.
var keptByHelm = schema.Map[schema.Text]{
	{Key: "helm.sh/resource-policy", Value: schema.Text{Value: "keep"}},
}
