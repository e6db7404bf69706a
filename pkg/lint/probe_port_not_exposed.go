package lint

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var probePortNotExposed = Rule{
	ID: "probe-port-not-exposed", Severity: report.Error, SkipsTests: true, // Info for a number
	Params: []Param{{Name: "numbers", Default: true, Doc: "whether a port number that the container does not declare is reported"}},
	Doc: Doc{
		Title: "probe or hook asks a port that the container does not declare",
		Why:   "the kubelet cannot tell the number of a port name that the container lacks: the probe fails for ever, and the pod is never ready",
		Fix:   "name a port of the same container, or declare it in ports",
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
        ports: [{name: http, containerPort: 8080}]
        readinessProbe:
          httpGet:
            path: /ready
            port: web # <-
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
        ports: [{name: http, containerPort: 8080}]
        readinessProbe:
          httpGet:
            path: /ready
            port: http
`,
		Notes: []string{
			"A number is an info, for containers may listen on ports that they do not declare, and only where the container declares ports at all and no container of the pod this one.",
			"Ports for UDP and SCTP do not count, for probes speak TCP.",
		},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		for _, p := range c.probes() {
			if p.Probe == nil {
				continue
			}
			checkAsked(c, r, p.field, c.Field(p.field), p.HTTPGet, p.TCPSocket)
			if p.GRPC != nil {
				checkPort(c, r, p.field, c.Field(p.field, "grpc", "port"), intstr.FromInt32(p.GRPC.Port))
			}
		}
		if c.Lifecycle == nil {
			return
		}
		if h := c.Lifecycle.PostStart; h != nil {
			checkAsked(c, r, "postStart", c.Field("lifecycle", "postStart"), h.HTTPGet, h.TCPSocket)
		}
		if h := c.Lifecycle.PreStop; h != nil {
			checkAsked(c, r, "preStop", c.Field("lifecycle", "preStop"), h.HTTPGet, h.TCPSocket)
		}
	},
}

// checkAsked looks at the port of a handler, unless it asks another host.
func checkAsked(c *Container, r *Reporter, what string, at tree.Path, http *corev1.HTTPGetAction, tcp *corev1.TCPSocketAction) {
	if http != nil && http.Host == "" {
		checkPort(c, r, what, at.With("httpGet", "port"), http.Port)
	}
	if tcp != nil && tcp.Host == "" {
		checkPort(c, r, what, at.With("tcpSocket", "port"), tcp.Port)
	}
}

func checkPort(c *Container, r *Reporter, what string, at tree.Path, port intstr.IntOrString) {
	number := int(port.IntVal)
	if port.Type == intstr.String && port.StrVal != "" {
		if named := c.portNamed(port.StrVal); named != nil {
			number = int(named.ContainerPort)
		} else if number, _ = strconv.Atoi(port.StrVal); number == 0 {
			r.At(at, "container %s: %s names port %s, which is no port of the container", c.Name, what, port.StrVal)
		}
	}
	if number == 0 || len(c.Ports) == 0 || !r.Bool("numbers") {
		return
	}
	containers := c.Workload.Containers()
	for i := range containers {
		if containers[i].hasTCPPort(number) {
			return
		}
	}
	r.At(at, "container %s: %s asks port %d, which is not declared for TCP", c.Name, what, number).As(report.Info)
}
