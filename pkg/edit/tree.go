package edit

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// changed is a tree with the value at a path set, or its entry taken out. It shares
// with root what lies beside the path.
func changed(root *tree.Node, at tree.Path, value *tree.Node) *tree.Node {
	if len(at) == 0 {
		return value
	}
	if value == nil && root.At(at) == nil {
		return root
	}
	key, _ := at[0].(string)
	c := &tree.Node{Kind: tree.Map}
	var below *tree.Node
	if root != nil && root.Kind == tree.Map {
		copied := *root
		c = &copied
		c.Fields = slices.Clone(root.Fields)
		below = root.Get(key)
	}
	if below = changed(below, at[1:], value); below == nil {
		c.Delete(key)
	} else {
		c.Set(key, tree.Pos{}, below)
	}
	return c
}

// difference is the path to where two trees first differ, whatever the order of maps.
func difference(want, got *tree.Node, at tree.Path) (where tree.Path, isSame bool) {
	if want.Kind != got.Kind || want.Text != got.Text {
		return at, false
	}
	if want.Kind == tree.List {
		if len(want.Fields) != len(got.Fields) {
			return at, false
		}
		for i := range want.Fields {
			if where, isSame := difference(want.Fields[i].Value, got.Fields[i].Value, at.With(i)); !isSame {
				return where, false
			}
		}
		return nil, true
	}
	for i := range want.Fields {
		f := &want.Fields[i]
		other := got.Get(f.Key)
		if other == nil {
			return at.With(f.Key), false
		}
		if where, isSame := difference(f.Value, other, at.With(f.Key)); !isSame {
			return where, false
		}
	}
	for i := range got.Fields {
		if want.Get(got.Fields[i].Key) == nil {
			return at.With(got.Fields[i].Key), false
		}
	}
	return nil, true
}

// areSame reports whether two trees hold the same, whatever the order of maps.
func areSame(a, b *tree.Node) bool {
	_, isSame := difference(a, b, nil)
	return isSame
}

// nested is value below the keys of a path.
func nested(at []string, value *tree.Node) *tree.Node {
	for i := len(at) - 1; i >= 0; i-- {
		value = &tree.Node{Kind: tree.Map, Fields: []tree.Field{{Key: at[i], Value: value}}}
	}
	return value
}

// keysOf are the keys that a path is made of.
func keysOf(at tree.Path) []string {
	keys := make([]string, len(at))
	for i, step := range at {
		keys[i], _ = step.(string)
	}
	return keys
}
