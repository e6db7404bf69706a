package lint

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var pssSELinux = Rule{
	ID: "pss-selinux", Severity: report.Warning, Profile: Off,
	Groups: []string{pssBaseline, pssRestricted},
	Doc: Doc{
		Title: "SELinux labels lift the isolation of containers",
		Why:   "a type such as spc_t, or a user or role of one's own, lets the process touch files and processes of the node",
		Fix:   "remove type, user and role; level may be set",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    seLinuxOptions:
      type: spc_t # <-
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    seLinuxOptions: {level: "s0:c123,c456"}
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{"Allowed types are container_t, container_init_t, container_kvm_t and, from Kubernetes 1.31 on, container_engine_t."},
	},
	CheckWorkload: judgedBy("seLinuxOptions", forbiddenSELinux),
}

func forbiddenSELinux(w *Workload, control forbids) (found []offence) {
	if s := w.Spec.SecurityContext; s != nil {
		for _, part := range forbiddenParts(w, s.SELinuxOptions, control) {
			found = append(found, offence{w.In("securityContext", "seLinuxOptions", part[0]), "", fmt.Sprintf("SELinux %s of the pod is %s", part[0], part[1])})
		}
	}
	containers := w.Containers()
	for i := range containers {
		c := &containers[i]
		if c.SecurityContext == nil {
			continue
		}
		for _, part := range forbiddenParts(w, c.SecurityContext.SELinuxOptions, control) {
			found = append(found, offenceIn(c, c.Field("securityContext", "seLinuxOptions", part[0]), "SELinux %s is %s", part[0], part[1]))
		}
	}
	return found
}

// forbiddenParts are the fields that a control forbids, each with its value.
func forbiddenParts(w *Workload, o *corev1.SELinuxOptions, control forbids) (parts [][2]string) {
	if o == nil {
		return nil
	}
	for _, part := range []struct {
		field, value string
		only         corev1.SELinuxOptions
	}{
		{"type", o.Type, corev1.SELinuxOptions{Type: o.Type}},
		{"user", o.User, corev1.SELinuxOptions{User: o.User}},
		{"role", o.Role, corev1.SELinuxOptions{Role: o.Role}},
	} {
		if control.spec(w.alone(&corev1.SecurityContext{SELinuxOptions: &part.only})) {
			parts = append(parts, [2]string{part.field, part.value})
		}
	}
	return parts
}
