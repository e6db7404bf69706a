package check

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// routeBackends: rows 7 and 24 for the routes of Gateways.
func routeBackends(e *environment) {
	for i := range e.members {
		m := &e.members[i]
		for r := range gatewayRoutes(m.Service) {
			for j := range r.Paths {
				p := &r.Paths[j]
				e.routeBackend(m, p.Value.Service, "service", p.Value.Port, r.at.With("paths", p.Key))
			}
			for j := range r.rules {
				rule, at := &r.rules[j], r.at.With("rules", j)
				e.mirrors(m, rule.filters, at)
				for k := range rule.backendRefs {
					ref, at := &rule.backendRefs[k], at.With("backendRefs", k)
					e.backendRef(m, ref, at)
					e.mirrors(m, ref.Filters, at)
				}
			}
		}
	}
}

func (e *environment) mirrors(m *member, filters []schema.RouteFilter, at tree.Path) {
	for i := range filters {
		if mirror := filters[i].RequestMirror; mirror != nil {
			b := &mirror.BackendRef
			ref := &schema.RouteBackendRef{Group: b.Group, Kind: b.Kind, Name: b.Name, Namespace: b.Namespace, Port: b.Port}
			e.backendRef(m, ref, at.With("filters", i, "requestMirror", "backendRef"))
		}
	}
}

// mostWeight is the weight up to which a canary's share of it can be told in percent.
const mostWeight = 10000

func (e *environment) backendRef(m *member, ref *schema.RouteBackendRef, at tree.Path) {
	if ref.Weight != nil && *ref.Weight > mostWeight && m.RouteTarget(ref.Name, ref.Port).Of.HasCanary() {
		m.sink.Errorf(schema.BadRoute, at.With("weight"), "beside a canary a weight is at most %d", mostWeight)
	}
	isOfProject := ref.Group == "" && (ref.Kind == "" || ref.Kind == "Service") && ref.Namespace == ""
	switch {
	case isOfProject:
		e.routeBackend(m, ref.Name, "name", ref.Port, at)
	case ref.Name == "":
		m.sink.Errorf(schema.MissingField, at, "name is missing")
	case ref.Port.Name != "":
		m.sink.Errorf(schema.UnknownPort, at.With("port"), "port %q: what is not of this project has its port by number", ref.Port.Name)
	}
}

// routeBackend judges a backend, which field names.
func (e *environment) routeBackend(m *member, name, field string, port schema.IntOrName, at tree.Path) {
	if foreign := e.world.Foreign[name]; foreign != nil {
		switch {
		case !foreign.HasService():
			m.sink.Errorf(schema.UnknownPort, at, "service %s has no Service to lead to", name)
		case !offers(foreign, port):
			unknownPort(&m.sink, at.With("port"), "the Service of "+name, port, namesOf(foreign.ExposedPorts()))
		}
		return
	}
	target := e.byName[name]
	if target != nil && target.NamespaceName() != m.NamespaceName() && offers(target, port) {
		return // a ReferenceGrant there may allow it
	}
	if b := (&schema.IngressBackend{Service: name, Port: port}); !e.reaches(m.Service, b) {
		e.wrongTarget(m, b, field, at)
	}
}
