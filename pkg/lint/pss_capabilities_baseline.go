package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var pssCapabilitiesBaseline = Rule{
	ID: "pss-capabilities-baseline", Severity: report.Warning, Profile: Off,
	Groups: []string{pssBaseline}, // pss-capabilities-restricted is stricter
	Covers: []string{"capabilities-dangerous"},
	Doc: Doc{
		Title: "container adds a capability that baseline forbids",
		Why:   "capabilities beyond those that every container starts with are parts of root's power over the node",
		Fix:   "remove the capability, or run what needs it in a namespace of the level privileged",
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
        - CHOWN
        - NET_RAW # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      capabilities: {add: [CHOWN]}
`,
		Notes: []string{"Names are compared as they are written: a lower-case one is forbidden."},
	},
	CheckWorkload: judgedBy("capabilities_baseline", forbiddenCapabilities),
}

func forbiddenCapabilities(w *Workload, control forbids) (found []offence) {
	containers := w.Containers()
	for i := range containers {
		c := &containers[i]
		add, _ := c.capabilities()
		for i := range add {
			only := &corev1.Capabilities{Add: add[i : i+1], Drop: []corev1.Capability{"ALL"}}
			if control.spec(w.alone(&corev1.SecurityContext{Capabilities: only})) {
				found = append(found, offenceIn(c, c.Field("securityContext", "capabilities", "add", i), "capability %s is added", add[i]))
			}
		}
	}
	return found
}
