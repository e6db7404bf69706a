package lint

import "github.com/kgen-dev/kgen/pkg/report"

var privilegedContainer = Rule{
	ID: "privileged-container", Severity: report.Error,
	Groups: []string{pssBaseline, pssRestricted},
	Doc: Doc{
		Title: "container is privileged",
		Why:   "whoever breaks into it is root on the node, with all its devices, and with the secrets of every pod there",
		Fix:   "remove privileged; add the one capability or mount the one device that is needed",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      privileged: true # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      capabilities: {add: [NET_BIND_SERVICE]}
`,
		Notes: []string{"Init and ephemeral containers count. Network and storage plugins need it: ignore the rule for that container, with the reason."},
	},
	CheckWorkload: judgedBy("privileged", forbiddenPrivileged),
}

func forbiddenPrivileged(w *Workload, control forbids) (found []offence) {
	containers := w.Containers()
	for i := range containers {
		if c := &containers[i]; control.spec(w.alone(c.SecurityContext)) {
			found = append(found, offenceIn(c, c.Field("securityContext", "privileged"), "privileged is true"))
		}
	}
	return found
}
