package manifest

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Strategic merge works on the typed objects themselves, by the patchStrategy
// and patchMergeKey tags of k8s.io/api. apimachinery's own works on JSON maps:
// it cannot say which line of a patch changes nothing, puts new list elements
// anywhere, and mixes up elements that share a merge key. Where these do not
// matter, a test demands that both agree.

const (
	directive       = "$patch"
	retainKeys      = "$retainKeys"
	deleteFromList  = "$deleteFromPrimitiveList/"
	setElementOrder = "$setElementOrder/"
)

func isDirective(key string) bool { return strings.HasPrefix(key, "$") }

var unmarshalerType = reflect.TypeFor[json.Unmarshaler]()

// isStruct reports whether values of t are merged field by field.
func isStruct(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && !reflect.PointerTo(t).Implements(unmarshalerType)
}

// mergeTyped merges n into a copy of old.
func (p *patcher) mergeTyped(old Typed, n *tree.Node, at tree.Path) Typed {
	value, _ := old.DeepCopyObject().(Typed)
	if d := n.Get(directive); d != nil && d.Text == "delete" {
		p.errorf(d, at.With(directive), "a patch cannot remove the object").Fix = "decline it in the service"
		return value
	}
	p.mergeStruct(reflect.ValueOf(value).Elem(), n, "", at)
	return value
}

// mergeValue merges n into a field whose tag may hold a list's strategy.
func (p *patcher) mergeValue(v reflect.Value, n *tree.Node, tag reflect.StructTag, at tree.Path) {
	t := v.Type()
	switch {
	case n.Kind == tree.Null:
		p.mark(n, at, !isEmpty(v))
		v.SetZero()
	case isStruct(t) && n.Kind == tree.Map:
		p.mergeStruct(v, n, "", at)
	case t.Kind() == reflect.Pointer && isStruct(t.Elem()) && n.Kind == tree.Map:
		p.mergePointer(v, n, at)
	case t.Kind() == reflect.Map && n.Kind == tree.Map:
		p.mergeMap(v, n, at)
	case t.Kind() == reflect.Slice && n.Kind == tree.List && slices.Contains(strings.Split(tag.Get("patchStrategy"), ","), "merge"):
		p.mergeList(v, n, tag.Get("patchMergeKey"), at)
	default:
		p.replace(v, n, part{n, at}, at)
	}
}

// replace sets v to n as a whole; blame is what changes nothing when that does not.
func (p *patcher) replace(v reflect.Value, n *tree.Node, blame part, at tree.Path) {
	value := reflect.New(v.Type())
	if errors := tree.Decode(n, value.Interface()); errors != nil {
		p.report(errors, n, at)
		return
	}
	p.mark(blame.node, blame.at, !looksSame(v, value.Elem()))
	v.Set(value.Elem())
}

// looksSame reports whether a and b, of one type, are written alike.
func looksSame(a, b reflect.Value) bool {
	if isEmpty(a) || isEmpty(b) {
		return isEmpty(a) && isEmpty(b)
	}
	return bytes.Equal(rendered(a), rendered(b))
}

func rendered(v reflect.Value) []byte {
	w := writer{}
	w.value(formOf(v.Type()), v, margin{})
	return w.dst
}

func (p *patcher) mergePointer(v reflect.Value, n *tree.Node, at tree.Path) {
	if v.IsNil() {
		v.Set(reflect.New(v.Type().Elem()))
		if len(n.Fields) == 0 {
			p.mark(n, at, true)
			return
		}
	}
	p.mergeStruct(v.Elem(), n, "", at)
}

// mergeStruct merges the map n into a struct. except is the merge key that
// found it in its list, which says where to change and need not change itself.
func (p *patcher) mergeStruct(v reflect.Value, n *tree.Node, except string, at tree.Path) {
	if n.Kind != tree.Map {
		p.errorf(n, at, "expected a map, found %s", n.Kind)
		return
	}
	if d := n.Get(directive); d != nil {
		p.replaceStruct(v, n, d, at)
		return
	}
	if len(n.Fields) == 0 {
		p.mark(n, at, false)
	}
	for i := range n.Fields {
		f, below := &n.Fields[i], at.With(n.Fields[i].Key)
		if f.Key == except || f.Key == retainKeys {
			continue
		}
		name := strings.TrimPrefix(strings.TrimPrefix(f.Key, deleteFromList), setElementOrder)
		field, found := fieldNamed(v.Type(), name)
		switch {
		case !found:
			p.unknownField(v.Type(), f, name, below)
		case strings.HasPrefix(f.Key, deleteFromList):
			p.deleteElements(v.FieldByIndex(field.Index), f.Value, below)
		case strings.HasPrefix(f.Key, setElementOrder):
			p.setOrder(v.FieldByIndex(field.Index), f.Value, field.Tag.Get("patchMergeKey"), below)
		default:
			p.mergeValue(v.FieldByIndex(field.Index), f.Value, field.Tag, below)
		}
	}
	if retain := n.Get(retainKeys); retain != nil {
		p.retain(v, retain, at.With(retainKeys))
	}
}

