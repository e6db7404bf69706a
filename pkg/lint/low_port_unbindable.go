package lint

import (
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var lowPortUnbindable = Rule{
	ID: "low-port-unbindable", Severity: report.Info, SkipsTests: true, Profile: Strict,
	Doc: Doc{
		Title: "container may not be allowed to listen on its port",
		Why:   "without root and without NET_BIND_SERVICE the process ends with permission denied on nodes whose runtime reserves ports below 1024",
		Fix:   "listen on a port from 1024 on, add NET_BIND_SERVICE, or set the sysctl net.ipv4.ip_unprivileged_port_start",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        ports:
        - containerPort: 80 # <-
        securityContext:
          runAsNonRoot: true
          runAsUser: 10001
          capabilities: {drop: [ALL]}
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        ports:
        - containerPort: 8080
        securityContext:
          runAsNonRoot: true
          runAsUser: 10001
          capabilities: {drop: [ALL]}
`,
		Notes: []string{"containerd and CRI-O let anybody listen on low ports as they come; pods in the network of the node never get that."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		low := slices.IndexFunc(c.Ports, func(p corev1.ContainerPort) bool { return isLowPort(p.ContainerPort) })
		if low < 0 || c.Workload.isWindows() || c.isPrivileged() || !c.isNoRoot() || !c.dropsBind() || c.Workload.opensLowPorts(c.Ports[low].ContainerPort) {
			return
		}
		r.At(c.Field("ports", low, "containerPort"), "container %s: port %d without NET_BIND_SERVICE", c.Name, c.Ports[low].ContainerPort)
	},
}

// isNoRoot reports whether the container certainly does not run as root.
func (c *Container) isNoRoot() bool {
	user, nonRoot := c.runAsUser(), c.runAsNonRoot()
	return user.value != nil && *user.value != 0 || user.value == nil && isTrue(nonRoot.value)
}

// dropsBind reports whether the container gives up the right to listen on low ports.
func (c *Container) dropsBind() bool {
	add, drop := c.capabilities()
	is := func(names ...string) func(corev1.Capability) bool {
		return func(capability corev1.Capability) bool { return slices.Contains(names, capabilityName(capability)) }
	}
	return slices.ContainsFunc(drop, is("ALL", "NET_BIND_SERVICE")) && !slices.ContainsFunc(add, is("ALL", "NET_BIND_SERVICE"))
}

// opensLowPorts reports whether a sysctl of the pods lets anybody listen on a port.
func (w *Workload) opensLowPorts(port int32) bool {
	if w.Spec.SecurityContext == nil {
		return false
	}
	return slices.ContainsFunc(w.Spec.SecurityContext.Sysctls, func(s corev1.Sysctl) bool {
		first, err := strconv.Atoi(s.Value)
		return strings.ReplaceAll(s.Name, "/", ".") == "net.ipv4.ip_unprivileged_port_start" && err == nil && first <= int(port)
	})
}
