package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// routeOrigins are those of HTTPRoutes and GRPCRoutes; path is what a rule for one of
// paths has besides its backends.
func routeOrigins(path ...rule) []rule {
	return append(objectOrigins("{object}",
		rule{"spec", "{object}"},
		rule{"spec.parentRefs", "{routeParents}"},
		rule{"spec.parentRefs.{routeParent}.*", "{routeParent}.*"},
		rule{"spec.hostnames.*", "{object}.hostnames.*"},
		rule{"spec.rules", "{object}"},
		rule{"spec.rules.{routePath}.*", "{routePath}"},
		rule{"spec.rules.{routePath}.backendRefs.{any}.name", "{routePath}.service"},
		rule{"spec.rules.{routePath}.backendRefs.{any}.port", "{routePath}.port"},
		rule{"spec.rules.{routePath}.backendRefs.{any}.weight", "{routeWeight}"},
		rule{"spec.rules.{routeRule}.*", "{routeRule}.*"},
		rule{"spec.rules.{routeRule}.backendRefs.{routeRef}.*", "{routeRef}.*"},
		rule{"spec.rules.{routeRule}.backendRefs.{routeRef}.weight", "{routeWeight}"},
	), path...)
}

var (
	httpRouteOrigins = routeOrigins(rule{"spec.rules.{routePath}.matches.0.path.type", "{routePath}.pathType"})
	grpcRouteOrigins = routeOrigins()
)

// routeBackendRefs are the backends of one rule of the route as a person wrote them.
type routeBackendRefs []schema.RouteBackendRef

// routePlace is where the route stands in the service.
func (m *made) routePlace() (key string, r *schema.Route, rules []routeBackendRefs) {
	for i := range m.service.HTTPRoutes {
		own := &m.service.HTTPRoutes[i]
		if m.kind != "HTTPRoute" || schema.RouteName(own.Key, &own.Value.Route) != m.name {
			continue
		}
		for _, rule := range own.Value.Rules {
			rules = append(rules, rule.BackendRefs)
		}
		return own.Key, &own.Value.Route, rules
	}
	for i := range m.service.GRPCRoutes {
		own := &m.service.GRPCRoutes[i]
		if m.kind != "GRPCRoute" || schema.RouteName(own.Key, &own.Value.Route) != m.name {
			continue
		}
		for _, rule := range own.Value.Rules {
			rules = append(rules, rule.BackendRefs)
		}
		return own.Key, &own.Value.Route, rules
	}
	return "", nil, nil
}

func (m *made) routeField() string {
	if m.kind == "GRPCRoute" {
		return "grpcRoutes"
	}
	return "httpRoutes"
}

func routeParentsPlace(m *made, _ tree.Path) (found, bool) {
	key, r, _ := m.routePlace()
	if r != nil && r.Gateway != nil {
		return foundAt(m.routeField(), key, "gateway"), true
	}
	return foundAt(m.routeField(), key, "parentRefs"), r != nil
}

func routeParentPlace(m *made, at tree.Path) (found, bool) {
	f, ok := routeParentsPlace(m, at)
	if !ok || f.Path[2] == any("gateway") {
		return f, ok
	}
	i := lastIndex(at)
	return foundAt(f.Path.With(i)...), i >= 0
}

// ruleIndex is the index of the rule of the route that at leads to or through.
func ruleIndex(at tree.Path) int {
	if len(at) < 3 {
		return -1
	}
	i, isIndex := at[2].(int)
	if !isIndex {
		return -1
	}
	return i
}

// routePathPlace is one of paths, whose rules come first.
func routePathPlace(m *made, at tree.Path) (found, bool) {
	key, r, _ := m.routePlace()
	i := ruleIndex(at)
	if r == nil || i < 0 || i >= len(r.Paths) {
		return found{}, false
	}
	return foundAt(m.routeField(), key, "paths", r.Paths[i].Key), true
}

// routeRulePlace is one of rules.
func routeRulePlace(m *made, at tree.Path) (found, bool) {
	key, r, rules := m.routePlace()
	if r == nil {
		return found{}, false
	}
	i := ruleIndex(at) - len(r.Paths)
	return foundAt(m.routeField(), key, "rules", i), i >= 0 && i < len(rules)
}

// routeRefPlace is a backend of one of rules; that of a canary is the service's.
func routeRefPlace(m *made, at tree.Path) (found, bool) {
	f, ok := routeRulePlace(m, at)
	if !ok {
		return f, false
	}
	_, _, rules := m.routePlace()
	i, _ := m.refOf(rules[f.Path[3].(int)], lastIndex(at))
	return foundAt(f.Path.With("backendRefs", i)...), i >= 0
}

// refOf is which of refs the rendered backend at an index is made of, -1 of none, and
// the service that has a canary there.
func (m *made) refOf(refs routeBackendRefs, index int) (int, *schema.Service) {
	for i := range refs {
		_, target := routeObject(m.service, &refs[i])
		hasCanary := target.Canary != ""
		switch {
		case hasCanary && index <= 1:
			return i, target.Of
		case index == 0:
			return i, nil
		}
		if index--; hasCanary {
			index--
		}
	}
	return -1, nil
}

// routeWeightPlace is the weight of a canary where the backend, or the one beside it,
// is one; else that of the backend.
func routeWeightPlace(m *made, at tree.Path) (found, bool) {
	key, r, rules := m.routePlace()
	if r == nil {
		return found{}, false
	}
	i, j := ruleIndex(at), -1
	if len(at) > 4 {
		j, _ = at[4].(int)
	}
	var refs routeBackendRefs
	path := found{}
	switch {
	case i >= 0 && i < len(r.Paths):
		b := &r.Paths[i].Value
		refs = routeBackendRefs{{Name: b.Service, Port: b.Port}}
		path, _ = routePathPlace(m, at)
	case i >= len(r.Paths) && i-len(r.Paths) < len(rules):
		refs = rules[i-len(r.Paths)]
		own, _ := m.refOf(refs, j)
		path = foundAt(m.routeField(), key, "rules", i-len(r.Paths), "backendRefs", max(own, 0), "weight")
	default:
		return found{}, false
	}
	if _, canary := m.refOf(refs, j); canary != nil && canary.Name == m.service.Name {
		return foundAt("release", "canary", "weight"), true
	}
	return path, true
}
