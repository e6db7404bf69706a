package lint

import (
	"slices"

	networkingv1 "k8s.io/api/networking/v1"
)

const networkPolicyKind = "NetworkPolicy.networking.k8s.io"

// isolates reports whether a policy shuts its pods in one direction, but for what its
// rules allow. Without policyTypes egress counts where there are rules for it.
func isolates(p *networkingv1.NetworkPolicy, direction networkingv1.PolicyType) bool {
	if len(p.Spec.PolicyTypes) == 0 {
		return direction == networkingv1.PolicyTypeIngress || len(p.Spec.Egress) > 0
	}
	return slices.Contains(p.Spec.PolicyTypes, direction)
}

// otherPolicies are the kinds of policies that network plugins have of their own, and
// whether they are for a namespace.
var otherPolicies = map[string]bool{
	"CiliumNetworkPolicy.cilium.io":                       true,
	"CiliumClusterwideNetworkPolicy.cilium.io":            false,
	"NetworkPolicy.crd.projectcalico.org":                 true,
	"GlobalNetworkPolicy.crd.projectcalico.org":           false,
	"NetworkPolicy.projectcalico.org":                     true,
	"GlobalNetworkPolicy.projectcalico.org":               false,
	"NetworkPolicy.crd.antrea.io":                         true,
	"ClusterNetworkPolicy.crd.antrea.io":                  false,
	"AdminNetworkPolicy.policy.networking.k8s.io":         false,
	"BaselineAdminNetworkPolicy.policy.networking.k8s.io": false,
	"ClusterNetworkPolicy.policy.networking.k8s.io":       false,
}

// hasOtherPolicies reports whether policies of a network plugin are for a namespace, so
// that NetworkPolicies alone do not say what its pods may do.
func (x *Index) hasOtherPolicies(namespace string) bool {
	for kind, isNamespaced := range otherPolicies {
		if isNamespaced && x.inSpace[kindSpace{kind, spaceOf(namespace)}] || !isNamespaced && len(x.byKind[kind]) > 0 {
			return true
		}
	}
	return false
}
