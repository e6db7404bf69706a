package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/schema"
)

// probes: row 13 and the ports of row 7.
func probes(s *schema.Service, sink *report.Sink) {
	for c := range s.PodContainers() {
		if c.Role == schema.InitContainer {
			continue // has none, which startedContainers says
		}
		probe(s, &c, sink, "liveness", c.Probes.Liveness)
		probe(s, &c, sink, "readiness", c.Probes.Readiness)
		probe(s, &c, sink, "startup", c.Probes.Startup)
		if c.Lifecycle != nil {
			handlerPorts(s, &c, sink, "postStart", c.Lifecycle.PostStart)
			handlerPorts(s, &c, sink, "preStop", c.Lifecycle.PreStop)
		}
	}
}

func probe(s *schema.Service, c *schema.PodContainer, sink *report.Sink, name string, p *schema.Probe) {
	if p == nil || p.Declined {
		return
	}
	at := c.Path.With("probes", name)
	switch handlers(p) {
	case 0:
		sink.Errorf(schema.BadProbe, at, "the probe asks nothing").
			Fix = "add one of httpGet, tcpSocket, exec and grpc, or set " + name + ": false"
	case 1:
		probePort(s, c, sink, at, p)
	default:
		sink.Errorf(schema.BadProbe, at, "the probe asks in more than one way").
			Fix = "keep one of httpGet, tcpSocket, exec and grpc"
	}
	if name != "readiness" && p.SuccessThreshold > 1 {
		sink.Errorf(schema.BadProbe, at.With("successThreshold"), "%d: a %s probe has succeeded after one try", p.SuccessThreshold, name).
			Fix = "remove successThreshold"
	}
	if name == "readiness" && p.TerminationGracePeriodSeconds != nil {
		sink.Errorf(schema.BadProbe, at.With("terminationGracePeriodSeconds"), "a readiness probe stops no container, so it has no grace period").
			Fix = "remove it"
	}
	if p.Exec != nil && len(p.Exec.Command) == 0 {
		sink.Errorf(schema.BadProbe, at.With("exec", "command"), "the probe runs no command")
	}
}

func handlers(p *schema.Probe) int {
	n := 0
	for _, isSet := range [...]bool{p.HTTPGet != nil, p.TCPSocket != nil, p.Exec != nil, p.GRPC != nil} {
		if isSet {
			n++
		}
	}
	return n
}
