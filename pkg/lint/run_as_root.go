package lint

import (
	"fmt"

	"github.com/kgen-dev/kgen/pkg/report"
)

var runAsRoot = Rule{
	ID: "run-as-root", Severity: report.Warning,
	Params: []Param{{Name: "strict", Default: false, Doc: "whether a container has to say that it is not root, and may not be of group 0 either"}},
	Doc: Doc{
		Title: "container runs as root on purpose",
		Why:   "root in a container is root on the node for whoever finds a hole in the runtime or in the kernel",
		Fix:   "set runAsNonRoot to true and runAsUser to another user than 0; let an fsGroup own the volumes instead of a chown",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
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
  securityContext: {runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001}
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{
			"What a container sets goes before what the pod sets; a setting of the pod is reported once.",
			"runAsNonRoot: false passes beside a runAsUser that is not 0.",
			"Pods for Windows, and pods in a user namespace (hostUsers: false), are not looked at.",
		},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		if w.isWindows() || w.hasUserNamespace() {
			return
		}
		once := oncePerPlace{}
		containers := w.Containers()
		for i := range containers {
			c := &containers[i]
			user, nonRoot, group := c.runAsUser(), c.runAsNonRoot(), c.runAsGroup()
			switch {
			case user.value != nil && *user.value == 0:
				if nonRoot.value == nil || !*nonRoot.value { // else it does not start: run-as-contradiction
					tellOnce(once, r, user, "runAsUser is 0")
				}
			case user.value == nil && nonRoot.value != nil && !*nonRoot.value:
				tellOnce(once, r, nonRoot, "runAsNonRoot is false")
			case user.isUnset() && nonRoot.isUnset() && r.Bool("strict"):
				tellOnce(once, r, nonRoot, "neither runAsNonRoot nor runAsUser is set")
			}
			if group.value != nil && *group.value == 0 && r.Bool("strict") {
				tellOnce(once, r, group, "runAsGroup is 0")
			}
		}
	},
}

// oncePerPlace remembers which settings of a pod were reported for one container.
type oncePerPlace map[string]bool

// tellOnce reports a setting; one that containers take from their pod once for all.
func tellOnce[T any](once oncePerPlace, r *Reporter, e effective[T], format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if e.value == nil || e.isOwn {
		r.At(e.at(), "container %s: %s", e.c.Name, message).Container = e.c.Name
		return
	}
	if !once[e.field] {
		once[e.field] = true
		r.At(e.at(), "pod: %s", message)
	}
}
