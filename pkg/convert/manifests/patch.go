package manifests

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// sides is a value of a rendered object and of the wanted one, as they were said and
// with the defaults of the API server; nil where there is none.
type sides struct {
	have, haveFull *tree.Node
	want, wantFull *tree.Node
}

// sidesOf are two objects of one kind; typ is nil where the kind has no Go type.
func sidesOf(have, want *manifest.Object) (s sides, typ reflect.Type) {
	before, isTyped := have.Value.(manifest.Typed)
	after, areTyped := want.Value.(manifest.Typed)
	if isTyped && areTyped && reflect.TypeOf(before) == reflect.TypeOf(after) {
		return sides{
			tree.Encode(before), tree.Encode(apiserver.Defaulted(before)),
			tree.Encode(after), tree.Encode(apiserver.Defaulted(after)),
		}, reflect.TypeOf(before).Elem()
	}
	a, b := treeOf(have), treeOf(want)
	return sides{a, defaulted(have, a), b, defaulted(want, b)}, nil
}

func treeOf(o *manifest.Object) *tree.Node {
	if n, isTree := o.Value.(*tree.Node); isTree {
		return withoutNulls(n)
	}
	return tree.Encode(o.Value)
}

// withoutNulls is a tree without the entries of maps that are null: to the API they are
// as if left out.
func withoutNulls(n *tree.Node) *tree.Node {
	c := bare(n)
	dropNulls(c)
	return c
}

func dropNulls(n *tree.Node) {
	if n.Kind == tree.Map {
		n.Fields = slices.DeleteFunc(n.Fields, func(f tree.Field) bool { return f.Value.Kind == tree.Null })
	}
	for i := range n.Fields {
		dropNulls(n.Fields[i].Value)
	}
}

// merge is the strategic merge patch that makes the rendered object the wanted one; nil
// where they are the same to the API server.
func (m *merger) merge(s sides, typ reflect.Type) *tree.Node {
	out := &tree.Node{Kind: tree.Map}
	for _, key := range keysOf(s) {
		if key == "apiVersion" || key == "kind" || key == "status" {
			continue
		}
		m.field(out, s, typ, tree.P(key))
	}
	if len(out.Fields) == 0 {
		return nil
	}
	return out
}

// merger makes one patch.
type merger struct {
	// leaves out what a path of the wanted object leads to.
	isLeft func(at tree.Path) bool
	// inLists collects what a merge says by repeating a list, and operations say by
	// themselves; nil where the merge is to say it.
	inLists *[]*tree.Node
}

// keysOf are the keys of a value on either side, those of the wanted first.
func keysOf(s sides) []string {
	all := keys(s.wantFull)
	for _, key := range keys(s.haveFull) {
		if !slices.Contains(all, key) {
			all = append(all, key)
		}
	}
	return all
}

// said are the values without defaults.
func (s sides) said() sides { return sides{s.have, s.have, s.want, s.want} }

// below are the values under a key.
func (s sides) below(key string) sides {
	return sides{s.have.Get(key), s.haveFull.Get(key), s.want.Get(key), s.wantFull.Get(key)}
}

// settled are the values without lists and maps of nothing: to the API those are none.
func (s sides) settled(t reflect.Type) sides {
	if t == nil || t.Kind() != reflect.Slice && t.Kind() != reflect.Map {
		return s
	}
	for _, n := range []**tree.Node{&s.have, &s.haveFull, &s.want, &s.wantFull} {
		if *n != nil && !(*n).IsScalar() && len((*n).Fields) == 0 {
			*n = nil
		}
	}
	return s
}

// field adds to a map what is different under the key at the end of a path.
func (m *merger) field(out *tree.Node, s sides, typ reflect.Type, at tree.Path) {
	key, _ := at[len(at)-1].(string)
	if slices.Equal(at, tree.P("metadata", "name")) || slices.Equal(at, tree.P("metadata", "namespace")) || m.isLeft(at) {
		return
	}
	inner, tag := fieldOf(typ, key)
	value, order := m.value(s.below(key).settled(inner), inner, tag, at)
	if value != nil {
		out.Set(key, tree.Pos{}, value)
	}
	if order != nil {
		out.Set("$setElementOrder/"+key, tree.Pos{}, order)
	}
}

// value is what a patch says of a value; nil for nothing.
func (m *merger) value(s sides, typ reflect.Type, tag reflect.StructTag, at tree.Path) (value, order *tree.Node) {
	switch {
	case areSame(s.haveFull, s.wantFull), s.have == nil && s.want == nil:
		return nil, nil
	case s.wantFull == nil, s.want == nil && s.have != nil:
		return &tree.Node{}, nil
	case s.have == nil || s.have.Kind != s.wantFull.Kind || s.have.IsScalar():
		return bare(either(s.want, s.wantFull)), nil
	case s.have.Kind == tree.Map:
		out := &tree.Node{Kind: tree.Map}
		for _, key := range keysOf(s) {
			m.field(out, s, typ, at.With(key))
		}
		if len(out.Fields) == 0 {
			return nil, nil
		}
		return out, nil
	}
	return m.list(s, typ, tag, at)
}

func either(a, b *tree.Node) *tree.Node {
	if a == nil {
		return b
	}
	return a
}

// areSame reports whether two values say the same.
func areSame(a, b *tree.Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Kind != b.Kind || len(a.Fields) != len(b.Fields) || a.Kind != tree.Float && a.Kind != tree.Int && a.Text != b.Text {
		return false
	}
	if a.Kind == tree.Int || a.Kind == tree.Float {
		x, _ := a.Decimal()
		y, _ := b.Decimal()
		return string(x) == string(y)
	}
	for i := range a.Fields {
		other := b.Fields[i].Value
		if a.Kind == tree.Map {
			other = b.Get(a.Fields[i].Key)
		}
		if !areSame(a.Fields[i].Value, other) {
			return false
		}
	}
	return true
}

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

// fieldOf is the type and the tag of a field by its JSON name; nil where nothing is
// known of it.
func fieldOf(t reflect.Type, name string) (reflect.Type, reflect.StructTag) {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || reflect.PointerTo(t).Implements(unmarshaler) {
		return nil, ""
	}
	if t.Kind() == reflect.Map {
		return t.Elem(), ""
	}
	if t.Kind() != reflect.Struct {
		return nil, ""
	}
	for i := range t.NumField() {
		f := t.Field(i)
		jsonName, isInlined := tree.JSONName(f)
		if jsonName == name && !isInlined {
			return f.Type, f.Tag
		}
		if isInlined {
			if found, tag := fieldOf(f.Type, name); found != nil {
				return found, tag
			}
		}
	}
	return nil, ""
}
