package lint

import (
	"slices"

	policyv1 "k8s.io/api/policy/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var pdbOverlap = Rule{
	ID: "pdb-overlap", Severity: report.Error, SkipsTests: true,
	Kinds: []string{"PodDisruptionBudget.policy"},
	Doc: Doc{
		Title: "pods under two PodDisruptionBudgets",
		Why:   "the eviction of a pod that has two budgets is answered with an error, and draining its node fails",
		Fix:   "keep one budget for the pods, or make the selectors disjoint",
		Bad: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: all}
spec:
  maxUnavailable: 1
  selector: {}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}} # <-
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
metadata: {name: api}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: api}}
---
apiVersion: policy/v1
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
		Notes: []string{overlapNote},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		if _, isBudget := o.Value.(*policyv1.PodDisruptionBudget); !isBudget {
			return
		}
		at := tree.P("spec", "selector")
		for _, w := range all.SelectedBy(o) {
			budgets := all.Budgets(w)
			// The later of the two is reported, once.
			for _, other := range budgets[:max(0, slices.Index(budgets, o))] {
				if other.Name != o.Name && all.AreTogether(o, other) {
					r.Overlap(other, at, "the pods of %s are under PodDisruptionBudget %s as well", w.Ref(), other.Name).And(other, at)
					return
				}
			}
		}
	},
}
