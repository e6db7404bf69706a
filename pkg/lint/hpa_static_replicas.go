package lint

import "github.com/kgen-dev/kgen/pkg/report"

var hpaStaticReplicas = Rule{
	ID: "hpa-static-replicas", Severity: report.Warning,
	Doc: Doc{
		Title: "replicas are written although an autoscaler sets them",
		Why:   "each apply takes the workload back to the written number, at the peak too, until the autoscaler has seen the load again",
		Fix:   "leave spec.replicas out",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3 # <-
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 10
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 10
`,
		Notes: []string{
			"A number equal to minReplicas is reported too, for the apply undoes what was scaled out.",
			"When the field goes from a workload that kubectl apply manages, the workload falls to one replica once; kubectl apply edit-last-applied takes it out beforehand without that.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if w.Written == nil || len(all.Autoscalers(w)) == 0 {
			return
		}
		a := all.Autoscalers(w)[0]
		if *w.Written == 0 {
			r.At(replicasAt, "replicas is 0, which switches %s %s off", a.Kind, a.Name).And(a.Object, a.TargetAt())
			return
		}
		r.At(replicasAt, "replicas is %d, but %s %s sets it", *w.Written, a.Kind, a.Name).And(a.Object, a.TargetAt())
	},
}
