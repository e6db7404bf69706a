package lint

import "github.com/kgen-dev/kgen/pkg/report"

var runAsContradiction = Rule{
	ID: "run-as-contradiction", Severity: report.Error,
	Doc: Doc{
		Title: "container is to run as root and must not",
		Why:   "the kubelet never starts it: the pod stays in CreateContainerConfigError",
		Fix:   "set runAsUser to another user than 0, or remove runAsNonRoot",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {runAsNonRoot: true}
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      runAsUser: 0 # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {runAsNonRoot: true}
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      runAsUser: 10001
`,
		Notes: []string{"What a container sets goes before what the pod sets. Pods for Windows are not looked at."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		if w.isWindows() {
			return
		}
		once := oncePerPlace{}
		containers := w.Containers()
		for i := range containers {
			user, nonRoot := containers[i].runAsUser(), containers[i].runAsNonRoot()
			if user.value == nil || *user.value != 0 || nonRoot.value == nil || !*nonRoot.value {
				continue
			}
			if nonRoot.isOwn && !user.isOwn {
				tellOnce(once, r, nonRoot, "runAsNonRoot is true, but runAsUser of the pod is 0")
				continue
			}
			tellOnce(once, r, user, "runAsUser is 0, but runAsNonRoot is true")
		}
	},
}
