package check

import (
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// ingressBackends: row 7 and 24 for an Ingress, which may lead to the ports of
// other services of the project.
func ingressBackends(e *environment) {
	for i := range e.members {
		m := &e.members[i]
		if m.Ingress == nil {
			continue
		}
		for j := range m.Ingress.Hosts {
			host := &m.Ingress.Hosts[j]
			for k := range host.Value {
				if p := &host.Value[k]; !e.reaches(m.Service, &p.Value) {
					e.wrongBackend(m, &p.Value, "ingress", "hosts", host.Key, p.Key)
				}
			}
		}
		if b := m.Ingress.DefaultBackend; b != nil && !e.reaches(m.Service, b) {
			e.wrongBackend(m, b, "ingress", "defaultBackend")
		}
	}
}

// reaches reports whether a backend leads to a port of a Service.
func (e *environment) reaches(s *schema.Service, b *schema.IngressBackend) bool {
	target := s
	if b.Service != "" && b.Service != s.Name {
		target = e.service(b.Service)
	}
	if target == nil {
		extra := e.extraService(s.NamespaceName(), b.Service)
		return extra != nil && offersExtra(extra, b.Port) || extra == nil && e.world.IsIncomplete
	}
	return target.NamespaceName() == s.NamespaceName() && target.HasService() && offers(target, b.Port)
}

// offers reports whether the Service of s has the port; no port is the first.
func offers(s *schema.Service, port schema.IntOrName) bool {
	ports := s.PodPorts()
	for i := range ports {
		p := &ports[i]
		if isExposed(&p.Value) && (port.IsZero() || port.Name == p.Key || port.Name == "" && port.Number == p.Value.ServicePort()) {
			return true
		}
	}
	return false
}

// extra is an extra Service and the service it stands in front of.
type extra struct {
	owner *schema.Service
	*schema.ExtraService
}

func (e *environment) extraService(namespace, name string) *extra {
	for i := range e.members {
		s := e.members[i].Service
		for j := range s.ExtraServices {
			x := &s.ExtraServices[j]
			if schema.ExtraServiceName(x.Key, &x.Value) == name && s.NamespaceName() == namespace {
				return &extra{s, &x.Value}
			}
		}
	}
	return nil
}

// offersExtra is offers for an extra Service, whose port has to be named.
func offersExtra(x *extra, port schema.IntOrName) bool {
	if port.IsZero() {
		return false
	}
	if len(x.Ports) == 0 {
		return offers(x.owner, port)
	}
	for i := range x.Ports {
		if port.Name == x.Ports[i].Key || port.Name == "" && port.Number == x.Ports[i].Value.Port {
			return true
		}
	}
	return false
}

// wrongBackend says why a backend leads nowhere.
func (e *environment) wrongBackend(m *member, b *schema.IngressBackend, at ...any) {
	e.wrongTarget(m, b, "service", at)
}

// wrongTarget is wrongBackend where field names the service.
func (e *environment) wrongTarget(m *member, b *schema.IngressBackend, field string, path tree.Path) {
	target := m.Service
	if b.Service != "" && b.Service != m.Name {
		target = e.service(b.Service)
		if x := e.extraService(m.NamespaceName(), b.Service); target == nil && x != nil {
			names := namesOf(x.Ports)
			if len(x.Ports) == 0 {
				names = namesOf(x.owner.ExposedPorts())
			}
			if b.Port.IsZero() {
				m.sink.Errorf(schema.UnknownPort, path, "the port of %s has to be named", b.Service).Fix = "its ports are " + list(names)
				return
			}
			unknownPort(&m.sink, path.With("port"), b.Service, b.Port, names)
			return
		}
		if target == nil {
			m.sink.Errorf(schema.UnknownReference, path.With(field), "the project has no service %q%s", b.Service, suggest.Hint(b.Service, e.names()))
			return
		}
	}
	owner := "the Service"
	if target != m.Service {
		owner = "the Service of " + target.Name
	}
	switch exposed := target.ExposedPorts(); {
	case target.NamespaceName() != m.NamespaceName():
		m.sink.Errorf(schema.UnknownReference, path.With(field), "an Ingress reaches its own namespace alone, service %s is in %s", target.Name, target.NamespaceName())
	case !target.HasService():
		m.sink.Errorf(schema.UnknownPort, path, "service %s has no Service to lead to", target.Name).
			Fix = makeService(target)
	case b.Port.IsZero():
		m.sink.Errorf(schema.UnknownPort, path, "%s has no port to take", owner).Fix = "add the port under ports"
	default:
		unknownPort(&m.sink, path.With("port"), owner, b.Port, namesOf(exposed))
	}
}

// makeService says how a service that has no Service comes to one.
func makeService(s *schema.Service) string {
	if s.EndsByItself() {
		return "lead to a service that runs on: a " + s.Kind + " has none"
	}
	return "give it a port, and do not decline its Service"
}
