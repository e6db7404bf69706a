package manifests

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// routeDefault is a field that the CRDs of the Gateway API default.
type routeDefault struct {
	in    []any // where the field may lack
	field string
	value *tree.Node
}

const gatewayGroup = "gateway.networking.k8s.io"

// routeDefaults are those that kgen writes, outer ones first:
// https://gateway-api.sigs.k8s.io/reference/spec/
func routeDefaults(kind string) []routeDefault {
	word := func(s string) *tree.Node { return stringNode(s, tree.Pos{}) }
	number := func(s string) *tree.Node { return &tree.Node{Kind: tree.Int, Text: s} }
	rule := func(elems ...any) []any { return append([]any{"spec", "rules", every}, elems...) }
	all := []routeDefault{
		{[]any{"spec", "parentRefs", every}, "group", word(gatewayGroup)},
		{[]any{"spec", "parentRefs", every}, "kind", word("Gateway")},
		{rule("matches", every, "method"), "type", word("Exact")},
		{rule("matches", every, "headers", every), "type", word("Exact")},
		{rule("matches", every, "queryParams", every), "type", word("Exact")},
		{rule("backendRefs", every), "group", word("")},
		{rule("backendRefs", every), "kind", word("Service")},
		{rule("backendRefs", every), "weight", number("1")},
		{rule("filters", every, "requestRedirect"), "statusCode", number("302")},
		{rule("filters", every, "requestMirror", "backendRef"), "group", word("")},
		{rule("filters", every, "requestMirror", "backendRef"), "kind", word("Service")},
		{rule("filters", every, "requestMirror", "fraction"), "denominator", number("100")},
		{rule("filters", every, "cors"), "maxAge", number("5")},
	}
	if kind == "HTTPRoute" {
		path := func() *tree.Node {
			n := mapNode(tree.Pos{}, "type", word("PathPrefix"))
			n.Set("value", tree.Pos{}, word("/"))
			return n
		}
		all = append([]routeDefault{
			{rule(), "matches", listNode(tree.Pos{}, mapNode(tree.Pos{}, "path", path()))},
			{rule("matches", every), "path", path()},
			{rule("matches", every, "path"), "type", word("PathPrefix")},
			{rule("matches", every, "path"), "value", word("/")},
		}, all...)
	}
	return all
}

// defaulted is the tree of a route with what its CRD defaults; that of any other object
// as it is.
func defaulted(o *manifest.Object, n *tree.Node) *tree.Node {
	if !strings.HasPrefix(o.APIVersion, gatewayGroup+"/") || o.Kind != "HTTPRoute" && o.Kind != "GRPCRoute" {
		return n
	}
	n = copied(n)
	for _, d := range routeDefaults(o.Kind) {
		for _, at := range places(n, nil, d.in) {
			into := n.At(at)
			if said := into.Get(d.field); said == nil || said.Kind == tree.Null || said.Kind == tree.List && len(said.Fields) == 0 {
				into.Set(d.field, tree.Pos{}, copied(d.value))
			}
		}
	}
	return n
}

// places are those maps that a pattern leads to.
func places(n *tree.Node, from tree.Path, pattern []any) (all []tree.Path) {
	found := n.At(from)
	switch {
	case found == nil:
	case len(pattern) == 0 && found.Kind == tree.Map:
		all = append(all, from)
	case len(pattern) == 0:
	case pattern[0] != any(every):
		return places(n, from.With(pattern[0]), pattern[1:])
	default:
		for i := range elements(found) {
			all = append(all, places(n, from.With(i), pattern[1:])...)
		}
	}
	return all
}
