package lint

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// allowsDNS reports whether an egress rule of a policy lets pods ask for names.
func allowsDNS(o *Object, p *networkingv1.NetworkPolicy, all *Index) bool {
	return slices.ContainsFunc(p.Spec.Egress, func(rule networkingv1.NetworkPolicyEgressRule) bool {
		opens := len(rule.Ports) == 0 || opensPort(rule.Ports, func(port *networkingv1.NetworkPolicyPort) bool {
			return port.Protocol != nil && *port.Protocol == corev1.ProtocolUDP && (port.Port == nil || isDNSPort(port))
		})
		return opens && (len(rule.To) == 0 || slices.ContainsFunc(rule.To, func(peer networkingv1.NetworkPolicyPeer) bool {
			return mayBeDNS(o, &peer, len(rule.Ports) > 0, all)
		}))
	})
}

func opensPort(ports []networkingv1.NetworkPolicyPort, opens func(*networkingv1.NetworkPolicyPort) bool) bool {
	return slices.ContainsFunc(ports, func(port networkingv1.NetworkPolicyPort) bool { return opens(&port) })
}

// isDNSPort reports whether a port, of any protocol, is one of DNS.
func isDNSPort(port *networkingv1.NetworkPolicyPort) bool {
	switch {
	case port.Port == nil:
		return false
	case port.Port.Type == intstr.String:
		return strings.Contains(port.Port.StrVal, "dns")
	}
	first := port.Port.IntVal
	last := first
	if port.EndPort != nil {
		last = *port.EndPort
	}
	return first <= 53 && 53 <= last || first <= 5353 && 5353 <= last
}

// systemLabels are those that the namespaces of DNS servers have.
var systemLabels = []map[string]string{
	{corev1.LabelMetadataName: "kube-system", "name": "kube-system"},
	{corev1.LabelMetadataName: "openshift-dns", "name": "openshift-dns"},
}

// mayBeDNS reports whether a peer of a policy may be the DNS server. Where the rule names
// the port of DNS, any other namespace may have one.
func mayBeDNS(o *Object, peer *networkingv1.NetworkPolicyPeer, isNamed bool, all *Index) bool {
	switch {
	case peer.IPBlock != nil:
		return true
	case peer.NamespaceSelector == nil:
		return o.space() == "kube-system" || isNamed && len(all.Selected(o, peer.PodSelector)) > 0
	case isNamed:
		return true
	}
	return slices.ContainsFunc(systemLabels, func(labels map[string]string) bool { return Matches(peer.NamespaceSelector, labels) })
}
