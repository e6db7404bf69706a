package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var selectorAt = tree.P("spec", "selector")

var selectorMismatch = Rule{
	ID: "selector-mismatch", Severity: report.Error, SkipsTests: true,
	Refused: true,
	Kinds:   []string{"Deployment.apps", "StatefulSet.apps", "DaemonSet.apps", "ReplicaSet.apps", "ReplicationController", "Rollout.argoproj.io"},
	Doc: Doc{
		Title: "workload does not select its own pods",
		Why:   "the API server refuses a workload that would not find the pods it makes",
		Fix:   "make the labels of the pod template include those of the selector",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web-server} # <-
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{"Jobs and CronJobs get their selector from the API server; a ReplicationController has that of its template where none is written."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		switch {
		case w.Selector != nil && !w.isUnread(selectorAt):
			if !Matches(w.Selector, w.Meta.Labels) {
				r.At(w.InMeta("labels"), "the selector does not match the labels of the pods")
			}
		case w.Kind != "ReplicationController" && w.Kind != "Rollout":
			r.At(selectorAt, "there is no selector")
		}
	},
}
