package lint

import "github.com/kgen-dev/kgen/pkg/report"

var defaultServiceAccount = Rule{
	ID: "default-service-account", Severity: report.Info, Profile: Off,
	Doc: Doc{
		Title: "pods run under the account default, with its token",
		Why:   "every pod of the namespace that names no account shares it: what one of them is allowed, all are",
		Fix:   "give the workload a service account of its own, or set automountServiceAccountToken to false",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccountName: default # <-
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccountName: web
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{"No name means the account default. Pods without the token are not reported."},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		if mounts, _ := all.mountsToken(w); mounts && w.serviceAccount() == "default" {
			r.At(w.In("serviceAccountName"), "the pods run under the service account default, with its token")
		}
	},
}
