package manifests

import (
	"reflect"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const dnsPort = 53

// fillPolicy is the inverse of templates.NetworkPolicy: of one that is about the pods of
// the service alone. Where kgen's short form says the same, that is taken.
func (c *converter) fillPolicy(g *Group, o *Object, s *schema.Service) bool {
	policy, isPolicy := o.Value.(*networkingv1.NetworkPolicy)
	if !isPolicy || s.NetworkPolicy != nil || !isSelector(&policy.Spec.PodSelector, s.SelectorLabels().Plain()) {
		return false
	}
	spec := &policy.Spec
	ingress, egress := directions(spec)
	p := &schema.NetworkPolicy{ObjectName: otherName(o, g.Name)}
	switch {
	case !ingress && !egress:
		return false
	case ingress && egress && len(spec.Ingress)+len(spec.Egress) == 0:
		s.NetworkPolicy = p // nobody may do anything
		return true
	}
	if ingress {
		if p.From = c.from(s, spec.Ingress); p.From == nil {
			p.Ingress = &spec.Ingress
		}
	}
	if egress {
		if p.To = c.to(spec.Egress); p.To == nil {
			rules := append([]networkingv1.NetworkPolicyEgressRule{}, spec.Egress...) // none, and not nil, is to nobody
			p.Egress = &rules
		}
	}
	s.NetworkPolicy = p
	return true
}

// directions are those that a policy is about: without a word it is about ingress, and
// about egress where it has rules for it.
func directions(spec *networkingv1.NetworkPolicySpec) (ingress, egress bool) {
	if len(spec.PolicyTypes) == 0 {
		return true, len(spec.Egress) > 0
	}
	return slices.Contains(spec.PolicyTypes, networkingv1.PolicyTypeIngress), slices.Contains(spec.PolicyTypes, networkingv1.PolicyTypeEgress)
}

func isSelector(selector *metav1.LabelSelector, labels map[string]string) bool {
	return selector != nil && len(selector.MatchExpressions) == 0 && reflect.DeepEqual(selector.MatchLabels, labels)
}

// from are the peers of ingress rules that admit each to the ports of the service; nil
// for rules that say something else.
func (c *converter) from(s *schema.Service, rules []networkingv1.NetworkPolicyIngressRule) *[]string {
	names := []string{}
	if len(rules) == 0 {
		return &names
	}
	var ports []policyPort
	for _, p := range s.PodPorts() {
		ports = append(ports, policyPort{p.Value.ContainerPort, orText(p.Value.Protocol, "TCP")})
	}
	if len(rules) != 1 || len(rules[0].From) == 0 || !arePorts(rules[0].Ports, ports) {
		return nil
	}
	for i := range rules[0].From {
		name, group := c.peer(&rules[0].From[i])
		if name == "" || group == nil && !isForeign(name) {
			return nil
		}
		names = append(names, name)
	}
	return &names
}

// to are the peers of egress rules that lead to each on its ports, and to DNS at last;
// nil for rules that say something else.
func (c *converter) to(rules []networkingv1.NetworkPolicyEgressRule) *[]string {
	names := []string{}
	if len(rules) == 0 {
		return nil
	}
	last := &rules[len(rules)-1]
	if len(last.To) > 0 || !arePorts(last.Ports, []policyPort{{dnsPort, "UDP"}, {dnsPort, "TCP"}}) {
		return nil
	}
	for i := range rules[:len(rules)-1] {
		rule := &rules[i]
		if len(rule.To) != 1 {
			return nil
		}
		name, group := c.peer(&rule.To[0])
		var ports []policyPort
		if group != nil {
			for _, p := range group.podPorts() {
				ports = append(ports, policyPort{p.number, p.protocol})
			}
		}
		if name == "" || !arePorts(rule.Ports, ports) {
			return nil
		}
		names = append(names, name)
	}
	return &names
}

func isForeign(peer string) bool { return strings.Contains(peer, ":") }

// policyPort is a port that a policy opens.
type policyPort struct {
	number   int32
	protocol string
}

// arePorts reports whether a rule is about exactly these ports.
func arePorts(rule []networkingv1.NetworkPolicyPort, ports []policyPort) bool {
	if len(rule) != len(ports) {
		return false
	}
	for i := range rule {
		protocol := corev1.ProtocolTCP
		if rule[i].Protocol != nil {
			protocol = *rule[i].Protocol
		}
		if rule[i].Port == nil || rule[i].EndPort != nil || *rule[i].Port != intstr.FromInt32(ports[i].number) || string(protocol) != ports[i].protocol {
			return false
		}
	}
	return true
}

// peer is a peer in kgen's words, and its group where it is a service of the project;
// empty where kgen has no word for it.
func (c *converter) peer(p *networkingv1.NetworkPolicyPeer) (name string, group *Group) {
	switch {
	case p.IPBlock != nil && len(p.IPBlock.Except) == 0 && p.PodSelector == nil && p.NamespaceSelector == nil:
		return "cidr:" + p.IPBlock.CIDR, nil
	case p.IPBlock == nil && p.PodSelector == nil && p.NamespaceSelector != nil:
		namespace := p.NamespaceSelector.MatchLabels[corev1.LabelMetadataName]
		if namespace != "" && isSelector(p.NamespaceSelector, map[string]string{corev1.LabelMetadataName: namespace}) {
			return "namespace:" + namespace, nil
		}
	case p.IPBlock == nil && p.PodSelector != nil && p.NamespaceSelector == nil:
		for _, g := range c.groups {
			labels := stringsOf(g.Workload.Node.At(tree.P("spec", "selector", "matchLabels"))).Plain()
			if len(labels) > 0 && isSelector(p.PodSelector, labels) {
				return g.Name, g
			}
		}
	}
	return "", nil
}
