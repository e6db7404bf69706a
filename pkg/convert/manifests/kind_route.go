package manifests

import (
	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// routeSpec is the spec of a route in the words of the schema, which are those of the
// Gateway API.
type routeSpec[R any] struct {
	ParentRefs []schema.RouteParent `json:"parentRefs,omitempty"`
	Hostnames  []string             `json:"hostnames,omitempty"`
	Rules      []R                  `json:"rules,omitempty"`
}

// fillHTTPRoute is the inverse of templates.HTTPRoutes.
func (c *converter) fillHTTPRoute(g *Group, o *Object, s *schema.Service) bool {
	route, isKnown := decoded[addon.Object[routeSpec[schema.HTTPRouteRule]]](o)
	if !isKnown || s.HTTPRoutes.Has(o.Name) {
		return false
	}
	rules := route.Spec.Rules
	for i := range rules {
		if !c.fillBackends(g, rules[i].BackendRefs) || !c.fillMirrors(g, rules[i].Filters) {
			return false
		}
	}
	made := schema.HTTPRoute{Route: routeOf(o, route.Spec.ParentRefs, route.Spec.Hostnames)}
	if made.Paths = pathsOf(rules); made.Paths == nil {
		made.Rules = rules
	}
	s.HTTPRoutes = append(s.HTTPRoutes, schema.Entry[schema.HTTPRoute]{Key: o.Name, Value: made})
	return true
}

// fillGRPCRoute is the inverse of templates.GRPCRoutes.
func (c *converter) fillGRPCRoute(g *Group, o *Object, s *schema.Service) bool {
	route, isKnown := decoded[addon.Object[routeSpec[schema.GRPCRouteRule]]](o)
	if !isKnown || s.GRPCRoutes.Has(o.Name) {
		return false
	}
	rules := route.Spec.Rules
	for i := range rules {
		if !c.fillBackends(g, rules[i].BackendRefs) || !c.fillMirrors(g, rules[i].Filters) {
			return false
		}
	}
	made := schema.GRPCRoute{Route: routeOf(o, route.Spec.ParentRefs, route.Spec.Hostnames)}
	if made.Paths = callsOf(rules); made.Paths == nil {
		made.Rules = rules
	}
	s.GRPCRoutes = append(s.GRPCRoutes, schema.Entry[schema.GRPCRoute]{Key: o.Name, Value: made})
	return true
}

func routeOf(o *Object, parents []schema.RouteParent, hostnames []string) schema.Route {
	route := schema.Route{Annotations: annotationsOf(o), Hostnames: hostnames}
	for i := range parents {
		p := &parents[i]
		if p.Group != nil && *p.Group == "gateway.networking.k8s.io" {
			p.Group = nil
		}
		if p.Kind != nil && *p.Kind == "Gateway" {
			p.Kind = nil
		}
	}
	if len(parents) == 1 && parents[0].Group == nil && parents[0].Kind == nil {
		route.Gateway = &parents[0]
	} else {
		route.ParentRefs = parents
	}
	return route
}

// fillBackends calls the Services that requests go to as the project does; false where
// the project does not have one.
func (c *converter) fillBackends(g *Group, refs []schema.RouteBackendRef) bool {
	for i := range refs {
		ref := &refs[i]
		if !c.fillBackend(g, ref.Group, &ref.Kind, &ref.Name, ref.Namespace, &ref.Port) || !c.fillMirrors(g, ref.Filters) {
			return false
		}
		if ref.Weight != nil && *ref.Weight == 1 {
			ref.Weight = nil
		}
	}
	return true
}

func (c *converter) fillMirrors(g *Group, filters []schema.RouteFilter) bool {
	for i := range filters {
		if m := filters[i].RequestMirror; m != nil {
			b := &m.BackendRef
			if !c.fillBackend(g, b.Group, &b.Kind, &b.Name, b.Namespace, &b.Port) {
				return false
			}
		}
	}
	return true
}

func (c *converter) fillBackend(g *Group, group string, kind, name *string, namespace string, port *schema.IntOrName) bool {
	if *kind == "Service" && group == "" {
		*kind = ""
	}
	if group != "" || *kind != "" || namespace != "" {
		return namespace == "" || namespace != c.namespace
	}
	called, target := c.serviceCalled(g, *name)
	if target == nil {
		return false
	}
	*name = called
	key, _, isOffered := c.offered(target, *port)
	if key != "" {
		*port = schema.IntOrName{Name: key} // a route has its number all the same
	}
	return isOffered
}

// pathsOf are rules that are each one path to one backend; nil for others.
func pathsOf(rules []schema.HTTPRouteRule) (paths schema.Map[schema.RouteBackend]) {
	for i := range rules {
		r := &rules[i]
		if len(r.Matches) != 1 || r.Name != "" || r.Timeouts != nil || len(r.Filters) > 0 || !isPlainBackend(r.BackendRefs) {
			return nil
		}
		m := &r.Matches[0]
		if m.Path == nil || m.Path.Value == "" || m.Method != "" || len(m.Headers)+len(m.QueryParams) > 0 || paths.Has(m.Path.Value) {
			return nil
		}
		backend := schema.RouteBackend{Service: r.BackendRefs[0].Name, Port: r.BackendRefs[0].Port, PathType: m.Path.Type}
		if backend.PathType == "PathPrefix" {
			backend.PathType = ""
		}
		paths = append(paths, schema.Entry[schema.RouteBackend]{Key: m.Path.Value, Value: backend})
	}
	return paths
}

// callsOf is the same for calls: a path is /SERVICE/METHOD.
func callsOf(rules []schema.GRPCRouteRule) (paths schema.Map[schema.RouteBackend]) {
	for i := range rules {
		r := &rules[i]
		if len(r.Matches) > 1 || r.Name != "" || len(r.Filters) > 0 || !isPlainBackend(r.BackendRefs) {
			return nil
		}
		path := "/"
		if len(r.Matches) == 1 {
			m := r.Matches[0].Method
			if m == nil || m.Service == "" || m.Type != "" && m.Type != "Exact" || len(r.Matches[0].Headers) > 0 {
				return nil
			}
			if path += m.Service; m.Method != "" {
				path += "/" + m.Method
			}
		}
		if paths.Has(path) {
			return nil
		}
		backend := schema.RouteBackend{Service: r.BackendRefs[0].Name, Port: r.BackendRefs[0].Port}
		paths = append(paths, schema.Entry[schema.RouteBackend]{Key: path, Value: backend})
	}
	return paths
}

func isPlainBackend(refs []schema.RouteBackendRef) bool {
	return len(refs) == 1 && refs[0].Group == "" && refs[0].Kind == "" && refs[0].Namespace == "" && refs[0].Weight == nil && len(refs[0].Filters) == 0
}
