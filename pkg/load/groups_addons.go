package load

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// secretShape is the shape of a Secret: kgen makes it, somebody has made it, or a
// controller does.
var secretShape = &shape{
	groups: []group{{schema.TwoOfGroup, []choice{
		{fields: []string{"data"}, params: []string{"type", "immutable", "hashed"}},
		{fields: []string{"existing"}},
		{fields: []string{"external"}, params: []string{"type", "immutable"}},
		{fields: []string{"sealed"}, params: []string{"type", "immutable"}},
	}}},
	fields: map[string]*shape{"data": {each: &shape{groups: groupOf("env", "file")}}, "external": externalShape},
}

// autoscalingShape: KEDA makes the metrics of the autoscaler itself.
var autoscalingShape = &shape{groups: groupOf("metrics", "keda")}

// externalShape: of what the values are, and what becomes of keys.
var externalShape = &shape{fields: map[string]*shape{"dataFrom": {items: &shape{
	groups: groupOf("extract", "find", "generator"),
	fields: map[string]*shape{"rewrite": {items: &shape{groups: groupOf("regexp", "transform")}}},
}}}}

// metricsShape: how Prometheus shows who it is.
var metricsShape = &shape{groups: groupOf("basicAuth", "authorization"), fields: map[string]*shape{
	"tlsConfig": {fields: map[string]*shape{"ca": {groups: groupOf("secret", "configMap")}, "cert": {groups: groupOf("secret", "configMap")}}},
}}

// certificateShape: when a certificate is renewed.
var certificateShape = &shape{groups: groupOf("renewBefore", "renewBeforePercentage")}

// isMade reports whether a layer makes a choice by a field. A null makes none, nor
// does "existing: false", nor autoscaling that leaves the number of pods alone.
func isMade(name string, v *tree.Node) bool {
	switch {
	case v == nil || v.Kind == tree.Null:
		return false
	case name == "existing":
		return v.Text != "false"
	case name == "autoscaling":
		return v.Get("vertical") == nil || slices.ContainsFunc(v.Fields, isHorizontal)
	}
	return true
}

func isHorizontal(f tree.Field) bool { return f.Key != "vertical" && f.Value.Kind != tree.Null }

// dropChoice takes a field of a choice out of n; of autoscaling all that has to do
// with the number of pods.
func dropChoice(n *tree.Node, name string) {
	vertical := n.Get("autoscaling").Field("vertical")
	n.Delete(name)
	if name == "autoscaling" && vertical != nil {
		kept := &tree.Node{Kind: tree.Map, Pos: vertical.KeyPos, Fields: []tree.Field{*vertical}}
		n.Set(name, vertical.KeyPos, kept)
	}
}
