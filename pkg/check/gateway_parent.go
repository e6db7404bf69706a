package check

import (
	"cmp"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const (
	mostParents   = 32
	gatewayGroup  = "gateway.networking.k8s.io"
	parentFix     = "write NAMESPACE/NAME, NAMESPACE/NAME/LISTENER, or NAME"
	defaultParent = "Gateway"
)

// routeParents refuses Gateways that there cannot be, and routes without one.
func routeParents(r *gatewayRoute, sink *report.Sink) {
	if r.Gateway == nil && len(r.ParentRefs) == 0 {
		sink.KeyErrorf(schema.BadRoute, r.at, "the route has no Gateway").Fix = `add gateway: "NAMESPACE/NAME"`
	}
	if len(r.ParentRefs) > mostParents {
		sink.KeyErrorf(schema.BadRoute, r.at.With("parentRefs"), "a route has at most %d parentRefs", mostParents)
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
		if p.Group != nil {
			fits(sink, &names.DNSName, "the group", *p.Group, place.With("group"))
		}
		parentName(sink, &names.DNSLabel, "namespace", p.Namespace, place)
		parentName(sink, &names.DNSName, "sectionName", p.SectionName, place)
		if p.Name == "" || !names.DNSName.Fits(p.Name) {
			sink.Errorf(schema.BadName, place.With("name"), "the Gateway's name: %s", names.DNSName.Complaint(p.Name)).Fix = parentFix
		}
		parentTwice(parents[:i], p, sink, place)
	}
}

func parentName(sink *report.Sink, grammar *names.Grammar, field, name string, at tree.Path) {
	if name != "" && !grammar.Fits(name) {
		sink.Errorf(schema.BadName, at.With(field), "the Gateway's %s: %s", field, grammar.Complaint(name)).Fix = parentFix
	}
}

// parentTwice refuses a parent that an earlier one names too, but for its listeners.
func parentTwice(earlier []schema.RouteParent, p *schema.RouteParent, sink *report.Sink, at tree.Path) {
	for i := range earlier {
		other := &earlier[i]
		if parentKey(other) != parentKey(p) || other.SectionName != p.SectionName && other.SectionName != "" && p.SectionName != "" {
			continue
		}
		sink.Errorf(schema.BadRoute, at, "parentRefs[%d] is %s %s too", i, parentKind(p), p.Name).Fix = "give each the sectionName of another listener"
		return
	}
}

// parentKey tells parents apart, listeners left aside.
func parentKey(p *schema.RouteParent) [4]string {
	group := gatewayGroup
	if p.Group != nil {
		group = *p.Group
	}
	return [4]string{group, parentKind(p), p.Namespace, p.Name}
}

func parentKind(p *schema.RouteParent) string {
	if p.Kind == nil {
		return defaultParent
	}
	return cmp.Or(*p.Kind, defaultParent)
}
