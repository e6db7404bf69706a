package lint

import "github.com/kgen-dev/kgen/pkg/report"

var noReadinessProbe = Rule{
	ID: "no-readiness-probe", Severity: report.Warning,
	Params: []Param{{Name: "each-container", Default: false, Doc: "whether each container needs a probe of its own, not one of the pod"}},
	Doc: Doc{
		Title: "pods behind a Service have no readiness probe",
		Why:   "a pod gets requests as soon as its process runs, before it can answer them: every rollout and every restart drops some",
		Fix:   "add a readinessProbe to the container that answers the requests",
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
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web # <-
        image: ghcr.io/acme/web:1.4.2
        ports: [{containerPort: 8080}]
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
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        ports: [{containerPort: 8080}]
        readinessProbe:
          httpGet: {path: /ready, port: 8080}
`,
		Notes: []string{
			"A service of kgen must have one, or decline it with probes: readiness: false, which is respected but in profile strict.",
			"One container of the pod with a readiness probe is enough, because the pod is ready when all its containers are.",
			"Pods of Jobs and CronJobs, hooks, and pods that no Service selects are not looked at; in profile strict every other workload is, and the finding is an error.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if w.EndsByItself() || w.IsHook() || w.isOwned() || len(all.Services(w)) == 0 && !r.Strict() {
			return
		}
		if w.Object.IsMade && !r.Strict() && !r.Bool("each-container") {
			return // the schema demands a probe, or that it is declined
		}
		containers := w.Long()
		for i := range containers {
			switch c := &containers[i]; {
			case c.ReadinessProbe != nil && !r.Bool("each-container"):
				return
			case c.ReadinessProbe == nil && r.Bool("each-container"):
				strictly(r, r.At(c.Field("readinessProbe"), "container %s has no readinessProbe", c.Name))
			}
		}
		if len(containers) > 0 && !r.Bool("each-container") {
			strictly(r, r.At(containers[0].Field("readinessProbe"), "no container has a readinessProbe"))
		}
	},
}

// strictly makes a finding an error in profile strict.
func strictly(r *Reporter, f *Finding) {
	if r.Strict() {
		f.As(report.Error)
	}
}
