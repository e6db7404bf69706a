package lint

import "github.com/kgen-dev/kgen/pkg/report"

var pssRunAsUser = Rule{
	ID: "pss-run-as-user", Severity: report.Warning, Profile: Off,
	Groups: []string{pssRestricted}, Covers: []string{"run-as-root"},
	Doc: Doc{
		Title: "user 0 is demanded, which restricted forbids",
		Why:   "root in a container is root on the node for whoever finds a hole in the runtime or in the kernel",
		Fix:   "remove runAsUser, or set another user than 0",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      runAsUser: 0 # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      runAsUser: 10001
`,
		Notes: []string{
			"The pod's own runAsUser counts even where each container has another.",
			"From Kubernetes 1.35 on pods with hostUsers: false may run as root.",
		},
	},
	CheckWorkload: judgedBy("runAsUser", rootUser.offences),
}

var rootUser = contextField{
	path: []any{"runAsUser"}, name: "runAsUser",
	show: func(c *Container) (string, bool) { return "0", c.runAsUser().isOwn },
}
