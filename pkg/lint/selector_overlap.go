package lint

import "github.com/kgen-dev/kgen/pkg/report"

var selectorOverlap = Rule{
	ID: "selector-overlap", Severity: report.Error, SkipsTests: true,
	Kinds: []string{"Deployment.apps", "StatefulSet.apps", "DaemonSet.apps", "ReplicaSet.apps", "ReplicationController", "Rollout.argoproj.io"},
	Doc: Doc{
		Title: "workload selects the pods of another",
		Why:   "autoscalers, disruption budgets and kubectl logs count the pods of both as one, and without an owner a pod is taken over by the wrong one",
		Fix:   "give each workload a label of its own in selector and pod template",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: shop}} # <-
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers: [{name: worker, image: ghcr.io/acme/worker:1.4.2}]
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: shop, part: web}}
  template:
    metadata: {labels: {app: shop, part: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  selector: {matchLabels: {app: shop, part: worker}}
  template:
    metadata: {labels: {app: shop, part: worker}}
    spec:
      containers: [{name: worker, image: ghcr.io/acme/worker:1.4.2}]
`,
		Notes: []string{overlapNote, "Of two workloads that select each other's pods, the later is reported. What a controller made, such as the ReplicaSets of a Deployment, is not looked at."},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if w.Selector == nil || IsEmptySelector(w.Selector) || w.isOwned() {
			return
		}
		isLater := false
		for _, other := range all.Selected(w.Object, w.Selector) {
			if other == w {
				isLater = true
				continue
			}
			if !other.keepsPods() || other.isOwned() || other.Ref() == w.Ref() {
				continue
			}
			if isLater && Matches(other.Selector, w.Meta.Labels) {
				continue // reported there
			}
			r.Overlap(other.Object, selectorAt, "selects the pods of %s as well", other.Ref()).And(other.Object, selectorAt)
			return
		}
	},
}

// keepsPods reports whether pods are kept up, so many or one a node.
func (w *Workload) keepsPods() bool { return w.IsReplicated() || w.GroupKind() == "DaemonSet.apps" }
