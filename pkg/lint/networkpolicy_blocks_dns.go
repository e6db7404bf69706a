package lint

import (
	"slices"

	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var networkPolicyBlocksDNS = Rule{
	ID: "networkpolicy-blocks-dns", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{networkPolicyKind},
	Doc: Doc{
		Title: "NetworkPolicy shuts pods off from DNS",
		Why:   "every name that the pods look up times out, also those of the peers that the policy allows",
		Fix:   "allow egress to port 53 for UDP and TCP",
		Bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress: # <-
  - to: [{podSelector: {matchLabels: {app: db}}}]
    ports: [{port: 5432}]
`,
		Good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
  - to: [{podSelector: {matchLabels: {app: db}}}]
    ports: [{port: 5432}]
  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
    ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
`,
		Notes: []string{
			"Policies add up: one that allows DNS for the same pods is enough, and so is one of Cilium, Calico or Antrea in the namespace.",
			"A policy without any egress rule is taken for a shut door on purpose.",
			"UDP has to be allowed; port 5353 and ports named after dns count, and a port without protocol is for TCP alone.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		p, isTyped := o.Value.(*networkingv1.NetworkPolicy)
		if !isTyped || len(p.Spec.Egress) == 0 || !isolates(p, networkingv1.PolicyTypeEgress) || o.isUnread(tree.P("spec", "egress")) {
			return
		}
		if allowsDNS(o, p, all) || all.hasOtherPolicies(o.Namespace) || !all.shutsPods(o, p) {
			return
		}
		f := r.At(tree.P("spec", "egress"), "no rule allows DNS, port 53 for UDP")
		if slices.ContainsFunc(p.Spec.Egress, func(rule networkingv1.NetworkPolicyEgressRule) bool { return opensPort(rule.Ports, isDNSPort) }) {
			f.With("add protocol: UDP to a port 53: without protocol it is for TCP alone")
		}
	},
}

// shutsPods reports whether a policy has pods for which no other policy allows DNS. A
// policy whose pods are not among the objects has where none is for the whole namespace.
func (x *Index) shutsPods(o *Object, p *networkingv1.NetworkPolicy) bool {
	selected := x.SelectedBy(o)
	for _, w := range selected {
		if !w.Spec.HostNetwork && !slices.ContainsFunc(x.Policies(w), func(other *Object) bool { return x.letsOut(other, o) }) {
			return true
		}
	}
	if len(selected) > 0 {
		return false
	}
	return !slices.ContainsFunc(x.general[o.space()], func(other *Object) bool { return x.letsOut(other, o) })
}

// letsOut reports whether another policy beside o allows DNS.
func (x *Index) letsOut(other, o *Object) bool {
	p, isTyped := other.Value.(*networkingv1.NetworkPolicy)
	return isTyped && other != o && x.AreTogether(other, o) && isolates(p, networkingv1.PolicyTypeEgress) && allowsDNS(other, p, x)
}
