package check

import (
	"iter"
	"regexp"
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// gatewayRoute is an HTTPRoute or a GRPCRoute.
type gatewayRoute struct {
	*schema.Route
	key    string
	at     tree.Path
	isGRPC bool
	rules  []routeRule
}

// routeRule is what the rules of both have in common; matches tell two of them apart.
type routeRule struct {
	filters     []schema.RouteFilter
	backendRefs []schema.RouteBackendRef
	matches     []string
}

// gatewayRoutes are all routes of a service.
func gatewayRoutes(s *schema.Service) iter.Seq[*gatewayRoute] {
	return func(yield func(*gatewayRoute) bool) {
		for i := range s.HTTPRoutes {
			key, own := s.HTTPRoutes[i].Key, &s.HTTPRoutes[i].Value
			r := &gatewayRoute{Route: &own.Route, key: key, at: tree.P("httpRoutes", key)}
			for j := range own.Rules {
				rule := &own.Rules[j]
				r.rules = append(r.rules, routeRule{rule.Filters, rule.BackendRefs, httpMatches(rule.Matches)})
			}
			if !yield(r) {
				return
			}
		}
		for i := range s.GRPCRoutes {
			key, own := s.GRPCRoutes[i].Key, &s.GRPCRoutes[i].Value
			r := &gatewayRoute{Route: &own.Route, key: key, at: tree.P("grpcRoutes", key), isGRPC: true}
			for j := range own.Rules {
				rule := &own.Rules[j]
				r.rules = append(r.rules, routeRule{rule.Filters, rule.BackendRefs, grpcMatches(rule.Matches)})
			}
			if !yield(r) {
				return
			}
		}
	}
}

// mostOfRoute is how many hostnames, and rules, the CRDs of routes allow.
const mostOfRoute = 16

// routes: rows 18 and 27 for the routes of Gateways, and routes that lead nowhere.
func routes(s *schema.Service, sink *report.Sink) {
	for r := range gatewayRoutes(s) {
		if name := schema.RouteName(r.key, r.Route); !names.DNSName.Fits(name) {
			sink.KeyErrorf(schema.BadName, r.at, "the route's name %s", names.DNSName.Complaint(name))
		}
		routeParents(r, sink)
		for i, host := range r.Hostnames {
			if complaint := hostComplaint(host); complaint != "" {
				sink.Errorf(schema.BadName, r.at.With("hostnames", i), "%s", complaint)
			}
		}
		if len(r.Paths)+len(r.rules) == 0 {
			sink.KeyErrorf(schema.BadRoute, r.at, "the route leads nowhere").Fix = `add paths: "/": "PORT", or rules`
		}
		if len(r.Paths)+len(r.rules) > mostOfRoute || len(r.Hostnames) > mostOfRoute {
			sink.KeyErrorf(schema.BadRoute, r.at, "a route has at most %d hostnames, and as many paths and rules", mostOfRoute).Fix = "make two of it"
		}
		for i := range r.Paths {
			routePath(r, &r.Paths[i], sink)
		}
		for i := range r.rules {
			rule := &r.rules[i]
			at := r.at.With("rules", i)
			routeFilters(rule.filters, r.isGRPC, sink, at)
			if len(rule.backendRefs) == 0 && !answers(rule.filters) {
				sink.Errorf(schema.BadRoute, at, "the rule leads nowhere").Fix = `add backendRefs: [{port: "PORT"}], or a filter that redirects`
			}
			for j := range rule.backendRefs {
				routeFilters(rule.backendRefs[j].Filters, r.isGRPC, sink, at.With("backendRefs", j))
			}
		}
	}
}

func routeParents(r *gatewayRoute, sink *report.Sink) {
	if r.Gateway == nil && len(r.ParentRefs) == 0 {
		sink.KeyErrorf(schema.BadRoute, r.at, "the route has no Gateway").Fix = `add gateway: "NAMESPACE/NAME"`
	}
	parents, at := r.ParentRefs, r.at.With("parentRefs")
	if r.Gateway != nil {
		parents, at = []schema.RouteParent{*r.Gateway}, r.at
	}
	for i := range parents {
		p, place := &parents[i], at.With("gateway")
		if r.Gateway == nil {
			place = at.With(i)
		}
		for _, name := range []struct{ field, text string }{{"namespace", p.Namespace}, {"name", p.Name}, {"sectionName", p.SectionName}} {
			if isLeftOut := name.text == "" && name.field != "name"; !isLeftOut && !names.DNSName.Fits(name.text) {
				sink.Errorf(schema.BadName, place.With(name.field), "the Gateway's %s: %s", name.field, names.DNSName.Complaint(name.text)).
					Fix = "write NAMESPACE/NAME, NAMESPACE/NAME/LISTENER, or NAME"
			}
		}
	}
}

// grpcPath is /, /PACKAGE.SERVICE or /PACKAGE.SERVICE/METHOD; the names are those that
// the CRD takes.
var grpcPath = regexp.MustCompile(`^/([A-Za-z_][A-Za-z_0-9]*(\.[A-Za-z_][A-Za-z_0-9]*)*(/[A-Za-z_][A-Za-z_0-9]*)?)?$`)

// routePath: row 27.
func routePath(r *gatewayRoute, p *schema.Entry[schema.RouteBackend], sink *report.Sink) {
	at := r.at.With("paths", p.Key)
	if r.isGRPC {
		if p.Value.PathType != "" {
			sink.Errorf(schema.BadRoute, at.With("pathType"), "the path of a gRPC call has no type").Fix = "remove it, or use rules"
		}
		switch {
		case !strings.HasPrefix(p.Key, "/"):
			sink.KeyErrorf(schema.BadIngress, at, "%q: a path begins with /", p.Key)
		case !grpcPath.MatchString(p.Key):
			sink.KeyErrorf(schema.BadIngress, at, "%q: the path of a gRPC call is /, /PACKAGE.SERVICE or /PACKAGE.SERVICE/METHOD", p.Key)
		}
		return
	}
	pathType := p.Value.PathType
	if pathType == "RegularExpression" {
		pathType = "ImplementationSpecific"
	}
	if complaint := pathComplaint(p.Key, pathType); complaint != "" {
		sink.KeyErrorf(schema.BadIngress, at, "%s", complaint)
	}
}
