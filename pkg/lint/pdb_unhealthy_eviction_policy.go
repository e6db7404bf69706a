package lint

import (
	policyv1 "k8s.io/api/policy/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var pdbUnhealthyEvictionPolicy = Rule{
	ID: "pdb-unhealthy-eviction-policy", Severity: report.Info, SkipsTests: true,
	Kinds: []string{"PodDisruptionBudget.policy"},
	Doc: Doc{
		Title: "PodDisruptionBudget protects pods that do not work",
		Why:   "pods that crash or never get ready cannot be evicted either, and draining their node hangs",
		Fix:   "set unhealthyPodEvictionPolicy: AlwaysAllow",
		Bad: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: # <-
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
`,
		Good: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
  unhealthyPodEvictionPolicy: AlwaysAllow
`,
		Notes: []string{"IfHealthyBudget that is written was chosen, and is fine. The field is there from Kubernetes 1.27 on."},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		budget, isBudget := o.Value.(*policyv1.PodDisruptionBudget)
		if isBudget && budget.Spec.UnhealthyPodEvictionPolicy == nil && all.Minor >= 27 {
			r.At(tree.P("spec", "unhealthyPodEvictionPolicy"), "unhealthyPodEvictionPolicy is not set, which is IfHealthyBudget")
		}
	},
}
