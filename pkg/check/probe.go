package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// probes: row 13 and the ports of row 7.
func probes(s *schema.Service, sink *report.Sink) {
	probe(s, sink, "liveness", s.Probes.Liveness)
	probe(s, sink, "readiness", s.Probes.Readiness)
	probe(s, sink, "startup", s.Probes.Startup)
	if s.Lifecycle != nil {
		handlerPorts(s, sink, "postStart", s.Lifecycle.PostStart)
		handlerPorts(s, sink, "preStop", s.Lifecycle.PreStop)
	}
}

func probe(s *schema.Service, sink *report.Sink, name string, p *schema.Probe) {
	if p == nil || p.Declined {
		return
	}
	switch handlers(p) {
	case 0:
		sink.Errorf(schema.BadProbe, tree.P("probes", name), "the probe asks nothing").
			Fix = "add one of httpGet, tcpSocket, exec and grpc, or set " + name + ": false"
	case 1:
		probePort(s, sink, name, p)
	default:
		sink.Errorf(schema.BadProbe, tree.P("probes", name), "the probe asks in more than one way").
			Fix = "keep one of httpGet, tcpSocket, exec and grpc"
	}
	if name != "readiness" && p.SuccessThreshold > 1 {
		sink.Errorf(schema.BadProbe, tree.P("probes", name, "successThreshold"), "%d: a %s probe has succeeded after one try", p.SuccessThreshold, name).
			Fix = "remove successThreshold"
	}
	if name == "readiness" && p.TerminationGracePeriodSeconds != nil {
		sink.Errorf(schema.BadProbe, tree.P("probes", name, "terminationGracePeriodSeconds"), "a readiness probe stops no container, so it has no grace period").
			Fix = "remove it"
	}
	if p.Exec != nil && len(p.Exec.Command) == 0 {
		sink.Errorf(schema.BadProbe, tree.P("probes", name, "exec", "command"), "the probe runs no command")
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