// replaceStruct obeys a $patch in a struct or map: replace, and delete, which
// leaves it there without content; null is what removes a field.
func (p *patcher) replaceStruct(v reflect.Value, n, d *tree.Node, at tree.Path) {
	switch {
	case d.Kind == tree.String && d.Text == "replace":
		p.replace(v, n.Without(directive), part{d, at.With(directive)}, at)
	case d.Kind == tree.String && d.Text == "delete":
		p.mark(d, at.With(directive), !isEmpty(v))
		v.SetZero()
	case d.Kind == tree.String && d.Text == "merge":
		p.errorf(d, at.With(directive), "merge is what happens anyway, this changes nothing")
	default:
		p.errorf(d, at.With(directive), "expected replace or delete")
	}
}

func (p *patcher) unknownField(t reflect.Type, f *tree.Field, name string, at tree.Path) {
	if isDirective(name) {
		p.errorf(f.Value, at, "unknown directive").Fix = "there are $patch, $retainKeys, $deleteFromPrimitiveList/FIELD and $setElementOrder/FIELD"
		return
	}
	where := f.Value
	if f.KeyPos.IsValid() {
		where = &tree.Node{Pos: f.KeyPos}
	}
	p.errorf(where, at, "unknown field%s", suggest.Hint(name, fieldNames(t)))
}

// retain empties all fields of v that the list does not name.
func (p *patcher) retain(v reflect.Value, n *tree.Node, at tree.Path) {
	var keep []string
	if errors := tree.Decode(n, &keep); errors != nil {
		p.report(errors, n, at)
		return
	}
	changed := false
	for _, name := range fieldNames(v.Type()) {
		field, _ := fieldNamed(v.Type(), name)
		if value := v.FieldByIndex(field.Index); !slices.Contains(keep, name) && !isEmpty(value) {
			value.SetZero()
			changed = true
		}
	}
	p.mark(n, at, changed)
}

// mergeMap merges the map n into a Go map, whose values are no structs in any
// kind that kgen knows, so that each is replaced.
func (p *patcher) mergeMap(v reflect.Value, n *tree.Node, at tree.Path) {
	if d := n.Get(directive); d != nil {
		p.replaceStruct(v, n, d, at)
		return
	}
	if len(n.Fields) == 0 {
		p.mark(n, at, false)
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	for i := range n.Fields {
		f, below := &n.Fields[i], at.With(n.Fields[i].Key)
		key := reflect.ValueOf(f.Key).Convert(v.Type().Key())
		before := v.MapIndex(key)
		if f.Value.Kind == tree.Null {
			p.mark(f.Value, below, before.IsValid())
			v.SetMapIndex(key, reflect.Value{})
			continue
		}
		value := reflect.New(v.Type().Elem())
		if errors := tree.Decode(f.Value, value.Interface()); errors != nil {
			p.report(errors, f.Value, below)
			continue
		}
		old := reflect.New(v.Type().Elem()).Elem()
		if before.IsValid() {
			old.Set(before)
		}
		p.mark(f.Value, below, !before.IsValid() || !looksSame(old, value.Elem()))
		v.SetMapIndex(key, value.Elem())
	}
}

// fieldNamed finds a field by its json name, in inlined structs too.
func fieldNamed(t reflect.Type, name string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		jsonName, inlined := tree.JSONName(f)
		if inlined {
			if inner, found := fieldNamed(f.Type, name); found {
				inner.Index = append([]int{i}, inner.Index...)
				return inner, true
			}
		} else if jsonName == name && name != "" {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

func fieldNames(t reflect.Type) (names []string) {
	for i := range t.NumField() {
		f := t.Field(i)
		if name, inlined := tree.JSONName(f); inlined {
			names = append(names, fieldNames(f.Type)...)
		} else if name != "" {
			names = append(names, name)
		}
	}
	return names
}
