package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var linuxHardening = Rule{
	ID: "linux-hardening", Severity: report.Warning, Profile: Off,
	Doc: Doc{
		Title: "container uses none of the kernel's restraints",
		Why:   "a hole in the application is then stopped by nothing but the namespaces of the container",
		Fix:   "set seccompProfile.type to RuntimeDefault, and drop all capabilities",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web # <-
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    seccompProfile: {type: RuntimeDefault}
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{
			"One of a seccomp profile, an AppArmor profile, SELinux options and dropped capabilities is enough; Unconfined is none.",
			"The group pss-restricted says more. Pods for Windows are not looked at.",
		},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		if c.Workload.isWindows() || c.isHardened() {
			return
		}
		r.At(c.Field("securityContext"), "container %s has no seccomp, AppArmor or SELinux setting and drops no capabilities", c.Name)
	},
}

func (c *Container) isHardened() bool {
	seccomp, appArmor, labels := c.seccompProfile(), c.appArmorProfile(), c.seLinuxOptions()
	_, drop := c.capabilities()
	annotated := c.Workload.Meta.Annotations[corev1.DeprecatedAppArmorBetaContainerAnnotationKeyPrefix+c.Name]
	return seccomp.value != nil && seccomp.value.Type != corev1.SeccompProfileTypeUnconfined ||
		appArmor.value != nil && appArmor.value.Type != corev1.AppArmorProfileTypeUnconfined ||
		annotated != "" && annotated != corev1.DeprecatedAppArmorBetaProfileNameUnconfined ||
		labels.value != nil && *labels.value != corev1.SELinuxOptions{} || len(drop) > 0
}
