package lint

import (
	"slices"

	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var podWithoutNetworkPolicy = Rule{
	ID: "pod-without-networkpolicy", Severity: report.Info, SkipsTests: true, Profile: Strict,
	Params: []Param{{Name: "direction", Default: "both", Doc: "what pods have to be shut for, where any is either of the two", OneOf: []string{"ingress", "egress", "both", "any"}}},
	Doc: Doc{
		Title: "no NetworkPolicy is for the pods",
		Why:   "whoever breaks into one pod of the cluster reaches this one, and from it the internet",
		Fix:   "add a NetworkPolicy that allows what the pods need, or one for the namespace that allows nothing",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web} # <-
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: none}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{
			"Policies of Cilium, Calico, Antrea and administrators count; pods in the network of the node and hooks are not looked at.",
			"Several policies together may shut both directions.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if w.Spec.HostNetwork || w.IsHook() || w.Kind == "PodTemplate" || !all.Sees(networkPolicyKind, w.Namespace) {
			return
		}
		shuts := func(direction networkingv1.PolicyType) bool {
			return slices.ContainsFunc(all.Policies(w), func(o *Object) bool {
				p, isTyped := o.Value.(*networkingv1.NetworkPolicy)
				return isTyped && isolates(p, direction)
			})
		}
		ingress, egress := shuts(networkingv1.PolicyTypeIngress), shuts(networkingv1.PolicyTypeEgress)
		message := ""
		switch direction := r.Text("direction"); {
		case direction == "any" && (ingress || egress), direction == "ingress" && ingress, direction == "egress" && egress:
		case !ingress && !egress:
			message = "no NetworkPolicy is for the pods"
		case !ingress && direction != "egress":
			message = "no NetworkPolicy shuts the pods for ingress"
		case !egress && direction != "ingress":
			message = "no NetworkPolicy shuts the pods for egress"
		}
		if message != "" && !all.hasOtherPolicies(w.Namespace) {
			r.At(w.InMeta("labels"), "%s", message)
		}
	},
}
