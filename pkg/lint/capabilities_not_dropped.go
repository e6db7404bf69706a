package lint

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var capabilitiesNotDropped = Rule{
	ID: "capabilities-not-dropped", Severity: report.Info, Profile: Strict,
	Params: []Param{{Name: "capabilities", Default: runtimeCapabilities, Doc: "what has to be dropped where ALL is not", Check: checkCapability}},
	Doc: Doc{
		Title: "container keeps the runtime's default capabilities",
		Why:   "NET_RAW alone lets it forge packets of its neighbours, and a service needs none of the others either",
		Fix:   `set capabilities.drop to ["ALL"], and add what the program turns out to need`,
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      capabilities:
        drop: [MKNOD] # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      capabilities:
        drop: [ALL]
`,
		Notes: []string{
			"Dropping each of the fourteen defaults is as good as dropping ALL. Names are compared without regard to case.",
			"Pods with os: {name: windows} and privileged containers, which have all of them, are not looked at.",
		},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		if c.Workload.isWindows() || c.isPrivileged() {
			return
		}
		_, drop := c.capabilities()
		if dropsCapability(drop, "ALL") {
			return
		}
		var kept []string
		for _, name := range r.Texts("capabilities") {
			if !dropsCapability(drop, name) {
				kept = append(kept, name)
			}
		}
		switch at := c.Field("securityContext", "capabilities", "drop"); {
		case len(kept) == 0:
		case len(drop) == 0:
			r.At(at, "container %s drops no capabilities", c.Name)
		default:
			r.At(at, "container %s keeps %s", c.Name, strings.Join(kept, ", "))
		}
	},
}

// runtimeCapabilities are those that container runtimes give to every container.
var runtimeCapabilities = []string{
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP",
	"SETUID", "SYS_CHROOT",
}

func dropsCapability(drop []corev1.Capability, name string) bool {
	return slices.ContainsFunc(drop, func(c corev1.Capability) bool { return strings.EqualFold(string(c), name) })
}
