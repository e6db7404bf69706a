package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var hostPID = Rule{
	ID: "host-pid", Severity: report.Warning,
	Groups: []string{pssBaseline, pssRestricted},
	Doc: Doc{
		Title: "pods see all processes of the node",
		Why:   "the environment and the open files of every other process can be read, secrets among them, and a process that may send signals can end the kubelet",
		Fix:   "remove hostPID; containers of one pod see each other with shareProcessNamespace",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostPID: true # <-
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  shareProcessNamespace: true
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
	},
	CheckWorkload: hostNamespace("hostPID", func(from, to *corev1.PodSpec) { to.HostPID = from.HostPID }),
}
