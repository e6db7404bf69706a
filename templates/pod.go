package templates

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// PodTemplate is what the pods of s are made of, whatever kind makes them.
func PodTemplate(s *schema.Service) corev1.PodTemplateSpec {
	mounted := storageOf(s)
	return corev1.PodTemplateSpec{
		ObjectMeta: metav1.ObjectMeta{
			Labels:      podLabels(s),
			Annotations: podAnnotations(s),
		},
		Spec: corev1.PodSpec{
			Volumes:                       mounted.volumes,
			InitContainers:                initContainers(s, &mounted),
			Containers:                    containers(s, s.SideBySide(), &mounted),
			RestartPolicy:                 corev1.RestartPolicy(s.RestartPolicy),
			TerminationGracePeriodSeconds: s.TerminationGracePeriodSeconds,
			DNSPolicy:                     corev1.DNSPolicy(s.DNSPolicy),
			NodeSelector:                  s.NodeSelector.Plain(),
			ServiceAccountName:            accountName(s),
			AutomountServiceAccountToken:  s.AccountToken(),
			HostNetwork:                   isTrue(s.HostNetwork),
			HostPID:                       isTrue(s.HostPID),
			HostIPC:                       isTrue(s.HostIPC),
			ShareProcessNamespace:         s.ShareProcessNamespace,
			SecurityContext:               s.PodSecurityContext,
			ImagePullSecrets:              imagePullSecrets(s),
			Affinity:                      s.Affinity,
			SchedulerName:                 s.SchedulerName,
			Tolerations:                   s.Tolerations,
			HostAliases:                   s.HostAliases,
			PriorityClassName:             s.PriorityClassName,
			DNSConfig:                     s.DNSConfig,
			RuntimeClassName:              optional[string](s.RuntimeClassName),
			EnableServiceLinks:            unlessTrue(s.EnableServiceLinks),
			TopologySpreadConstraints:     spreadConstraints(s),
		},
	}
}

// podAnnotations are the pods' own over the checksum of their configuration. Pods
// that end by themselves read the newest anyway, and a Job whose pods would change
// is refused.
func podAnnotations(s *schema.Service) map[string]string {
	var annotations map[string]string
	if sum := ConfigChecksum(s); sum != "" && !s.EndsByItself() {
		annotations = map[string]string{checksumAnnotation: sum}
	}
	for key, value := range scrapeAnnotations(s) {
		if annotations == nil {
			annotations = map[string]string{}
		}
		annotations[key] = value
	}
	return overlay(annotations, s.PodAnnotations)
}

// accountName is empty for the account that a pod has anyway.
func accountName(s *schema.Service) string {
	if name := s.ServiceAccountName(); name != "default" {
		return name
	}
	return ""
}

// unlessTrue leaves out what the API server takes for true.
func unlessTrue(b *bool) *bool {
	if isTrue(b) {
		return nil
	}
	return b
}

func imagePullSecrets(s *schema.Service) []corev1.LocalObjectReference {
	var refs []corev1.LocalObjectReference
	for _, ref := range s.ImagePullSecrets {
		refs = append(refs, corev1.LocalObjectReference{Name: s.SecretName(ref.Name)})
	}
	return refs
}

// spreadConstraints spread the pods of one revision over hosts and zones. Those
// of the revision before do not count: they are going away. In a StatefulSet they
// all count, for a new pod comes back to where its claim is.
func spreadConstraints(s *schema.Service) []corev1.TopologySpreadConstraint {
	switch s.Spread {
	case "soft", "hard":
		return []corev1.TopologySpreadConstraint{
			spreadOver(s, corev1.LabelHostname),
			spreadOver(s, corev1.LabelTopologyZone),
		}
	}
	return s.SpreadConstraints()
}

func spreadOver(s *schema.Service, topologyKey string) corev1.TopologySpreadConstraint {
	constraint := corev1.TopologySpreadConstraint{
		MaxSkew:           1,
		TopologyKey:       topologyKey,
		WhenUnsatisfiable: corev1.ScheduleAnyway,
		LabelSelector:     &metav1.LabelSelector{MatchLabels: selector(s)},
		MatchLabelKeys:    []string{"pod-template-hash"},
	}
	if s.Kind == schema.StatefulSet {
		constraint.MatchLabelKeys = nil
	}
	if s.Spread == "hard" {
		constraint.WhenUnsatisfiable = corev1.DoNotSchedule
		// A node that takes none of the pods must not count as an empty one, or
		// no other may take a second.
		honor := corev1.NodeInclusionPolicyHonor
		constraint.NodeTaintsPolicy = &honor
	}
	return constraint
}

// isTrue reports whether b is set and true.
func isTrue(b *bool) bool { return b != nil && *b }
