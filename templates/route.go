package templates

import (
	"cmp"
	"strings"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

const (
	gatewayGroup = "gateway.networking.k8s.io"
	pathPrefix   = "PathPrefix"
	exact        = "Exact"
)

// HTTPRoutes lead HTTP requests that a Gateway takes to s and other services.
func HTTPRoutes(s *schema.Service) []*addon.HTTPRoute {
	var routes []*addon.HTTPRoute
	for i := range s.HTTPRoutes {
		key, r := s.HTTPRoutes[i].Key, &s.HTTPRoutes[i].Value
		route := newRoute[addon.HTTPRouteMatch](s, "HTTPRoute", key, &r.Route)
		for j := range r.Paths {
			path := &r.Paths[j]
			route.Spec.Rules = append(route.Spec.Rules, addon.RouteRule[addon.HTTPRouteMatch]{
				Matches:     []addon.HTTPRouteMatch{{Path: schema.RoutePathMatch{Type: cmp.Or(path.Value.PathType, pathPrefix), Value: path.Key}}},
				BackendRefs: pathBackends(s, &path.Value),
			})
		}
		for j := range r.Rules {
			rule := &r.Rules[j]
			route.Spec.Rules = append(route.Spec.Rules, addon.RouteRule[addon.HTTPRouteMatch]{
				Name:        rule.Name,
				Matches:     httpMatches(rule.Matches),
				Filters:     routeFilters(s, rule.Filters),
				BackendRefs: routeBackends(s, rule.BackendRefs),
				Timeouts:    rule.Timeouts,
			})
		}
		routes = append(routes, route)
	}
	return routes
}

// GRPCRoutes lead gRPC calls that a Gateway takes to s and other services.
func GRPCRoutes(s *schema.Service) []*addon.GRPCRoute {
	var routes []*addon.GRPCRoute
	for i := range s.GRPCRoutes {
		key, r := s.GRPCRoutes[i].Key, &s.GRPCRoutes[i].Value
		route := newRoute[schema.GRPCRouteMatch](s, "GRPCRoute", key, &r.Route)
		for j := range r.Paths {
			path := &r.Paths[j]
			route.Spec.Rules = append(route.Spec.Rules, addon.RouteRule[schema.GRPCRouteMatch]{
				Matches:     callsTo(path.Key),
				BackendRefs: pathBackends(s, &path.Value),
			})
		}
		for j := range r.Rules {
			rule := &r.Rules[j]
			route.Spec.Rules = append(route.Spec.Rules, addon.RouteRule[schema.GRPCRouteMatch]{
				Name:        rule.Name,
				Matches:     grpcMatches(rule.Matches),
				Filters:     routeFilters(s, rule.Filters),
				BackendRefs: routeBackends(s, rule.BackendRefs),
			})
		}
		routes = append(routes, route)
	}
	return routes
}

func newRoute[M any](s *schema.Service, kind, key string, r *schema.Route) *addon.Object[addon.RouteSpec[M]] {
	spec := addon.RouteSpec[M]{ParentRefs: routeParents(r), Hostnames: r.Hostnames}
	return addon.New(gatewayGroup+"/v1", kind, metadata(s, schema.RouteName(key, r), r.Annotations), spec)
}

func routeParents(r *schema.Route) []addon.RouteParent {
	refs := r.ParentRefs
	if r.Gateway != nil {
		refs = []schema.RouteParent{*r.Gateway}
	}
	var parents []addon.RouteParent
	for _, p := range refs {
		parent := addon.RouteParent{
			Group: gatewayGroup, Kind: "Gateway",
			Namespace: p.Namespace, Name: p.Name, SectionName: p.SectionName, Port: p.Port,
		}
		if p.Group != nil {
			parent.Group = *p.Group
		}
		if p.Kind != nil {
			parent.Kind = *p.Kind
		}
		parents = append(parents, parent)
	}
	return parents
}

// httpMatches are those of a rule, with what the CRD takes for granted.
func httpMatches(matches []schema.HTTPRouteMatch) []addon.HTTPRouteMatch {
	if len(matches) == 0 {
		return []addon.HTTPRouteMatch{{Path: schema.RoutePathMatch{Type: pathPrefix, Value: "/"}}}
	}
	var out []addon.HTTPRouteMatch
	for _, m := range matches {
		match := addon.HTTPRouteMatch{
			Path: schema.RoutePathMatch{Type: pathPrefix, Value: "/"}, Headers: valueMatches(m.Headers), QueryParams: valueMatches(m.QueryParams), Method: m.Method,
		}
		if m.Path != nil {
			match.Path = schema.RoutePathMatch{Type: cmp.Or(m.Path.Type, pathPrefix), Value: cmp.Or(m.Path.Value, "/")}
		}
		out = append(out, match)
	}
	return out
}

func valueMatches(matches []schema.RouteValueMatch) []schema.RouteValueMatch {
	var out []schema.RouteValueMatch
	for _, m := range matches {
		out = append(out, schema.RouteValueMatch{Type: cmp.Or(m.Type, exact), Name: m.Name, Value: m.Value})
	}
	return out
}

// callsTo are the calls of a path: /, /PACKAGE.SERVICE or /PACKAGE.SERVICE/METHOD.
func callsTo(path string) []schema.GRPCRouteMatch {
	service, method, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if service == "" {
		return nil
	}
	return []schema.GRPCRouteMatch{{Method: &schema.GRPCMethodMatch{Type: exact, Service: service, Method: method}}}
}

func grpcMatches(matches []schema.GRPCRouteMatch) []schema.GRPCRouteMatch {
	var out []schema.GRPCRouteMatch
	for _, m := range matches {
		match := schema.GRPCRouteMatch{Headers: valueMatches(m.Headers)}
		if m.Method != nil {
			match.Method = &schema.GRPCMethodMatch{Type: cmp.Or(m.Method.Type, exact), Service: m.Method.Service, Method: m.Method.Method}
		}
		out = append(out, match)
	}
	return out
}
