package check

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

func clusterTrustBundles(s *schema.Service) []tree.Path {
	return projections(s, func(p *corev1.VolumeProjection) bool { return p.ClusterTrustBundle != nil }, "clusterTrustBundle")
}

func podCertificates(s *schema.Service) []tree.Path {
	return projections(s, func(p *corev1.VolumeProjection) bool { return p.PodCertificate != nil }, "podCertificate")
}

func certificateAnnotations(s *schema.Service) []tree.Path {
	return projections(s, func(p *corev1.VolumeProjection) bool {
		return p.PodCertificate != nil && len(p.PodCertificate.UserAnnotations) > 0
	}, "podCertificate", "userAnnotations")
}

// projections are the places below the sources of projected volumes that are
// as asked.
func projections(s *schema.Service, isUsed func(*corev1.VolumeProjection) bool, field ...any) (used []tree.Path) {
	for i := range s.Volumes {
		p := s.Volumes[i].Value.Projected
		if p == nil {
			continue
		}
		for j := range p.Sources {
			if isUsed(&p.Sources[j]) {
				used = append(used, tree.P("volumes", s.Volumes[i].Key, "projected", "sources", j).With(field...))
			}
		}
	}
	return used
}

func volumeAttributesClasses(s *schema.Service) []tree.Path {
	return claimTemplates(s, func(c *corev1.PersistentVolumeClaimSpec) bool { return c.VolumeAttributesClassName != nil }, "volumeAttributesClassName")
}

func foreignDataSources(s *schema.Service) []tree.Path {
	return claimTemplates(s, func(c *corev1.PersistentVolumeClaimSpec) bool {
		return c.DataSourceRef != nil && c.DataSourceRef.Namespace != nil
	}, "dataSourceRef", "namespace")
}

// claimTemplates are the places below the claims of ephemeral volumes that are
// as asked.
func claimTemplates(s *schema.Service, isUsed func(*corev1.PersistentVolumeClaimSpec) bool, field ...any) (used []tree.Path) {
	for i := range s.Volumes {
		e := s.Volumes[i].Value.Ephemeral
		if e != nil && e.VolumeClaimTemplate != nil && isUsed(&e.VolumeClaimTemplate.Spec) {
			used = append(used, tree.P("volumes", s.Volumes[i].Key, "ephemeral", "volumeClaimTemplate", "spec").With(field...))
		}
	}
	return used
}
