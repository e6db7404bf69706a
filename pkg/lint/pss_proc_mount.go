package lint

import "github.com/kgen-dev/kgen/pkg/report"

var pssProcMount = Rule{
	ID: "pss-proc-mount", Severity: report.Warning,
	Groups: []string{pssBaseline, pssRestricted}, Refused: true, // but not with hostUsers: false
	Doc: Doc{
		Title: "container sees all of /proc",
		Why:   "the runtime masks parts of /proc by which a process learns about the node, or changes its kernel",
		Fix:   "remove procMount; builds that need it run in a user namespace, with hostUsers: false",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      procMount: Unmasked # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      procMount: Default
`,
		Notes: []string{"From Kubernetes 1.35 on the level baseline allows it with hostUsers: false; the level restricted does not."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		if r.isRestricted() && r.policyMinor() >= 35 {
			r.judge("procMount_restricted", w, forbiddenProcMount)
			return
		}
		r.judge("procMount", w, forbiddenProcMount)
	},
}

func forbiddenProcMount(w *Workload, control forbids) (found []offence) {
	containers := w.Containers()
	for i := range containers {
		if c := &containers[i]; control.spec(w.alone(c.SecurityContext)) {
			found = append(found, offenceIn(c, c.Field("securityContext", "procMount"), "procMount is %s", *c.SecurityContext.ProcMount))
		}
	}
	return found
}
