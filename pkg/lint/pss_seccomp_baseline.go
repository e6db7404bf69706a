package lint

import "github.com/kgen-dev/kgen/pkg/report"

var pssSeccompBaseline = Rule{
	ID: "pss-seccomp-baseline", Severity: report.Warning, Profile: Off,
	Groups: []string{pssBaseline}, // pss-seccomp-restricted is stricter
	Doc: Doc{
		Title: "the filter of system calls is switched off",
		Why:   "without it every hole in a rarely used system call of the kernel is open to the container",
		Fix:   "set seccompProfile.type to RuntimeDefault or Localhost, or remove it",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      seccompProfile:
        type: Unconfined # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      seccompProfile: {type: RuntimeDefault}
`,
	},
	CheckWorkload: judgedBy("seccompProfile_baseline", seccompType.offences),
}

var seccompType = contextField{
	path: []any{"seccompProfile", "type"}, name: "seccompProfile.type",
	show: func(c *Container) (string, bool) {
		e := c.seccompProfile()
		if e.value == nil {
			return "", false
		}
		return string(e.value.Type), e.isOwn
	},
}
