package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var pssSysctls = Rule{
	ID: "pss-sysctls", Severity: report.Warning,
	Groups: []string{pssBaseline, pssRestricted},
	Doc: Doc{
		Title: "pods set a sysctl that is not safe",
		Why:   "the kubelet rejects the pod on every node where the sysctl was not allowed by hand, and where it was, other pods of the node may suffer from it",
		Fix:   "remove the sysctl, or set it on nodes of its own and send the pods there",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    sysctls:
    - name: net.core.somaxconn # <-
      value: "1024"
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    sysctls:
    - name: net.ipv4.ip_unprivileged_port_start
      value: "0"
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{"Which are safe depends on the release of Kubernetes: 1.27, 1.29 and 1.32 added some."},
	},
	CheckWorkload: judgedBy("sysctls", forbiddenSysctls),
}

func forbiddenSysctls(w *Workload, control forbids) (found []offence) {
	if w.Spec.SecurityContext == nil {
		return nil
	}
	sysctls := w.Spec.SecurityContext.Sysctls
	for i := range sysctls {
		if control.spec(&corev1.PodSpec{SecurityContext: &corev1.PodSecurityContext{Sysctls: sysctls[i : i+1]}}) {
			found = append(found, offence{w.In("securityContext", "sysctls", i, "name"), "", "sysctl " + sysctls[i].Name + " is not safe"})
		}
	}
	return found
}
