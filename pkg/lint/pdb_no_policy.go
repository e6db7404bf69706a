package lint

import (
	policyv1 "k8s.io/api/policy/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var pdbNoPolicy = Rule{
	ID: "pdb-no-policy", Severity: report.Error, SkipsTests: true,
	Refused: true, // where both are set; not where neither is
	Kinds:   []string{"PodDisruptionBudget.policy"},
	Doc: Doc{
		Title: "PodDisruptionBudget without a bound, or with two",
		Why:   "a budget that sets neither minAvailable nor maxUnavailable allows no eviction at all, so that draining a node hangs; one that sets both is refused",
		Fix:   "set maxUnavailable: 1",
		Bad: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: # <-
  selector: {matchLabels: {app: web}}
`,
		Good: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
`,
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		budget, isBudget := o.Value.(*policyv1.PodDisruptionBudget)
		if !isBudget || o.isUnread(tree.P("spec", "maxUnavailable")) {
			return
		}
		switch least, most := budget.Spec.MinAvailable, budget.Spec.MaxUnavailable; {
		case least == nil && most == nil:
			r.At(tree.P("spec", "minAvailable"), "neither minAvailable nor maxUnavailable is set")
		case least != nil && most != nil:
			r.At(tree.P("spec"), "minAvailable and maxUnavailable are both set")
		}
	},
}
