package lint

import (
	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var networkPolicyRulesIgnored = Rule{
	ID: "networkpolicy-rules-ignored", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{networkPolicyKind},
	Doc: Doc{
		Title: "rules of a NetworkPolicy do nothing",
		Why:   "policyTypes does not name the direction of the rules, so the pods stay open in it although the policy reads as if they were not",
		Fix:   "add the direction to policyTypes, or delete the rules",
		Bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress:
  - ports: [{port: 8080}]
  egress: # <-
  - to: [{podSelector: {matchLabels: {app: db}}}]
`,
		Good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress, Egress]
  ingress:
  - ports: [{port: 8080}]
  egress:
  - to: [{podSelector: {matchLabels: {app: db}}}]
`,
		Notes: []string{
			"Without policyTypes a policy is for ingress, and for egress where it has rules for that: an empty list of egress rules then does nothing.",
		},
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		p, isTyped := o.Value.(*networkingv1.NetworkPolicy)
		if !isTyped || o.isUnread(tree.P("spec", "policyTypes")) {
			return
		}
		if p.Spec.Egress != nil && !isolates(p, networkingv1.PolicyTypeEgress) {
			r.At(tree.P("spec", "egress"), "egress is given, but policyTypes lacks Egress")
		}
		if len(p.Spec.Ingress) > 0 && !isolates(p, networkingv1.PolicyTypeIngress) {
			r.At(tree.P("spec", "ingress"), "ingress is given, but policyTypes lacks Ingress")
		}
	},
}
