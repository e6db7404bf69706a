package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var hostNetwork = Rule{
	ID: "host-network", Severity: report.Warning,
	Groups: []string{pssBaseline, pssRestricted},
	Doc: Doc{
		Title: "pods use the network of the node",
		Why:   "they reach what listens on the node's own address alone, such as the kubelet or cloud credentials, no NetworkPolicy holds them back, and two pods that want one port do not fit on a node",
		Fix:   "remove hostNetwork, and publish ports through a Service",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true # <-
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
    ports: [{containerPort: 8080}]
`,
		Notes: []string{"Agents that serve the node itself, such as network plugins, need it: ignore the rule there, with the reason."},
	},
	CheckWorkload: hostNamespace("hostNetwork", func(from, to *corev1.PodSpec) { to.HostNetwork = from.HostNetwork }),
}
