package lint

import (
	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var danglingNetworkPolicyPeer = Rule{
	ID: "dangling-networkpolicy-peer", Severity: report.Info, SkipsTests: true, Profile: Off,
	Kinds: []string{networkPolicyKind},
	Doc: Doc{
		Title: "NetworkPolicy allows no pods",
		Why:   "the client that the rule was written for is shut out, because its labels differ or it is in another namespace",
		Fix:   "make podSelector the labels of the peer, with a namespaceSelector where it is in another namespace",
		Bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Ingress]
  ingress:
  - from:
    - podSelector: # <-
        matchLabels: {app: website}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Ingress]
  ingress:
  - from:
    - podSelector:
        matchLabels: {app: web}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{
			"Peers with a namespaceSelector or an ipBlock are not looked at; the rule is off because peers are often in other repositories.",
			"For pods that an operator makes, list the policy's name as external of kind Pod.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		p, isTyped := o.Value.(*networkingv1.NetworkPolicy)
		if !isTyped || all.isExternal("Pod", o.Namespace, o.Name) {
			return
		}
		for i := range p.Spec.Ingress {
			checkPeers(tree.P("spec", "ingress", i, "from"), p.Spec.Ingress[i].From, all, r)
		}
		for i := range p.Spec.Egress {
			checkPeers(tree.P("spec", "egress", i, "to"), p.Spec.Egress[i].To, all, r)
		}
	},
}

func checkPeers(at tree.Path, peers []networkingv1.NetworkPolicyPeer, all *Index, r *Reporter) {
	for i := range peers {
		s := peers[i].PodSelector
		if s == nil || peers[i].NamespaceSelector != nil || IsEmptySelector(s) {
			continue
		}
		if all.selectsNothing(r.object, s) {
			r.At(at.With(i, "podSelector"), "no pods of the namespace have the labels %s", selectorText(s))
		}
	}
}
