package templates

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/schema"
)

const dnsPort = 53

// NetworkPolicy restricts the directions that s names, both where it names none;
// nil when s does not ask for it.
func NetworkPolicy(s *schema.Service) *networkingv1.NetworkPolicy {
	p := s.Policy()
	if p == nil {
		return nil
	}
	return &networkingv1.NetworkPolicy{
		TypeMeta:   metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "NetworkPolicy"},
		ObjectMeta: metadata(s, s.NetworkPolicyName()),
		Spec: networkingv1.NetworkPolicySpec{
			PodSelector: metav1.LabelSelector{MatchLabels: selector(s)},
			Ingress:     ingressPolicy(s),
			Egress:      egressPolicy(s),
			PolicyTypes: policyTypes(p),
		},
	}
}

func policyTypes(p *schema.NetworkPolicy) []networkingv1.PolicyType {
	ingress, egress := p.From != nil || p.Ingress != nil, p.To != nil || p.Egress != nil
	var types []networkingv1.PolicyType
	if ingress || !egress {
		types = append(types, networkingv1.PolicyTypeIngress)
	}
	if egress || !ingress {
		types = append(types, networkingv1.PolicyTypeEgress)
	}
	return types
}

// ingressPolicy admits the peers of from to the ports of s, and Prometheus to that of
// the metrics.
func ingressPolicy(s *schema.Service) []networkingv1.NetworkPolicyIngressRule {
	var rules []networkingv1.NetworkPolicyIngressRule
	p := s.Policy()
	if from := p.From; from != nil && len(*from) > 0 {
		rule := networkingv1.NetworkPolicyIngressRule{Ports: policyPorts(s)}
		for _, name := range *from {
			rule.From = append(rule.From, peers(s, name)...)
		}
		rules = append(rules, rule)
	}
	if p.Ingress != nil {
		rules = append(rules, *p.Ingress...)
	}
	if names := s.MetricsPeers(); len(names) > 0 {
		rule := networkingv1.NetworkPolicyIngressRule{Ports: []networkingv1.NetworkPolicyPort{metricsPolicyPort(s)}}
		for _, name := range names {
			rule.From = append(rule.From, peers(s, name)...)
		}
		rules = append(rules, rule)
	}
	return rules
}

// egressPolicy allows each peer of to, a service on its ports, and DNS.
func egressPolicy(s *schema.Service) []networkingv1.NetworkPolicyEgressRule {
	var rules []networkingv1.NetworkPolicyEgressRule
	p := s.Policy()
	if p.To != nil {
		for _, name := range *p.To {
			if name == "dns" {
				continue
			}
			rule := networkingv1.NetworkPolicyEgressRule{To: peers(s, name)}
			if other := policyService(s, name); other != nil {
				rule.Ports = policyPorts(other)
			}
			rules = append(rules, rule)
		}
		rules = append(rules, networkingv1.NetworkPolicyEgressRule{Ports: dnsPorts()})
	}
	if p.Egress != nil {
		rules = append(rules, *p.Egress...)
	}
	return rules
}

// peers are one, or where it is a service with a canary that one's pods too.
func peers(s *schema.Service, name string) []networkingv1.NetworkPolicyPeer {
	all := []networkingv1.NetworkPolicyPeer{peer(s, name)}
	other := policyService(s, name)
	if other == nil {
		return all
	}
	if canary := other.Canary(); canary != nil {
		beside := all[0]
		beside.PodSelector = &metav1.LabelSelector{MatchLabels: selector(canary)}
		all = append(all, beside)
	}
	return all
}

// peer is "namespace:NAME", "cidr:RANGE", or else a service.
func peer(s *schema.Service, name string) networkingv1.NetworkPolicyPeer {
	if namespace, ok := strings.CutPrefix(name, "namespace:"); ok {
		return networkingv1.NetworkPolicyPeer{NamespaceSelector: inNamespace(namespace)}
	}
	if cidr, ok := strings.CutPrefix(name, "cidr:"); ok {
		return networkingv1.NetworkPolicyPeer{IPBlock: &networkingv1.IPBlock{CIDR: cidr}}
	}
	other := policyService(s, name)
	if other == nil {
		other = &schema.Service{Name: name, World: s.World}
	}
	pods := networkingv1.NetworkPolicyPeer{PodSelector: &metav1.LabelSelector{MatchLabels: selector(other)}}
	if namespace := other.NamespaceName(); namespace != s.NamespaceName() {
		pods.NamespaceSelector = inNamespace(namespace)
	}
	return pods
}

func inNamespace(name string) *metav1.LabelSelector {
	return &metav1.LabelSelector{MatchLabels: map[string]string{corev1.LabelMetadataName: name}}
}

func policyService(s *schema.Service, name string) *schema.Service {
	if name == s.Name && s.Variant == nil {
		return s
	}
	return s.Neighbour(name)
}

// policyPorts are the container's ports by number: a policy is about pods, and
// not every network resolves names.
func policyPorts(s *schema.Service) []networkingv1.NetworkPolicyPort {
	var ports []networkingv1.NetworkPolicyPort
	for _, p := range s.PodPorts() {
		ports = append(ports, policyPort(p.Value.ContainerPort, protocol(p.Value.Protocol)))
	}
	return ports
}

func metricsPolicyPort(s *schema.Service) networkingv1.NetworkPolicyPort {
	if port := s.MetricsPort(); port != nil {
		return policyPort(port.Value.ContainerPort, "")
	}
	return policyPort(s.Metrics.Port.Number, "")
}

// dnsPorts go to anywhere: where the DNS server runs differs between clusters.
func dnsPorts() []networkingv1.NetworkPolicyPort {
	return []networkingv1.NetworkPolicyPort{policyPort(dnsPort, corev1.ProtocolUDP), policyPort(dnsPort, "")}
}

func policyPort(number int32, protocol corev1.Protocol) networkingv1.NetworkPolicyPort {
	port := intstr.FromInt32(number)
	return networkingv1.NetworkPolicyPort{Protocol: optional[corev1.Protocol](string(protocol)), Port: &port}
}
