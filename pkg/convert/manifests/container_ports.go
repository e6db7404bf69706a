package manifests

import (
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/schema"
)

// ports writes the ports of a container under their names. One without a name is called
// as a Service calls it, or as its number is known, and stays without a name in the pod.
func (f *workload) ports(p *place) {
	isLeft := f.leavesPorts(p)
	for i := range p.Ports {
		from, at := &p.Ports[i], p.at.With("ports", i)
		switch {
		case from.ContainerPort == 0 || f.isTaken(p, from) && !isLeft:
			f.tell(convert.Debt, at, p.field("ports"), "the pods have the number already: a patch keeps it")
			continue
		case f.isTaken(p, from):
			f.tell(convert.Changed, at, p.field("ports"), "the container has the number already: the port is left out")
			continue
		case isLeft && from.HostIP != "":
			f.tell(convert.Changed, at.With("hostIP"), p.field("ports"), "kgen has no words for it: the port is open on all addresses of the node")
		}
		name, to := from.Name, f.port(p, from)
		switch {
		case name == "":
			name, to.Named = f.nameFor(p, from), new(bool) // a Service that led to it by name would lose the pods that run
		case f.hasPort(p, name):
			name = f.nameFor(p, from)
			f.tell(convert.Changed, at, p.field("ports", name), "ports of kgen have names of their own in the pod: it is called %s", name)
			f.c.intends(f.o, at.With("name"), namedPorts)
		}
		p.to.Ports = append(p.to.Ports, schema.Entry[schema.Port]{Key: name, Value: to})
	}
}

// namedPorts is the reason why a port has a name.
const namedPorts = "ports of kgen have names"

func (f *workload) port(p *place, from *corev1.ContainerPort) schema.Port {
	to := schema.Port{ContainerPort: from.ContainerPort, HostPort: from.HostPort}
	if from.Protocol != "" && from.Protocol != corev1.ProtocolTCP {
		to.Protocol = string(from.Protocol)
	}
	if p.role != schema.InitContainer && f.served(from) == nil {
		isExposed := false
		to.Expose = &isExposed
	}
	return to
}

// leavesPorts leaves the ports of a container to kgen where a patch could not say of one
// without a name what else it has: its number is that of another one too, and a patch
// finds ports by their numbers.
func (f *workload) leavesPorts(p *place) bool {
	for i := range p.Ports {
		if p.Ports[i].Name == "" && isNumberTwice(p.Ports, i) {
			f.c.intends(f.o, p.at.With("ports"), namedPorts)
			return true
		}
	}
	return false
}

// isNumberTwice reports whether a port has a number that another one has too.
func isNumberTwice(ports []corev1.ContainerPort, i int) bool {
	n := 0
	for j := range ports {
		if ports[j].ContainerPort == ports[i].ContainerPort {
			n++
		}
	}
	return n > 1
}

// isTaken reports whether a port of the pods has the number already.
func (f *workload) isTaken(p *place, port *corev1.ContainerPort) bool {
	return f.anyPort(p, func(_ string, other *schema.Port) bool {
		return other.ContainerPort == port.ContainerPort && protocolOr(other.Protocol) == protocolOr(string(port.Protocol))
	})
}

// hasPort reports whether a port of the pods has the name already.
func (f *workload) hasPort(p *place, name string) bool {
	return f.anyPort(p, func(key string, _ *schema.Port) bool { return key == name })
}

// anyPort asks of the ports of the container itself and, unless it is an init container,
// which runs alone, of those of the others that run.
func (f *workload) anyPort(p *place, ask func(string, *schema.Port) bool) bool {
	for i := range f.places {
		other := &f.places[i]
		if other.to != p.to && (p.role == schema.InitContainer || other.role == schema.InitContainer) {
			continue
		}
		for j := range other.to.Ports {
			if ask(other.to.Ports[j].Key, &other.to.Ports[j].Value) {
				return true
			}
		}
	}
	return false
}

func protocolOr(p string) string {
	if p == "" {
		return string(corev1.ProtocolTCP)
	}
	return p
}

// nameFor is a name for a port that no port of the pods has.
func (f *workload) nameFor(p *place, port *corev1.ContainerPort) string {
	numbered := strings.ToLower(protocolOr(string(port.Protocol))) + "-" + strconv.Itoa(int(port.ContainerPort))
	tries := []string{convert.PortNames[port.ContainerPort], numbered}
	if served := f.served(port); served != nil {
		tries = slices.Insert(tries, 0, served.Name)
	}
	for _, name := range tries {
		isTheirs := slices.ContainsFunc(p.Ports, func(other corev1.ContainerPort) bool { return other.Name == name })
		if names.PortName.Fits(name) && !isTheirs && !f.hasPort(p, name) {
			return name
		}
	}
	return numbered
}

// served is the port of the first Service that leads to a port; nil where none does.
func (f *workload) served(port *corev1.ContainerPort) *corev1.ServicePort {
	for _, service := range f.services {
		for i := range service.Spec.Ports {
			if leadsTo(&service.Spec.Ports[i], port) {
				return &service.Spec.Ports[i]
			}
		}
	}
	return nil
}

func leadsTo(from *corev1.ServicePort, port *corev1.ContainerPort) bool {
	target := from.TargetPort
	if target == (intstr.IntOrString{}) {
		target = intstr.FromInt32(from.Port)
	}
	if protocolOr(string(from.Protocol)) != protocolOr(string(port.Protocol)) {
		return false
	}
	if target.Type == intstr.String {
		return target.StrVal == port.Name && port.Name != ""
	}
	return target.IntVal == port.ContainerPort
}
