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
// as a Service calls it, or as its number is known, and stays without a name in the pod: a
// Service that led to it by name would lose the pods that run.
func (f *workload) ports(p *place) {
	for i := range p.Ports {
		from, at := &p.Ports[i], p.at.With("ports", i)
		if from.ContainerPort == 0 || f.isTaken(p, from) {
			f.tell(convert.Debt, at, p.field("ports"), "the pods have the number already: a patch keeps it")
			continue
		}
		name, to := from.Name, f.port(p, from)
		if isTaken := f.hasPort(p, name); name == "" || isTaken {
			name, to.Named = f.nameFor(p, from), new(bool)
			if isTaken {
				f.tell(convert.Debt, at, p.field("ports", name), "another port of the pods has the name: the service calls it %s, and a patch keeps its name", name)
			}
		}
		p.to.Ports = append(p.to.Ports, schema.Entry[schema.Port]{Key: name, Value: to})
	}
}

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
