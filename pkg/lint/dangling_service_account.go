package lint

import "github.com/kgen-dev/kgen/pkg/report"

var danglingServiceAccount = Rule{
	ID: "dangling-service-account", Severity: report.Warning, SkipsTests: true, // Error in a closed world
	Doc: Doc{
		Title: "pods run as a ServiceAccount that is not there",
		Why:   "not one pod is created, and the only sign of it is an event of the ReplicaSet",
		Fix:   "correct the name, or add the ServiceAccount to the namespace",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: website # <-
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
`,
		Notes: []string{danglingNote, "The account default is in every namespace; list accounts that are made elsewhere as external."},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		name, field := w.Spec.ServiceAccountName, "serviceAccountName"
		if name == "" {
			name, field = w.Spec.DeprecatedServiceAccount, "serviceAccount"
		}
		if name != "default" && all.Lacks(w.Object, "ServiceAccount", w.Namespace, name) {
			r.Dangling(w.In(field), "there is no ServiceAccount %s%s", name, all.Hint(w.Object, "ServiceAccount", w.Namespace, name))
		}
	},
}
