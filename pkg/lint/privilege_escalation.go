package lint

import "github.com/kgen-dev/kgen/pkg/report"

var privilegeEscalation = Rule{
	ID: "privilege-escalation", Severity: report.Warning,
	Doc: Doc{
		Title: "container is allowed to gain rights",
		Why:   "a process that runs as a common user becomes root through a setuid program of the image",
		Fix:   "set allowPrivilegeEscalation to false",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      allowPrivilegeEscalation: true # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      allowPrivilegeEscalation: false
`,
		Notes: []string{
			"What is not written passes here; pss-privilege-escalation demands false.",
			"A privileged container, and one with SYS_ADMIN, gains rights whatever is written: privileged-container and capabilities-dangerous report these, and this rule says so where it finds true beside them.",
		},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		if c.SecurityContext == nil || c.SecurityContext.AllowPrivilegeEscalation == nil || !*c.SecurityContext.AllowPrivilegeEscalation {
			return
		}
		f := r.At(c.Field("securityContext", "allowPrivilegeEscalation"), "container %s: allowPrivilegeEscalation is true", c.Name)
		add, _ := c.capabilities()
		for _, capability := range add {
			if capabilityName(capability) == "SYS_ADMIN" {
				f.With("remove SYS_ADMIN first: allowPrivilegeEscalation cannot be false beside it")
			}
		}
		if c.isPrivileged() {
			f.With("remove privileged first: allowPrivilegeEscalation cannot be false beside it")
		}
	},
}
