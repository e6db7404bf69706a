package lint

import "github.com/kgen-dev/kgen/pkg/report"

var noPrestopDrain = Rule{
	ID: "no-prestop-drain", Severity: report.Info, SkipsTests: true, Profile: Strict,
	Params: []Param{{Name: "annotation", Default: "", Doc: "annotation of the workload or its pods that says the app drains by itself"}},
	Doc: Doc{
		Title: "pods behind a Service stop without waiting for traffic to end",
		Why:   "a pod is told to end at the same time as the proxies are told to leave it, and requests that still arrive are refused",
		Fix:   "add a preStop hook that sleeps a few seconds, unless the app goes on serving after SIGTERM",
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
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web # <-
        image: ghcr.io/acme/web:1.4.2
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
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        lifecycle: {preStop: {sleep: {seconds: 5}}}
`,
		Notes: []string{"A preStop hook of any container is enough. Workloads that may run a single pod are not looked at, nor are those whose pods end by themselves."},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if leastReplicas(w, all, r) < 2 || !w.IsReplicated() || w.IsHook() || len(all.Services(w)) == 0 || len(w.Long()) == 0 {
			return
		}
		if name := r.Text("annotation"); name != "" && w.Annotations()[name]+w.Meta.Annotations[name] != "" {
			return
		}
		containers := w.Long()
		for i := range containers {
			if l := containers[i].Lifecycle; l != nil && l.PreStop != nil {
				return
			}
		}
		r.At(containers[0].Field("lifecycle", "preStop"), "no container has a preStop hook, behind Service %s", all.Services(w)[0].Name)
	},
}
