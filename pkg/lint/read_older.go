package lint

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// each stands in a path for every element of a list.
const each = "*"

// modern is a manifest of an older API version with the fields that rules look at as
// the version that replaced it has them, and by what a path in it is as it was written;
// nil where all have kept their names. It shares what it does not change with n.
func modern(n *tree.Node, apiVersion, kind string) (changed *tree.Node, written func(tree.Path) tree.Path) {
	switch apiVersion + " " + kind {
	case "autoscaling/v2beta1 HorizontalPodAutoscaler":
		for _, source := range metricSources {
			n = withChanged(n, tree.P("spec", "metrics", each, source), modernMetric)
		}
		return n, writtenMetric
	case "extensions/v1beta1 Ingress", "networking.k8s.io/v1beta1 Ingress":
		n = withChanged(n, tree.P("spec", "rules", each, "http", "paths", each, "backend"), modernBackend)
		return withChanged(n, tree.P("spec"), modernIngress), writtenBackend
	}
	return n, nil
}

// metricSources are the fields of metrics that have a target in percent.
var metricSources = []string{"resource", "containerResource"}

// withChanged is n with what change makes of the values at a path; n is left as it is.
func withChanged(n *tree.Node, at tree.Path, change func(*tree.Node) *tree.Node) *tree.Node {
	if n == nil || len(at) > 0 && n.IsScalar() {
		return n
	}
	if len(at) == 0 {
		return change(n)
	}
	copied := *n
	copied.Fields = slices.Clone(n.Fields)
	for i := range copied.Fields {
		f := &copied.Fields[i]
		if n.Kind == tree.List && at[0] == each || n.Kind == tree.Map && f.Key == at[0] {
			f.Value = withChanged(f.Value, at[1:], change)
		}
	}
	return &copied
}

// modernMetric has a target where v2beta1 has fields beginning with it.
func modernMetric(n *tree.Node) *tree.Node {
	target := &tree.Node{Kind: tree.Map, Pos: n.Pos}
	for _, old := range []string{"targetAverageUtilization", "targetAverageValue"} {
		if f := n.Field(old); f != nil {
			target.Set(modernTargets[old], f.KeyPos, f.Value)
		}
	}
	if len(target.Fields) == 0 || n.Get("target") != nil {
		return n
	}
	copied := n.Without("targetAverageUtilization", "targetAverageValue")
	copied.Set("target", n.Pos, target)
	return copied
}

// modernTargets are the fields of a target by what v2beta1 calls them.
var modernTargets = map[string]string{"targetAverageUtilization": "averageUtilization", "targetAverageValue": "averageValue"}

func writtenMetric(at tree.Path) tree.Path {
	if len(at) < 6 || at[1] != "metrics" || at[4] != "target" {
		return at
	}
	for old, field := range modernTargets {
		if at[5] == field {
			return at[:4].With(old)
		}
	}
	return at
}

// modernIngress has a defaultBackend where v1beta1 has a backend.
func modernIngress(n *tree.Node) *tree.Node {
	f := n.Field("backend")
	if f == nil || n.Get("defaultBackend") != nil {
		return n
	}
	copied := n.Without("backend")
	copied.Set("defaultBackend", f.KeyPos, modernBackend(f.Value))
	return copied
}

// modernBackend has a service where v1beta1 has fields beginning with it.
func modernBackend(n *tree.Node) *tree.Node {
	name, port := n.Field("serviceName"), n.Field("servicePort")
	if name == nil && port == nil || n.Get("service") != nil {
		return n
	}
	service := &tree.Node{Kind: tree.Map, Pos: n.Pos}
	if name != nil {
		service.Set("name", name.KeyPos, name.Value)
	}
	if port != nil {
		field := "number"
		if port.Value.Kind == tree.String {
			field = "name"
		}
		choice := &tree.Node{Kind: tree.Map, Pos: port.Value.Pos}
		choice.Set(field, port.KeyPos, port.Value)
		service.Set("port", port.KeyPos, choice)
	}
	copied := n.Without("serviceName", "servicePort")
	copied.Set("service", n.Pos, service)
	return copied
}

func writtenBackend(at tree.Path) tree.Path {
	if len(at) > 1 && at[1] == "defaultBackend" {
		at = tree.P("spec", "backend").With(at[2:]...)
	}
	service := slices.Index(at, any("service"))
	switch {
	case service < 1 || at[service-1] != "backend":
		return at
	case service+1 < len(at) && at[service+1] == "port":
		return at[:service].With("servicePort")
	}
	return at[:service].With("serviceName")
}
