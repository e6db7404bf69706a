package lint

import (
	"strconv"

	"github.com/kgen-dev/kgen/pkg/report"
)

var pssRunAsNonRoot = Rule{
	ID: "pss-run-as-non-root", Severity: report.Warning, Profile: Off,
	Groups: []string{pssRestricted},
	Doc: Doc{
		Title: "container is allowed to run as root",
		Why:   "root in a container is root on the node for whoever finds a hole in the runtime or in the kernel",
		Fix:   "set securityContext.runAsNonRoot of the pod to true, and runAsUser where the image does not set a user by number",
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
  securityContext: {runAsNonRoot: true}
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Notes: []string{
			"An image whose user is not root does not suffice: admission cannot see it.",
			"From Kubernetes 1.35 on pods with hostUsers: false may run as root.",
		},
	},
	CheckWorkload: judgedBy("runAsNonRoot", nonRoot.offences),
}

var nonRoot = contextField{
	path: []any{"runAsNonRoot"}, name: "runAsNonRoot",
	show: func(c *Container) (string, bool) {
		e := c.runAsNonRoot()
		return strconv.FormatBool(e.value != nil && *e.value), e.isOwn
	},
}
