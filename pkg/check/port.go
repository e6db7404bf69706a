package check

import (
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// portNames: row 15. The names of an extra Service's ports are DNS labels, for
// no container has them.
func portNames(s *schema.Service, sink *report.Sink) {
	for i := range s.Ports {
		key, p := s.Ports[i].Key, &s.Ports[i].Value
		if !names.PortName.Fits(key) {
			sink.KeyErrorf(schema.BadPort, tree.P("ports", key), "%s", names.PortName.Complaint(key)).
				Fix = "call it otherwise, as in http or grpc-admin"
		}
		if p.AppProtocol != "" && !names.LabelKey.Fits(p.AppProtocol) {
			sink.Errorf(schema.BadPort, tree.P("ports", key, "appProtocol"), "%q is no protocol's name", p.AppProtocol).
				Fix = "write it as in http, grpc or kubernetes.io/h2c"
		}
	}
	for i := range s.ExtraServices {
		extra := &s.ExtraServices[i]
		for j := range extra.Value.Ports {
			key, p := extra.Value.Ports[j].Key, &extra.Value.Ports[j].Value
			if !names.DNSLabel.Fits(key) {
				sink.KeyErrorf(schema.BadPort, tree.P("extraServices", extra.Key, "ports", key), "%s", names.DNSLabel.Complaint(key))
			}
			if p.AppProtocol != "" && !names.LabelKey.Fits(p.AppProtocol) {
				sink.Errorf(schema.BadPort, tree.P("extraServices", extra.Key, "ports", key, "appProtocol"), "%q is no protocol's name", p.AppProtocol).
					Fix = "write it as in http, grpc or kubernetes.io/h2c"
			}
		}
	}
}

// portDuplicates: row 15, one number and protocol twice, in the container, on
// the node or on a Service.
func portDuplicates(s *schema.Service, sink *report.Sink) {
	for i := range s.Ports {
		for j := range i {
			samePort(sink, &s.Ports[j], &s.Ports[i])
		}
	}
	for i := range s.ExtraServices {
		extra := &s.ExtraServices[i]
		for j := range extra.Value.Ports {
			for k := range j {
				a, b := &extra.Value.Ports[k], &extra.Value.Ports[j]
				if a.Value.Port == b.Value.Port && protocolOf(s, a) == protocolOf(s, b) {
					sink.Errorf(schema.BadPort, tree.P("extraServices", extra.Key, "ports", b.Key, "port"), "port %d stands under %s too", b.Value.Port, a.Key)
				}
			}
		}
	}
}

// samePort reports the numbers that b shares with a, which stands before it.
func samePort(sink *report.Sink, a, b *schema.Entry[schema.Port]) {
	if protocol(a.Value.Protocol) != protocol(b.Value.Protocol) {
		return
	}
	if a.Value.ContainerPort == b.Value.ContainerPort {
		sink.Errorf(schema.BadPort, tree.P("ports", b.Key, "containerPort"), "port %d stands under %s too", b.Value.ContainerPort, a.Key).
			Fix = "remove one; extraServices offers one port of the container under several numbers"
		return
	}
	if isExposed(&a.Value) && isExposed(&b.Value) && a.Value.ServicePort() == b.Value.ServicePort() {
		sink.Errorf(schema.BadPort, tree.P("ports", b.Key, "port"), "port %d of the Service leads to %s too", b.Value.ServicePort(), a.Key).
			Fix = "give one of them another port"
	}
	if b.Value.HostPort != 0 && a.Value.HostPort == b.Value.HostPort {
		sink.Errorf(schema.BadPort, tree.P("ports", b.Key, "hostPort"), "port %d of the node leads to %s too", b.Value.HostPort, a.Key)
	}
}

func isExposed(p *schema.Port) bool { return p.Expose == nil || *p.Expose }

func protocol(name string) string {
	if name == "" {
		return "TCP"
	}
	return name
}

// protocolOf is that of the container's port that p leads to.
func protocolOf(s *schema.Service, p *schema.Entry[schema.ServicePort]) string {
	target := p.Value.TargetPort
	if target == "" {
		target = p.Key
	}
	if port := s.Ports.Get(target); port != nil {
		return protocol(port.Protocol)
	}
	return protocol("")
}

// hostNetworkPorts: on the node's network a container's port is the node's.
func hostNetworkPorts(s *schema.Service, sink *report.Sink) {
	if s.HostNetwork == nil || !*s.HostNetwork {
		return
	}
	for i := range s.Ports {
		if p := &s.Ports[i].Value; p.HostPort != 0 && p.HostPort != p.ContainerPort {
			sink.Errorf(schema.BadPort, tree.P("ports", s.Ports[i].Key, "hostPort"), "with hostNetwork the node's port is containerPort, %d", p.ContainerPort).
				Fix = "remove hostPort"
		}
	}
}
