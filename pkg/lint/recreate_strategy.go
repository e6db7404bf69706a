package lint

import (
	appsv1 "k8s.io/api/apps/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var recreateStrategy = Rule{
	ID: "recreate-strategy", Severity: report.Warning, SkipsTests: true, // Info for OnDelete
	Kinds: []string{"Deployment.apps", "StatefulSet.apps", "DaemonSet.apps"},
	Doc: Doc{
		Title: "each rollout takes the Service down",
		Why:   "Recreate ends all pods before it starts a new one: nothing answers until the new pods are ready, or for good where they never are",
		Fix:   "use RollingUpdate, unless two versions must not run side by side",
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
  strategy: {type: Recreate} # <-
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
  strategy: {type: RollingUpdate}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: ghcr.io/acme/web:1.4.2}]
`,
		Notes: []string{
			"Recreate is right for pods with a volume that one node at a time can attach; a claim that is not among the manifests is taken for one.",
			"OnDelete, of StatefulSets and DaemonSets, is an info: nothing is rolled out until someone deletes pods.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if len(all.Services(w)) == 0 || w.IsHook() {
			return
		}
		service, onDelete := all.Services(w)[0].Name, false
		switch v := w.Value.(type) {
		case *appsv1.Deployment:
			if v.Spec.Strategy.Type == appsv1.RecreateDeploymentStrategyType && !all.attachesOnce(w) {
				r.At(tree.P("spec", "strategy", "type"), "strategy is Recreate, behind Service %s", service)
			}
		case *appsv1.StatefulSet:
			onDelete = v.Spec.UpdateStrategy.Type == appsv1.OnDeleteStatefulSetStrategyType
		case *appsv1.DaemonSet:
			onDelete = v.Spec.UpdateStrategy.Type == appsv1.OnDeleteDaemonSetStrategyType
		}
		if onDelete {
			r.At(tree.P("spec", "updateStrategy", "type"), "updateStrategy is OnDelete, behind Service %s", service).
				As(report.Info).With("use RollingUpdate, unless someone has to delete the pods one by one")
		}
	},
}
