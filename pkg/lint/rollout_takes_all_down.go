package lint

import (
	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var rolloutTakesAllDown = Rule{
	ID: "rollout-takes-all-down", Severity: report.Warning, SkipsTests: true,
	Kinds:  []string{"Deployment.apps", "StatefulSet.apps", "DaemonSet.apps"},
	Params: []Param{unsetReplicas},
	Doc: Doc{
		Title: "a rollout may take all pods down at once",
		Why:   "while the new pods start, nothing answers behind the Service: each deploy is an outage",
		Fix:   "set maxUnavailable: 0 with maxSurge: 1, or fewer than there are replicas",
		Bad: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  strategy:
    rollingUpdate:
      maxUnavailable: 2 # <-
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Good: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
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
			"A percentage is rounded down for Deployments, and up for StatefulSets and DaemonSets; of DaemonSets only 100 % is reported.",
			"A Deployment with a volume that one node at a time can attach has to take its pod down, and is not looked at; nor is a StatefulSet of one replica.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if len(all.Services(w)) == 0 || w.IsHook() {
			return
		}
		least := leastReplicas(w, all, r)
		takesAll, field := false, "updateStrategy"
		switch v := w.Value.(type) {
		case *appsv1.Deployment:
			_, unavailable, ok := rolloutBounds(v, least)
			takesAll = ok && least > 0 && unavailable >= least && !all.attachesOnce(w)
			field = "strategy"
		case *appsv1.StatefulSet:
			if update := v.Spec.UpdateStrategy.RollingUpdate; update != nil && update.MaxUnavailable != nil {
				unavailable, ok := scaled(update.MaxUnavailable, least, true)
				takesAll = ok && least > 1 && unavailable >= least
			}
		case *appsv1.DaemonSet:
			if update := v.Spec.UpdateStrategy.RollingUpdate; update != nil && update.MaxUnavailable != nil && update.MaxUnavailable.Type == intstr.String {
				percent, ok := scaled(update.MaxUnavailable, 100, true)
				takesAll = ok && percent >= 100
			}
		}
		if takesAll {
			r.At(tree.P("spec", field, "rollingUpdate", "maxUnavailable"), "a rollout takes down every pod behind Service %s at once", all.Services(w)[0].Name)
		}
	},
}
