package lint

import (
	appsv1 "k8s.io/api/apps/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var minReplicas = Rule{
	ID: "min-replicas", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{"Deployment.apps", "StatefulSet.apps", "Rollout.argoproj.io", "DeploymentConfig.apps.openshift.io"},
	Params: []Param{
		{Name: "min", Default: 2, Least: 1, Doc: "the least number of replicas that is not reported"},
		{Name: "stateful-sets", Default: false, Doc: "whether StatefulSets are looked at too"},
		unsetReplicas,
	},
	Doc: Doc{
		Title: "too few replicas behind a Service",
		Why:   "the Service answers nothing while the only pod is moved off its node, restarts, or is killed for its memory",
		Fix:   "run at least two replicas, or scale with an autoscaler whose minReplicas is at least 2",
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
  replicas: 1 # <-
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
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{
			"Of a workload with an autoscaler, hpa-min-replicas looks at the autoscaler instead.",
			"Workloads with replicas: 0 are switched off on purpose, and those with a volume that one node at a time can attach cannot have a second replica.",
			"Of a Deployment with the strategy Recreate, recreate-strategy tells of the outage.",
			"What must run only once, such as an app without leader election, is to be ignored with that as its reason.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		isLookedAt := !w.IsHook() && (w.Kind != "StatefulSet" || r.Bool("stateful-sets"))
		if d, isDeployment := w.Value.(*appsv1.Deployment); isDeployment && d.Spec.Strategy.Type == appsv1.RecreateDeploymentStrategyType {
			isLookedAt = false
		}
		if !isLookedAt || len(all.Services(w)) == 0 || len(all.Autoscalers(w)) > 0 || all.attachesOnce(w) || all.isBeside(w) {
			return
		}
		service := all.Services(w)[0].Name
		switch least := leastReplicas(w, all, r); {
		case least <= 0 || least >= r.Int("min"):
		case w.Written != nil:
			r.At(replicasAt, "replicas is %d, behind Service %s", least, service)
		case all.Sees("HorizontalPodAutoscaler.autoscaling", w.Namespace):
			r.At(replicasAt, "replicas is not set, which is 1, behind Service %s", service)
		}
	},
}
