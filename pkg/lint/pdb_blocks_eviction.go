package lint

import (
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var pdbBlocksEviction = Rule{
	ID: "pdb-blocks-eviction", Severity: report.Error, SkipsTests: true,
	Kinds:  []string{"PodDisruptionBudget.policy"},
	Params: []Param{unsetReplicas},
	Doc: Doc{
		Title: "PodDisruptionBudget that never lets a pod go",
		Why:   "draining a node waits for ever: cluster upgrades and scaling down hang until someone deletes the budget or the pods by hand",
		Fix:   "use maxUnavailable: 1, or a minAvailable below the number of replicas",
		Bad: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  minAvailable: 2 # <-
  selector: {matchLabels: {app: web}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
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
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{
			"Of a workload with an autoscaler minReplicas counts; of several workloads under one budget the sum.",
			"A percentage of minAvailable is rounded up: 50 % of one replica is that replica.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		budget, isBudget := o.Value.(*policyv1.PodDisruptionBudget)
		if !isBudget {
			return
		}
		if most := budget.Spec.MaxUnavailable; most != nil {
			if isZero(most) {
				r.At(tree.P("spec", "maxUnavailable"), "maxUnavailable is %s: no pod may be evicted", most.String())
			}
			return
		}
		at, least := tree.P("spec", "minAvailable"), budget.Spec.MinAvailable
		if least == nil {
			return
		}
		if percent, ok := scaled(least, 100, true); ok && least.Type == intstr.String && percent >= 100 {
			r.At(at, "minAvailable is %s: no pod may be evicted", least.String())
			return
		}
		pods, isKnown := podsUnder(o, budget, all, r)
		if needed, ok := scaled(least, pods, true); ok && isKnown && needed >= pods {
			r.At(at, "minAvailable is %s, and there may be only %d: no pod may be evicted", least.String(), pods)
		}
	},
}

// podsUnder is the least number of pods under a budget. It is not known where there
// is none, or they are as many as there are nodes.
func podsUnder(o *Object, budget *policyv1.PodDisruptionBudget, all *Index, r *Reporter) (pods int, isKnown bool) {
	for _, w := range all.SelectedBy(o) {
		switch {
		case w.EndsByItself() || w.isOwned():
		case w.Kind == "Pod":
			pods++
		case !w.IsReplicated():
			return 0, false
		case w.Written != nil && *w.Written == 0 && len(all.Autoscalers(w)) == 0: // switched off
		default:
			pods += max(1, leastReplicas(w, all, r))
		}
	}
	return pods, pods > 0
}
