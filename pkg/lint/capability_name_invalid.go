package lint

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
)

var capabilityNameInvalid = Rule{
	ID: "capability-name-invalid", Severity: report.Warning,
	Doc: Doc{
		Title: "there is no capability of that name",
		Why:   "the API server takes any name: the runtime then refuses to start the container, or starts it as if nothing had been added or dropped",
		Fix:   "use the name of the kernel without CAP_: NET_BIND_SERVICE",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    securityContext:
      capabilities:
        drop: [ALL]
        add:
        - CAP_NET_BIND_SERVICE # <-
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
        add: [NET_BIND_SERVICE]
`,
		Notes: []string{"Runtimes take names in lower case, so they are no mistake here; Pod Security admission does not know them."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		add, drop := c.capabilities()
		for i := range add {
			tellInvalidCapability(c, r, "add", i, add[i])
		}
		for i := range drop {
			tellInvalidCapability(c, r, "drop", i, drop[i])
		}
	},
}

func tellInvalidCapability(c *Container, r *Reporter, list string, i int, capability corev1.Capability) {
	written := strings.ToUpper(string(capability))
	if slices.Contains(linuxCapabilities, written) {
		return
	}
	f := r.At(c.Field("securityContext", "capabilities", list, i), "container %s: there is no capability %s", c.Name, capability)
	if name := capabilityName(capability); slices.Contains(linuxCapabilities, name) {
		f.With("write %s", name)
	} else if hint := suggest.Hint(name, linuxCapabilities); hint != "" {
		f.Message += hint
	}
}

// linuxCapabilities are all names that container runtimes know.
var linuxCapabilities = []string{
	"ALL",
	"AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH",
	"FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN",
	"NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "PERFMON", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT",
	"SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM",
}
