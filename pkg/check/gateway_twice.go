package check

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// routesTwice: row 8 for the routes of Gateways. Of two that are the same the Gateway
// takes the older one.
func routesTwice(e *environment) {
	var taken map[string]string
	for i := range e.members {
		m := &e.members[i]
		for r := range gatewayRoutes(m.Service) {
			if taken == nil {
				taken = map[string]string{}
			}
			e.claimRoute(m, r, taken)
		}
	}
}

// claimRoute notes what a route takes, and reports what is taken.
func (e *environment) claimRoute(m *member, r *gatewayRoute, taken map[string]string) {
	claim := func(match string, at tree.Path) {
		owner := ""
		r.eachListener(m.Service, func(listener string) {
			key := listener + "|" + match
			if other, isTaken := taken[key]; isTaken {
				owner = other
				return
			}
			taken[key] = m.Name
		})
		if owner != "" {
			m.sink.KeyErrorf(schema.DuplicateRoute, at, "service %s has this host and path too, of the same Gateway", owner).
				Fix = "remove one of them, or give them different paths"
		}
	}
	for i := range r.Paths {
		p := &r.Paths[i]
		match := callMatch(p.Key)
		if !r.isGRPC {
			match = pathMatch(&schema.RoutePathMatch{Type: p.Value.PathType, Value: p.Key})
		}
		claim(match, r.at.With("paths", p.Key))
	}
	for i := range r.rules {
		for _, match := range r.rules[i].matches {
			claim(match, r.at.With("rules", i))
		}
	}
}

// eachListener calls do for each host of each Gateway that the route is for, once.
func (r *gatewayRoute) eachListener(s *schema.Service, do func(string)) {
	parents := r.ParentRefs
	if r.Gateway != nil {
		parents = []schema.RouteParent{*r.Gateway}
	}
	hosts := r.Hostnames
	if len(hosts) == 0 {
		hosts = []string{everyHost}
	}
	done := map[string]bool{}
	for i := range parents {
		p := &parents[i]
		key := parentKey(p)
		key[2] = cmp.Or(p.Namespace, s.NamespaceName())
		for _, host := range hosts {
			listener := fmt.Sprint(key, "|", p.SectionName, "|", p.Port, "|", r.isGRPC, "|", strings.ToLower(host))
			if !done[listener] {
				done[listener] = true
				do(listener)
			}
		}
	}
}

// httpMatches are matches as text: what is the same is written the same.
func httpMatches(matches []schema.HTTPRouteMatch) []string {
	if len(matches) == 0 {
		return []string{pathMatch(nil)}
	}
	var texts []string
	for _, m := range matches {
		text := pathMatch(m.Path)
		if m.Method != "" || len(m.Headers)+len(m.QueryParams) > 0 {
			text += fmt.Sprintf("|%s|%v|%v", m.Method, m.Headers, m.QueryParams)
		}
		texts = append(texts, text)
	}
	return texts
}

func pathMatch(p *schema.RoutePathMatch) string {
	if p == nil {
		p = &schema.RoutePathMatch{}
	}
	return cmp.Or(p.Type, "PathPrefix") + " " + cmp.Or(p.Value, "/")
}

func grpcMatches(matches []schema.GRPCRouteMatch) []string {
	if len(matches) == 0 {
		return []string{callMatch("/")}
	}
	var texts []string
	for _, m := range matches {
		text := callMatch("/")
		if m.Method != nil {
			text = fmt.Sprint(cmp.Or(m.Method.Type, "Exact"), " ", strings.TrimSuffix("/"+m.Method.Service+"/"+m.Method.Method, "/"))
		}
		if len(m.Headers) > 0 {
			text += fmt.Sprint("|", m.Headers)
		}
		texts = append(texts, text)
	}
	return texts
}

func callMatch(path string) string { return "Exact " + strings.TrimSuffix(path, "/") }
