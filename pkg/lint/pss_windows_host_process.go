package lint

import (
	"strconv"

	"github.com/kgen-dev/kgen/pkg/report"
)

var pssWindowsHostProcess = Rule{
	ID: "pss-windows-host-process", Severity: report.Warning,
	Groups: []string{pssBaseline, pssRestricted},
	Doc: Doc{
		Title: "pods are processes of the Windows node itself",
		Why:   "they run without isolation, with the rights of the node's own account",
		Fix:   "remove hostProcess",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true
  securityContext:
    windowsOptions:
      hostProcess: true # <-
      runAsUserName: NT AUTHORITY\SYSTEM
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext:
    windowsOptions: {runAsUserName: ContainerUser}
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
`,
	},
	CheckWorkload: judgedBy("windowsHostProcess", hostProcess.offences),
}

var hostProcess = contextField{
	path: []any{"windowsOptions", "hostProcess"}, name: "windowsOptions.hostProcess",
	show: func(c *Container) (string, bool) {
		if s := c.SecurityContext; s != nil && s.WindowsOptions != nil && s.WindowsOptions.HostProcess != nil {
			return strconv.FormatBool(*s.WindowsOptions.HostProcess), true
		}
		return "true", false
	},
}
