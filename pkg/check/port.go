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
	for c := range s.PodContainers() {
		for i := range c.Ports {
			key, p, at := c.Ports[i].Key, &c.Ports[i].Value, c.Path.With("ports", c.Ports[i].Key)
			if !names.PortName.Fits(key) {
				sink.KeyErrorf(schema.BadPort, at, "%s", names.PortName.Complaint(key)).
					Fix = "call it otherwise, as in http or grpc-admin"
			}
			if p.AppProtocol != "" && !names.LabelKey.Fits(p.AppProtocol) {
				sink.Errorf(schema.BadPort, at.With("appProtocol"), "%q is no protocol's name", p.AppProtocol).
					Fix = "write it as in http, grpc or kubernetes.io/h2c"
			}
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
	var before []placedPort
	for c := range s.PodContainers() {
		if c.Role == schema.InitContainer { // they run alone
			samePorts(sink, nil, portsOf(&c))
			continue
		}
		before = samePorts(sink, before, portsOf(&c))
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

// placedPort is a port of a container, and where it stands.
type placedPort struct {
	*schema.Entry[schema.Port]
	in tree.Path // the container
}

func (p *placedPort) at() tree.Path { return p.in.With("ports", p.Key) }

// name is how a message about another container calls the port.
func (p *placedPort) name(from *placedPort) string {
	switch {
	case p.in.String() == from.in.String():
		return p.Key
	case p.in == nil:
		return p.Key + " of the service"
	}
	return p.Key + " of " + p.in.String()
}

func portsOf(c *schema.PodContainer) []placedPort {
	ports := make([]placedPort, len(c.Ports))
	for i := range c.Ports {
		ports[i] = placedPort{&c.Ports[i], c.Path}
	}
	return ports
}

// samePorts compares ports with those before them, which it returns with them.
func samePorts(sink *report.Sink, before, ports []placedPort) []placedPort {
	for i := range ports {
		for j := range before {
			samePort(sink, &before[j], &ports[i])
		}
		before = append(before, ports[i])
	}
	return before
}

// samePort reports the name and the numbers that b shares with a, which stands
// before it.
func samePort(sink *report.Sink, a, b *placedPort) {
	if a.Key == b.Key { // of two containers
		sink.KeyErrorf(schema.BadPort, b.at(), "the name stands under %s too", a.name(b)).
			Fix = "call one of them otherwise: a Service finds a port by its name"
	}
	if protocol(a.Value.Protocol) != protocol(b.Value.Protocol) {
		return
	}
	if a.Value.ContainerPort == b.Value.ContainerPort {
		f := sink.Errorf(schema.BadPort, b.at().With("containerPort"), "port %d stands under %s too", b.Value.ContainerPort, a.name(b))
		f.Fix = "remove one; extraServices offers one port of the container under several numbers"
		if a.in.String() != b.in.String() {
			f.Fix = "let one of them listen on another: the containers of a pod share its address"
		}
		return
	}
	if isExposed(&a.Value) && isExposed(&b.Value) && a.Value.ServicePort() == b.Value.ServicePort() {
		sink.Errorf(schema.BadPort, b.at().With("port"), "port %d of the Service leads to %s too", b.Value.ServicePort(), a.name(b)).
			Fix = "give one of them another port"
	}
	if b.Value.HostPort != 0 && a.Value.HostPort == b.Value.HostPort {
		sink.Errorf(schema.BadPort, b.at().With("hostPort"), "port %d of the node leads to %s too", b.Value.HostPort, a.name(b))
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
	if port := s.PodPorts().Get(target); port != nil {
		return protocol(port.Protocol)
	}
	return protocol("")
}

// hostNetworkPorts: on the node's network a container's port is the node's.
func hostNetworkPorts(s *schema.Service, sink *report.Sink) {
	if s.HostNetwork == nil || !*s.HostNetwork {
		return
	}
	for c := range s.PodContainers() {
		for i := range c.Ports {
			if p := &c.Ports[i].Value; p.HostPort != 0 && p.HostPort != p.ContainerPort {
				sink.Errorf(schema.BadPort, c.Path.With("ports", c.Ports[i].Key, "hostPort"), "with hostNetwork the node's port is containerPort, %d", p.ContainerPort).
					Fix = "remove hostPort"
			}
		}
	}
}
