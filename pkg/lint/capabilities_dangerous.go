package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
)

var capabilitiesDangerous = Rule{
	ID: "capabilities-dangerous", Severity: report.Error,
	Params: []Param{{Name: "capabilities", Default: []string{"ALL", "BPF", "NET_ADMIN", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE"}, Doc: "the capabilities that are reported", Check: checkCapability}},
	Doc: Doc{
		Title: "container adds a capability that amounts to root on the node",
		Why:   "with it whoever breaks into the container mounts the node's disk, loads a kernel module, reads the memory of other processes or reroutes the node's network",
		Fix:   "add the narrow capability that the program needs, or none",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      capabilities:
        add:
        - SYS_ADMIN # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}
`,
		Notes: []string{"Names are compared without regard to case and to the prefix CAP_. Network plugins and the like need it: ignore the rule for that container, with the reason."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		add, _ := c.capabilities()
		for i, capability := range add {
			if slices.Contains(r.Texts("capabilities"), capabilityName(capability)) {
				r.At(c.Field("securityContext", "capabilities", "add", i), "container %s: capability %s is added", c.Name, capability)
			}
		}
	},
}
