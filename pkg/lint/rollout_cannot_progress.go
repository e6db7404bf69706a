package lint

import (
	appsv1 "k8s.io/api/apps/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var rolloutCannotProgress = Rule{
	ID: "rollout-cannot-progress", Severity: report.Error, SkipsTests: true, // Info where a spare node helps
	Refused: true,
	Kinds:   []string{"Deployment.apps", "DaemonSet.apps"},
	Doc: Doc{
		Title: "a rollout may neither add a pod nor take one away",
		Why:   "the API server refuses it; and where pods must not share a node and none may be taken away, the rollout hangs until there is a spare node",
		Fix:   "allow maxSurge or maxUnavailable to be at least 1",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  strategy:
    rollingUpdate:
      maxSurge: 0
      maxUnavailable: 0 # <-
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  strategy:
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{
			"Percentages that are rounded down to 0 are fine: the Deployment controller then takes one pod away.",
			"Required anti-affinity on the hostname without a pod that may be taken away is an info: it needs one more node than replicas.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		switch v := w.Value.(type) {
		case *appsv1.Deployment:
			update := v.Spec.Strategy.RollingUpdate
			if update != nil && isZero(update.MaxSurge) && isZero(update.MaxUnavailable) {
				r.At(tree.P("spec", "strategy", "rollingUpdate", "maxUnavailable"), "maxUnavailable and maxSurge are both 0")
				return
			}
			checkSpareNode(v, w, all, r)
		case *appsv1.DaemonSet:
			update := v.Spec.UpdateStrategy.RollingUpdate
			if update != nil && isZero(update.MaxUnavailable) && (update.MaxSurge == nil || isZero(update.MaxSurge)) {
				r.At(tree.P("spec", "updateStrategy", "rollingUpdate", "maxUnavailable"), "maxUnavailable and maxSurge are both 0")
			}
		}
	},
}

// checkSpareNode reports anti-affinity that makes each new pod wait for a node of its
// own.
func checkSpareNode(d *appsv1.Deployment, w *Workload, all *Index, r *Reporter) {
	least, _ := all.Replicas(w)
	if _, unavailable, ok := rolloutBounds(d, least); !ok || unavailable > 0 || least < 2 {
		return
	}
	for _, t := range spreadTerms(w) {
		if t.isRequired && t.key == "kubernetes.io/hostname" && t.matches(w) {
			r.At(t.at, "no two pods share a node, and none may be taken away: with %d replicas a rollout needs %d nodes", least, least+1).As(report.Info)
			return
		}
	}
}
