package lint

import "github.com/kgen-dev/kgen/pkg/report"

var saTokenAutomounted = Rule{
	ID: "sa-token-automounted", Severity: report.Info, Profile: Strict,
	Doc: Doc{
		Title: "pods get a token for the API that they have no rights to use",
		Why:   "whoever breaks in has a way to talk to the API server, and a hole there, or a right granted later to the whole namespace, is theirs",
		Fix:   "set automountServiceAccountToken to false",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: # <-
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  automountServiceAccountToken: false
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{
			"A service account that a RoleBinding or ClusterRoleBinding names, by itself or by its group, is in use and passes.",
			"One with a name of its own that is not among the objects passes, for its rights are not known.",
		},
	},
	CheckWorkload: func(w *Workload, all *Index, r *Reporter) {
		name := w.serviceAccount()
		mounts, account := all.mountsToken(w)
		if !mounts || account == nil && name != "default" || all.IsBound(w.Namespace, name) {
			return
		}
		r.At(w.In("automountServiceAccountToken"), "the token of service account %s is mounted, and no binding gives it rights", name)
	},
}
