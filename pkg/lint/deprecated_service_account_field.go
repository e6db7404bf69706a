package lint

import (
	"github.com/kgen-dev/kgen/pkg/lint/fix"
	"github.com/kgen-dev/kgen/pkg/report"
)

var deprecatedServiceAccountField = Rule{
	ID: "deprecated-service-account-field", Severity: report.Warning, Fixable: true,
	Doc: Doc{
		Title: "serviceAccount is the old name of a field",
		Why:   "beside serviceAccountName it is ignored without a word, and the pods run under another account than the one that stands there",
		Fix:   "write serviceAccountName, and remove serviceAccount",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccountName: web
  serviceAccount: web-admin # <-
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
		Notes: []string{"Both fields with one value, as kubectl get writes them, pass."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		old, name := w.Spec.DeprecatedServiceAccount, w.Spec.ServiceAccountName
		switch at := w.In("serviceAccount"); {
		case old == "" || old == name || w.isUnread(w.In("serviceAccountName")):
		case name == "":
			r.At(at, "serviceAccount is deprecated for serviceAccountName").Mend(fix.Rename(at, old, "serviceAccountName"))
		default:
			r.At(at, "serviceAccount %s is ignored: serviceAccountName is %s", old, name).Mend(fix.Delete(at, old))
		}
	},
}
