package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var pdbMissing = Rule{
	ID: "pdb-missing", Severity: report.Warning, SkipsTests: true,
	Kinds:  []string{"Deployment.apps", "StatefulSet.apps", "Rollout.argoproj.io", "DeploymentConfig.apps.openshift.io"},
	Params: []Param{unsetReplicas},
	Doc: Doc{
		Title: "replicas without a PodDisruptionBudget",
		Why:   "when nodes are drained, as in every cluster upgrade, all replicas may be evicted at the same time",
		Fix:   "add a PodDisruptionBudget with maxUnavailable: 1 over the pods",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web} # <-
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
		Notes: []string{"Workloads that may run a single pod are not looked at, for no budget can keep it up."},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		const kind = "PodDisruptionBudget.policy"
		least := leastReplicas(w, all, r)
		isKnown := all.Sees(kind, w.Namespace) && !w.isUnread(w.InMeta("labels"))
		if least < 2 || w.IsHook() || len(all.Budgets(w)) > 0 || !isKnown || all.isExternal(kind, w.Namespace, w.Name) {
			return
		}
		if least == many {
			r.At(tree.P("metadata", "name"), "no PodDisruptionBudget is over the pods")
			return
		}
		r.At(tree.P("metadata", "name"), "no PodDisruptionBudget is over the %d pods", least)
	},
}
