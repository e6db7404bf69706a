package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// The node ports that a cluster gives out unless it was told otherwise.
const (
	lowestNodePort  = 30000
	highestNodePort = 32767
)

// nodePorts: row 16.
func nodePorts(s *schema.Service, sink *report.Sink) {
	ports := s.PodPorts()
	for i := range ports {
		p := &ports[i].Value
		if p.NodePort == 0 {
			continue
		}
		at := s.PortPath(ports[i].Key).With("nodePort")
		if !isExposed(p) {
			sink.Errorf(schema.BadNodePort, at, "the port does not stand on the Service").Fix = "remove nodePort, or expose: false"
			continue
		}
		nodePort(sink, at, p.NodePort, s.Service, "service")
	}
	for i := range s.ExtraServices {
		extra := &s.ExtraServices[i]
		for j := range extra.Value.Ports {
			if p := &extra.Value.Ports[j]; p.Value.NodePort != 0 {
				nodePort(sink, tree.P("extraServices", extra.Key, "ports", p.Key, "nodePort"), p.Value.NodePort,
					&extra.Value.ServiceOptions, "extraServices: "+extra.Key)
			}
		}
	}
}

func nodePort(sink *report.Sink, at tree.Path, port int32, options *schema.ServiceOptions, where string) {
	if port < lowestNodePort || port > highestNodePort {
		sink.Errorf(schema.BadNodePort, at, "%d: a node port is a number from %d to %d", port, lowestNodePort, highestNodePort)
	}
	switch {
	case options != nil && options.Declined:
		sink.Errorf(schema.BadNodePort, at, "there is no Service to have a node port").Fix = "remove nodePort, or service: false"
	case options.IsHeadless():
		sink.Errorf(schema.BadNodePort, at, "a headless Service has no node port").Fix = "remove nodePort, or headless"
	case !hasNodePorts(options):
		sink.Errorf(schema.BadNodePort, at, "a Service of type ClusterIP has no node port").
			Fix = "remove nodePort, or add " + where + `: type: "NodePort"`
	}
}

// hasNodePorts reports whether a Service is reached through the nodes.
func hasNodePorts(o *schema.ServiceOptions) bool {
	return o != nil && (o.Type == "NodePort" || o.Type == "LoadBalancer")
}

// nodePortsTwice: row 16, one port of the nodes for two Services.
func nodePortsTwice(e *environment) {
	type claim struct {
		port     int32
		protocol string
	}
	var taken map[claim]string
	take := func(m *member, port int32, protocol string, at ...any) {
		if port == 0 {
			return
		}
		if taken == nil {
			taken = map[claim]string{}
		}
		c := claim{port, protocol}
		if owner, isTaken := taken[c]; isTaken {
			m.sink.Errorf(schema.BadNodePort, at, "node port %d is taken by service %s", port, owner).
				Fix = "choose another, or remove it: the cluster then gives one out"
			return
		}
		taken[c] = m.Name
	}
	for i := range e.members {
		m := &e.members[i]
		ports := m.PodPorts()
		for j := range ports {
			p := &ports[j].Value
			take(m, p.NodePort, protocol(p.Protocol), m.PortPath(ports[j].Key).With("nodePort")...)
		}
		for j := range m.ExtraServices {
			extra := &m.ExtraServices[j]
			for k := range extra.Value.Ports {
				p := &extra.Value.Ports[k]
				take(m, p.Value.NodePort, protocolOf(m.Service, p), "extraServices", extra.Key, "ports", p.Key, "nodePort")
			}
		}
	}
}
