package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var hostIPC = Rule{
	ID: "host-ipc", Severity: report.Warning,
	Groups: []string{pssBaseline, pssRestricted},
	Doc: Doc{
		Title: "pods share the memory segments of the node",
		Why:   "they can read and change what processes of the node and other pods exchange through shared memory",
		Fix:   "remove hostIPC; containers of one pod share memory without it",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostIPC: true # <-
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    volumeMounts: [{name: shared, mountPath: /dev/shm}]
  volumes:
  - name: shared
    emptyDir: {medium: Memory, sizeLimit: 64Mi}
`,
	},
	CheckWorkload: hostNamespace("hostIPC", func(from, to *corev1.PodSpec) { to.HostIPC = from.HostIPC }),
}
