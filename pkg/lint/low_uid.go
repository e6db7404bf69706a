package lint

import "github.com/kgen-dev/kgen/pkg/report"

var lowUID = Rule{
	ID: "low-uid", Severity: report.Info, Profile: Off,
	Params: []Param{{Name: "min", Default: 10000, Doc: "the lowest user and group that is not reported"}},
	Doc: Doc{
		Title: "user or group may be one of the node",
		Why:   "nodes give low numbers to their own users: what leaves the container, or a shared volume, is then taken for theirs",
		Fix:   "set runAsUser and runAsGroup to numbers from 10000 on",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    runAsUser: 1000 # <-
    runAsGroup: 10001
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    runAsUser: 10001
    runAsGroup: 10001
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{
			"It is off, for most images set a user such as 1000 or 65532, and OpenShift assigns one.",
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
			for _, id := range []effective[int64]{containers[i].runAsUser(), containers[i].runAsGroup()} {
				switch {
				case id.isUnset():
					tellOnce(once, r, id, "%s is not set", id.field)
				case id.value != nil && *id.value < int64(r.Int("min")):
					tellOnce(once, r, id, "%s is %d, which is below %d", id.field, *id.value, r.Int("min"))
				}
			}
		}
	},
}
