package manifests

import (
	"reflect"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// sayEmpty writes "" where an object has a key of labels, of data or of another map of
// texts without a value: to the API the key is there, while a field without one is not.
func (o *Object) sayEmpty() {
	if hasNull(o.Node) {
		sayEmptyIn(o.Node, reflect.TypeOf(o.Value))
	}
}

func hasNull(n *tree.Node) bool {
	for i := range n.Fields {
		if hasNull(n.Fields[i].Value) {
			return true
		}
	}
	return n.Kind == tree.Null
}

// sayEmptyIn changes a tree of a type in its place.
func sayEmptyIn(n *tree.Node, t reflect.Type) {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil {
		return
	}
	for i := range n.Fields {
		inner := n.Fields[i].Value
		switch {
		case n.Kind == tree.List && t.Kind() == reflect.Slice:
			sayEmptyIn(inner, t.Elem())
		case n.Kind != tree.Map:
		case inner.Kind == tree.Null && t.Kind() == reflect.Map && t.Elem().Kind() == reflect.String:
			inner.Kind, inner.Text, inner.Plain = tree.String, "", false
		default:
			below, _ := fieldOf(t, n.Fields[i].Key)
			sayEmptyIn(inner, below)
		}
	}
}
