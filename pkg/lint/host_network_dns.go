package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var hostNetworkDNS = Rule{
	ID: "host-network-dns", Severity: report.Warning, SkipsTests: true,
	Doc: Doc{
		Title: "pods in the network of the node do not resolve names of the cluster",
		Why:   "they ask the DNS server of the node, which knows no Services: every lookup of one fails",
		Fix:   "set dnsPolicy to ClusterFirstWithHostNet, or to Default where the pods need no Services",
		Bad: `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostNetwork: true
      dnsPolicy: ClusterFirst # <-
      containers:
      - name: agent
        image: ghcr.io/acme/agent:3.1.0
`,
		Good: `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostNetwork: true
      dnsPolicy: ClusterFirstWithHostNet
      containers:
      - name: agent
        image: ghcr.io/acme/agent:3.1.0
`,
		Notes: []string{"A dnsPolicy of Default or None says that it is meant so; pods for Windows cannot have ClusterFirstWithHostNet."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		onWindows := w.isWindows() || w.Spec.NodeSelector[corev1.LabelOSStable] == string(corev1.Windows)
		if w.Spec.HostNetwork && !onWindows && (w.Spec.DNSPolicy == "" || w.Spec.DNSPolicy == corev1.DNSClusterFirst) {
			r.At(w.In("dnsPolicy"), "hostNetwork with dnsPolicy %s", corev1.DNSClusterFirst)
		}
	},
}
