package lint

import (
	policyv1 "k8s.io/api/policy/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var danglingPDB = Rule{
	ID: "dangling-pdb", Severity: report.Warning, SkipsTests: true, // Error in a closed world
	Kinds: []string{"PodDisruptionBudget.policy"},
	Doc: Doc{
		Title: "PodDisruptionBudget selects no pods",
		Why:   "the protection that everyone counts on does not exist, as is found out when nodes are drained",
		Fix:   "select the labels of the pod template",
		Bad: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web-server}} # <-
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Good: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{
			danglingNote,
			"Without a selector a budget selects nothing, and with an empty one all pods of its namespace.",
			"For pods that an operator makes, list the budget's name as external of kind Pod.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		budget, isBudget := o.Value.(*policyv1.PodDisruptionBudget)
		if !isBudget {
			return
		}
		at := tree.P("spec", "selector")
		switch {
		case budget.Spec.Selector == nil:
			r.Dangling(at, "there is no selector, which selects no pods")
		case len(all.SelectedBy(o)) > 0 || !all.selectsNothing(o, budget.Spec.Selector) || all.isExternal("Pod", o.Namespace, o.Name):
		case IsEmptySelector(budget.Spec.Selector):
			r.Dangling(at, "namespace %s has no pods", o.space())
		default:
			r.Dangling(at, "no pods of namespace %s match %q", o.space(), selectorText(budget.Spec.Selector))
		}
	},
}
