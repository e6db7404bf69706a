package lint

import (
	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var danglingNetworkPolicy = Rule{
	ID: "dangling-networkpolicy", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{networkPolicyKind},
	Doc: Doc{
		Title: "NetworkPolicy is for no pods",
		Why:   "the pods that it was written for are as open as before",
		Fix:   "make podSelector the labels of the pods, or {} for all of the namespace",
		Bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: # <-
    matchLabels: {app: database}
  policyTypes: [Ingress]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
      - name: db
        image: ghcr.io/acme/db:16.2
`,
		Good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector:
    matchLabels: {app: db}
  policyTypes: [Ingress]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
      - name: db
        image: ghcr.io/acme/db:16.2
`,
		Notes: []string{
			"An empty podSelector is for all pods of the namespace, also of those that are made later.",
			"For pods that an operator makes, list the policy's name as external of kind Pod.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		p, isTyped := o.Value.(*networkingv1.NetworkPolicy)
		if !isTyped || IsEmptySelector(&p.Spec.PodSelector) || all.isExternal("Pod", o.Namespace, o.Name) {
			return
		}
		if len(all.SelectedBy(o)) == 0 && all.selectsNothing(o, &p.Spec.PodSelector) {
			r.At(tree.P("spec", "podSelector"), "no pods have the labels %s", selectorText(&p.Spec.PodSelector))
		}
	},
}
