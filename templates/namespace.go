package templates

import (
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// Namespace is where the services of w go; nil when it is there already.
func Namespace(w *schema.World) *corev1.Namespace {
	n := w.Namespace
	if n == nil || !n.Create {
		return nil
	}
	meta := projectMetadata(w, n.Name)
	meta.Labels = overlay(meta.Labels, podSecurityLabels(n.PodSecurity))
	meta.Labels = overlay(meta.Labels, n.Labels)
	meta.Annotations = overlay(meta.Annotations, keptByDeployers)
	return &corev1.Namespace{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
		ObjectMeta: meta,
	}
}

// podSecurityLabels also warn and audit: enforce judges pods alone, the others
// speak when the Deployment is applied.
func podSecurityLabels(level string) schema.Map[schema.Text] {
	if level == "" {
		return nil
	}
	text := schema.Text{Value: level}
	return schema.Map[schema.Text]{
		{Key: "pod-security.kubernetes.io/enforce", Value: text},
		{Key: "pod-security.kubernetes.io/audit", Value: text},
		{Key: "pod-security.kubernetes.io/warn", Value: text},
	}
}

// NamespacePolicy is the NetworkPolicy that the namespace of w starts with: it
// admits the namespace itself (isolated) or nobody (deny), and services name
// theirs besides. Nil when w asks for none.
func NamespacePolicy(w *schema.World) *networkingv1.NetworkPolicy {
	n := w.Namespace
	if n == nil || n.NetworkPolicy == "" {
		return nil
	}
	policy := &networkingv1.NetworkPolicy{
		TypeMeta:   metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "NetworkPolicy"},
		ObjectMeta: projectMetadata(w, n.PolicyName()),
		Spec: networkingv1.NetworkPolicySpec{
			PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeIngress},
		},
	}
	policy.Namespace = n.Name
	if n.NetworkPolicy == "isolated" {
		policy.Spec.Ingress = []networkingv1.NetworkPolicyIngressRule{{
			From: []networkingv1.NetworkPolicyPeer{{PodSelector: &metav1.LabelSelector{}}},
		}}
	}
	return policy
}

// projectMetadata is that of an object that belongs to no service.
func projectMetadata(w *schema.World, name string) metav1.ObjectMeta {
	labels := map[string]string{managedByLabel: "kgen"}
	if w.PartOf != "" {
		labels[partOfLabel] = w.PartOf
	}
	return metav1.ObjectMeta{
		Name:        name,
		Labels:      overlay(labels, w.Labels),
		Annotations: overlay(nil, w.Annotations),
	}
}
