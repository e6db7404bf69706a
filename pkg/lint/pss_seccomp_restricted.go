package lint

import "github.com/kgen-dev/kgen/pkg/report"

var pssSeccompRestricted = Rule{
	ID: "pss-seccomp-restricted", Severity: report.Warning, Profile: Off,
	Groups: []string{pssRestricted},
	Doc: Doc{
		Title: "no filter of system calls is set",
		Why:   "most nodes run containers without a filter unless the pod asks for one, and then every hole in a rarely used system call of the kernel is open to them",
		Fix:   "set securityContext.seccompProfile.type of the pod to RuntimeDefault",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: # <-
  containers:
  - name: web
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
		Notes: []string{"Pods with os: {name: windows} are not looked at."},
	},
	CheckWorkload: judgedBy("seccompProfile_restricted", seccompType.offences),
}
