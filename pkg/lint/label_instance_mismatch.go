package lint

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const instanceLabel = "app.kubernetes.io/instance"

var labelInstanceMismatch = Rule{
	ID: "label-instance-mismatch", Severity: report.Info, Profile: Off,
	Doc: Doc{
		Title: "instance label is not the name of the workload",
		Why:   "dashboards and queries that take the one for the other show nothing, or something else",
		Fix:   "give the label app.kubernetes.io/instance the name of the object",
		Bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app.kubernetes.io/instance: shop # <-
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app.kubernetes.io/instance: web
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{"It is off unless enabled: the label names an installation of an app, which often has several workloads."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		at := tree.P("metadata", "labels", instanceLabel)
		switch instance, isSet := w.Labels()[instanceLabel]; {
		case w.Name == "":
		case !isSet:
			r.At(at, "no label %s", instanceLabel)
		case instance != w.Name:
			r.At(at, "%s is %s, and the name %s", instanceLabel, instance, w.Name)
		}
	},
}
