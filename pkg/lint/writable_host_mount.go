package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var writableHostMount = Rule{
	ID: "writable-host-mount", Severity: report.Info, Profile: Strict,
	Doc: Doc{
		Title: "container may write to a path of the node",
		Why:   "whoever breaks into the container can leave something behind for the node, or for the next pod on it",
		Fix:   "set readOnly: true on the mount, where the container only reads",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  containers:
  - name: agent
    image: ghcr.io/acme/agent:1.4.2
    volumeMounts:
    - name: host # <-
      mountPath: /logs
  volumes:
  - name: host
    hostPath:
      path: /var/log
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  containers:
  - name: agent
    image: ghcr.io/acme/agent:1.4.2
    volumeMounts:
    - name: host
      mountPath: /logs
      readOnly: true
  volumes:
  - name: host
    hostPath:
      path: /var/log
`,
		Notes: []string{
			"Sockets and devices are not looked at: a read-only mount does not keep anyone from writing to them.",
		},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		eachHostMount(w, func(c *Container, i int, v *corev1.Volume) {
			if c.VolumeMounts[i].ReadOnly || isSpecialFile(v.HostPath.Type) {
				return
			}
			r.At(c.Field("volumeMounts", i, "readOnly"), "container %s may write to %s of the node", c.Name, v.HostPath.Path).Container = c.Name
		})
	},
}

func isSpecialFile(t *corev1.HostPathType) bool {
	return t != nil && (*t == corev1.HostPathSocket || *t == corev1.HostPathCharDev || *t == corev1.HostPathBlockDev)
}
