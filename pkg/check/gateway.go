package check

import (
	"iter"
	"regexp"
	"slices"
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
	name        string
	filters     []schema.RouteFilter
	backendRefs []schema.RouteBackendRef
	timeouts    *schema.RouteTimeouts
	matches     []string
	http        []schema.HTTPRouteMatch
	grpc        []schema.GRPCRouteMatch
}

// field is the field of a service that the route stands in.
func (r *gatewayRoute) field() string {
	if r.isGRPC {
		return "grpcRoutes"
	}
	return "httpRoutes"
}

// gatewayRoutes are all routes of a service.
func gatewayRoutes(s *schema.Service) iter.Seq[*gatewayRoute] {
	return func(yield func(*gatewayRoute) bool) {
		for i := range s.HTTPRoutes {
			key, own := s.HTTPRoutes[i].Key, &s.HTTPRoutes[i].Value
			r := &gatewayRoute{Route: &own.Route, key: key, at: tree.P("httpRoutes", key)}
			for j := range own.Rules {
				rule := &own.Rules[j]
				r.rules = append(r.rules, routeRule{
					name: rule.Name, filters: rule.Filters, backendRefs: rule.BackendRefs,
					timeouts: rule.Timeouts, matches: httpMatches(rule.Matches), http: rule.Matches,
				})
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
				r.rules = append(r.rules, routeRule{
					name: rule.Name, filters: rule.Filters, backendRefs: rule.BackendRefs,
					matches: grpcMatches(rule.Matches), grpc: rule.Matches,
				})
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
		annotations(sink, r.Annotations, r.field(), r.key, "annotations")
		routeParents(r, sink)
		routeHosts(r, sink)
		if len(r.Paths)+len(r.rules) == 0 {
			sink.KeyErrorf(schema.BadRoute, r.at, "the route leads nowhere").Fix = `add paths: "/": "PORT", or rules`
		}
		if len(r.Paths)+len(r.rules) > mostOfRoute || len(r.Hostnames) > mostOfRoute {
			sink.KeyErrorf(schema.BadRoute, r.at, "a route has at most %d hostnames, and as many paths and rules", mostOfRoute).Fix = "make two of it"
		}
		for i := range r.Paths {
			routePath(r, &r.Paths[i], sink)
		}
		routeRules(r, sink)
	}
}

// routeHosts refuses hosts that no request can name. A route for all hosts has none.
func routeHosts(r *gatewayRoute, sink *report.Sink) {
	for i, host := range r.Hostnames {
		at := r.at.With("hostnames", i)
		switch complaint := hostComplaint(host); {
		case host == everyHost:
			sink.Errorf(schema.BadName, at, "a route for every host of the Gateway has no hostnames").Fix = "remove hostnames"
		case complaint != "":
			sink.Errorf(schema.BadName, at, "%s", complaint)
		case slices.Contains(r.Hostnames[:i], host):
			sink.Errorf(schema.BadRoute, at, "the host stands twice")
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
	if complaint := routePathComplaint(p.Key, p.Value.PathType); complaint != "" {
		sink.KeyErrorf(schema.BadIngress, at, "%s", complaint)
	}
}
