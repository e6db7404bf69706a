package check

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
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
	if ref.Weight != nil && *ref.Weight > mostWeight && m.RouteTarget(ref.Name, ref.Port).Canary != "" {
		m.sink.Errorf(schema.BadRoute, at.With("weight"), "beside a canary a weight is at most %d", mostWeight)
	}
	isService := ref.Group == "" && (ref.Kind == "" || ref.Kind == "Service")
	if isService && ref.Namespace == "" {
		e.routeBackend(m, ref.Name, "name", ref.Port, at)
		return
	}
	fits(&m.sink, &names.DNSName, "the group", ref.Group, at.With("group"))
	fits(&m.sink, &names.DNSLabel, "the namespace", ref.Namespace, at.With("namespace"))
	switch {
	case ref.Name == "":
		m.sink.Errorf(schema.MissingField, at, "name is missing")
	case isService && e.world.Foreign[ref.Name] != nil:
		m.sink.KeyErrorf(schema.BadRoute, at.With("namespace"), "the namespace of %s is known", ref.Name).Fix = "remove it"
	case !names.DNSName.Fits(ref.Name):
		m.sink.Errorf(schema.BadName, at.With("name"), "the name %s", names.DNSName.Complaint(ref.Name))
	case ref.Port.Name != "":
		m.sink.Errorf(schema.UnknownPort, at.With("port"), "port %q: what is not of this project has its port by number", ref.Port.Name)
	case isService && ref.Port.IsZero():
		m.sink.Errorf(schema.UnknownPort, at, "a Service of another namespace needs its port, by number")
	}
}

// routeBackend judges a backend, which field names.
func (e *environment) routeBackend(m *member, name, field string, port schema.IntOrName, at tree.Path) {
	if foreign := e.world.Foreign[name]; foreign != nil {
		e.routeTo(m, foreign, name, port, at)
		return
	}
	if strings.Contains(name, "/") {
		if complaint, fix := e.foreignComplaint(name); complaint != "" && !e.world.IsIncomplete {
			m.sink.Errorf(schema.UnknownReference, at.With(field), "%s", complaint).Fix = fix
		}
		return
	}
	target := e.byName[name]
	if target != nil && target.NamespaceName() != m.NamespaceName() {
		e.routeTo(m, target, name, port, at) // a ReferenceGrant there may allow it
		return
	}
	if b := (&schema.IngressBackend{Service: name, Port: port}); !e.reaches(m.Service, b) {
		e.wrongTarget(m, b, field, at)
	}
}

// routeTo judges a backend that is a service of another namespace.
func (e *environment) routeTo(m *member, target *schema.Service, name string, port schema.IntOrName, at tree.Path) {
	switch exposed := target.ExposedPorts(); {
	case !target.HasService() || len(exposed) == 0:
		m.sink.Errorf(schema.UnknownPort, at, "service %s has no Service to lead to", name)
	case !offers(target, port):
		unknownPort(&m.sink, at.With("port"), "the Service of "+name, port, namesOf(exposed))
	}
}
