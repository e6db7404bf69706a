package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
)

var priorityClass = Rule{
	ID: "priority-class", Severity: report.Info, SkipsTests: true, Profile: Off,
	Params: []Param{
		{Name: "required", Default: true, Doc: "whether pods must name a PriorityClass"},
		{Name: "allowed", Default: []string{}, Doc: "the classes that pods may name; any where it is empty"},
	},
	Doc: Doc{
		Title: "pods without a fitting PriorityClass",
		Why:   "when the cluster is full, batch jobs displace what users wait for, or nothing does; and pods of a class that is not there are never made",
		Fix:   "name a PriorityClass of the cluster in priorityClassName",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: # <-
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      priorityClassName: business
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{"A class that does not exist is an error, and looked for among what services are rendered to only, for classes belong to the cluster."},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		name, at := w.Spec.PriorityClassName, w.In("priorityClassName")
		allowed := r.Texts("allowed")
		switch {
		case name == "":
			if r.Bool("required") {
				r.At(at, "priorityClassName is not set")
			}
		case len(allowed) > 0 && !slices.Contains(allowed, name):
			r.At(at, "PriorityClass %s is not among those allowed", name)
		case name == "system-cluster-critical" || name == "system-node-critical": // of every cluster
		case all.World == Closed && all.Lacks(w.Object, "PriorityClass.scheduling.k8s.io", "", name):
			r.At(at, "there is no PriorityClass %s", name).As(report.Error)
		}
	},
}
