package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var pssCapabilitiesRestricted = Rule{
	ID: "pss-capabilities-restricted", Severity: report.Warning, Profile: Off,
	Groups: []string{pssRestricted}, Covers: []string{"capabilities-dangerous"},
	Doc: Doc{
		Title: "container keeps or adds capabilities that restricted forbids",
		Why:   "a service needs none of the fourteen capabilities that container runtimes give by default, and each is a tool for whoever breaks in",
		Fix:   `set capabilities.drop to ["ALL"], and add nothing but NET_BIND_SERVICE`,
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      capabilities: # <-
        add:
        - CHOWN # <-
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
		Notes: []string{"ALL has to be in capital letters. Pods with os: {name: windows} are not looked at."},
	},
	CheckWorkload: judgedBy("capabilities_restricted", unrestrictedCapabilities),
}

func unrestrictedCapabilities(w *Workload, control forbids) []offence {
	found := forbiddenCapabilities(w, control)
	containers := w.Containers()
	for i := range containers {
		c := &containers[i]
		_, drop := c.capabilities()
		if control.spec(w.alone(&corev1.SecurityContext{Capabilities: &corev1.Capabilities{Drop: drop}})) {
			found = append(found, offenceIn(c, c.Field("securityContext", "capabilities", "drop"), "ALL capabilities are not dropped"))
		}
	}
	return found
}
