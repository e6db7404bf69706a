package manifests

import (
	"github.com/kgen-dev/kgen/pkg/tree"
)

// scalerFromV1 writes the one target that autoscaling/v1 has as a metric.
func scalerFromV1(o *Object) string {
	spec := o.Node.Get("spec")
	if spec == nil || spec.Kind != tree.Map {
		return ""
	}
	target := spec.Get("targetCPUUtilizationPercentage")
	spec.Delete("targetCPUUtilizationPercentage")
	if target == nil || target.Kind == tree.Null {
		return ""
	}
	resource := mapNode(target.Pos, "name", stringNode("cpu", target.Pos))
	resource.Set("target", target.Pos, metricTarget("Utilization", "averageUtilization", target))
	spec.Set("metrics", target.Pos, listNode(target.Pos, metric("Resource", "resource", resource)))
	return "its target is a metric there"
}

func metric(kind, field string, source *tree.Node) *tree.Node {
	n := mapNode(source.Pos, "type", stringNode(kind, source.Pos))
	n.Set(field, source.Pos, source)
	return n
}

func metricTarget(kind, field string, value *tree.Node) *tree.Node {
	n := mapNode(value.Pos, "type", stringNode(kind, value.Pos))
	n.Set(field, value.Pos, value)
	return n
}

// targets are the fields of a metric of v2beta1 that say its target, and what that is
// in v2.
var targets = []struct{ field, kind, target string }{
	{"targetAverageUtilization", "Utilization", "averageUtilization"},
	{"targetAverageValue", "AverageValue", "averageValue"},
	{"averageValue", "AverageValue", "averageValue"},
	{"targetValue", "Value", "value"},
}

// scalerFrom writes the metrics of autoscaling/v2beta1 as v2 has them; those of v2beta2
// are the same.
func scalerFrom(o *Object, was string) string {
	if was != "autoscaling/v2beta1" {
		return ""
	}
	for _, m := range elements(o.Node.At(tree.P("spec", "metrics"))) {
		for i := range m.Fields {
			if f := &m.Fields[i]; f.Key != "type" && f.Value.Kind == tree.Map {
				f.Value = metricFrom(f.Key, f.Value)
			}
		}
	}
	return "its metrics are written as v2 has them"
}

func metricFrom(kind string, n *tree.Node) *tree.Node {
	var target *tree.Node
	for _, t := range targets {
		if value := n.Get(t.field); value != nil && target == nil {
			target = metricTarget(t.kind, t.target, value)
		}
	}
	out := n.Without("targetAverageUtilization", "targetAverageValue", "averageValue", "targetValue", "metricName", "selector", "metricSelector", "target")
	if name := n.Get("metricName"); name != nil {
		named := mapNode(name.Pos, "name", name)
		if selector := firstOf(n, "selector", "metricSelector"); selector != nil {
			named.Set("selector", selector.Pos, selector)
		}
		out.Set("metric", name.Pos, named)
	}
	if described := n.Get("target"); described != nil && kind == "object" {
		out.Set("describedObject", described.Pos, described)
	}
	if target != nil {
		out.Set("target", target.Pos, target)
	}
	return out
}

func firstOf(n *tree.Node, keys ...string) *tree.Node {
	for _, key := range keys {
		if value := n.Get(key); value != nil {
			return value
		}
	}
	return nil
}
