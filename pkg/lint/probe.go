package lint

import (
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// namedProbe is a probe of a container with the name of its field; nil where there is
// none.
type namedProbe struct {
	field string
	*corev1.Probe
}

// probes are those of a container.
func (c *Container) probes() [3]namedProbe {
	return [...]namedProbe{{"livenessProbe", c.LivenessProbe}, {"readinessProbe", c.ReadinessProbe}, {"startupProbe", c.StartupProbe}}
}

// givesUpAfter is how many seconds of failure a probe bears, from the start on.
func givesUpAfter(p *corev1.Probe) int {
	period, failures := int(p.PeriodSeconds), int(p.FailureThreshold)
	if period <= 0 {
		period = 10
	}
	if failures <= 0 {
		failures = 3
	}
	return int(p.InitialDelaySeconds) + period*failures
}

// question is what a probe asks: two that are equal ask the same.
type question struct{ how, host, port, what string }

func (c *Container) question(h *corev1.ProbeHandler) question {
	switch {
	case h.HTTPGet != nil:
		return question{"http", h.HTTPGet.Host, c.portText(h.HTTPGet.Port), "/" + strings.TrimPrefix(h.HTTPGet.Path, "/")}
	case h.TCPSocket != nil:
		return question{"tcp", h.TCPSocket.Host, c.portText(h.TCPSocket.Port), ""}
	case h.GRPC != nil:
		q := question{how: "grpc", port: strconv.Itoa(int(h.GRPC.Port))}
		if h.GRPC.Service != nil {
			q.what = *h.GRPC.Service
		}
		return q
	case h.Exec != nil:
		return question{how: "exec", what: strings.Join(h.Exec.Command, "\x00")}
	}
	return question{}
}

// portText is a port by its number, where the container names it.
func (c *Container) portText(port intstr.IntOrString) string {
	if port.Type == intstr.String {
		if p := c.portNamed(port.StrVal); p != nil {
			return strconv.Itoa(int(p.ContainerPort))
		}
	}
	return port.String()
}

// portNamed is the port of a container with a name; nil where there is none.
func (c *Container) portNamed(name string) *corev1.ContainerPort {
	for i := range c.Ports {
		if c.Ports[i].Name == name {
			return &c.Ports[i]
		}
	}
	return nil
}

// hasTCPPort reports whether a container declares a port for TCP.
func (c *Container) hasTCPPort(number int) bool {
	for i := range c.Ports {
		if p := &c.Ports[i]; int(p.ContainerPort) == number && (p.Protocol == "" || p.Protocol == corev1.ProtocolTCP) {
			return true
		}
	}
	return false
}
