package manifest

import (
	"reflect"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// PatchOrigin is where patch says what stands at a path of the object o, which has
// all its patches: the path below the patch, as near to the value as the patch
// goes. A patch says a value when it sets it, or all that it lies in, or removes
// it; and a map when it sets a scalar in it. It is false where the patch says
// nothing of it.
func PatchOrigin(patch *schema.Patch, o *Object, at tree.Path) (in tree.Path, found bool) {
	if w := walkPatch(patch, o, at); w.isFound {
		return w.in, true
	}
	return nil, false
}

// PatchElement is where patch names an element of a list that at leads into, and
// that the patch made if nothing else did: the path below the patch, as near to at
// as it goes.
func PatchElement(patch *schema.Patch, o *Object, at tree.Path) (in tree.Path, found bool) {
	if w := walkPatch(patch, o, at); w.isFound || w.isElement {
		return w.in, true
	}
	return nil, false
}

// PatchReaches is where patch sets something that lies in the value at a path,
// though it does not say the value as a whole.
func PatchReaches(patch *schema.Patch, o *Object, at tree.Path) (in tree.Path, found bool) {
	w := walkPatch(patch, o, at)
	return w.in, w.isFound || w.isReached
}

func walkPatch(patch *schema.Patch, o *Object, at tree.Path) (w patchWalk) {
	isMeant := o.Kind == patch.Kind && (patch.Name == "" || patch.Name == o.Name)
	switch {
	case !isMeant:
	case patch.Merge == nil:
		w.operations(patch.JSONPatch, o, at)
	default:
		w.in = tree.P("merge")
		if typed, ok := o.Value.(Typed); ok {
			w.merge(reflect.ValueOf(typed), patch.Merge, "", at)
		} else {
			w.mergeNode(patch.Merge, at)
		}
	}
	return w
}

// patchWalk follows a path through a patch.
type patchWalk struct {
	in        tree.Path
	isFound   bool
	isElement bool // it went through an element of a list that is found by its key
	isReached bool // it came to the end, at a map of which the patch sets a part
}

func (w *patchWalk) enter(elem any) { w.in = w.in.With(elem) }

// merge follows at through the strategic merge n into v, whose field's tag may
// hold a list's strategy.
func (w *patchWalk) merge(v reflect.Value, n *tree.Node, tag reflect.StructTag, at tree.Path) {
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	isMerged := slices.Contains(strings.Split(tag.Get("patchStrategy"), ","), "merge")
	switch {
	case n.Kind == tree.Map && n.Get(directive) == nil && isStruct(v.Type()):
		w.mergeField(v, n, at)
	case n.Kind == tree.Map && n.Get(directive) == nil && v.Kind() == reflect.Map:
		w.mergeNode(n, at)
	case n.Kind == tree.List && v.Kind() == reflect.Slice && isMerged && replacesAll(n) < 0:
		w.mergeElement(v, n, tag.Get("patchMergeKey"), at)
	case n.Kind == tree.List && len(at) > 0:
		w.replaced(n, besideDirective(n, at))
	default:
		w.replaced(n, at)
	}
}

func (w *patchWalk) mergeField(v reflect.Value, n *tree.Node, at tree.Path) {
	if len(at) == 0 {
		w.isFound, w.isReached = setsField(n), true
		return
	}
	key, _ := at[0].(string)
	field, known := fieldNamed(v.Type(), key)
	if below := n.Get(key); known && below != nil {
		w.enter(key)
		w.merge(v.FieldByIndex(field.Index), below, field.Tag, at[1:])
	}
}

// mergeElement finds the element of the patch that is merged into the one of v
// that at leads to.
func (w *patchWalk) mergeElement(v reflect.Value, n *tree.Node, mergeKey string, at tree.Path) {
	if len(at) == 0 {
		w.isReached = true // each element speaks for itself
		return
	}
	i, isIndex := at[0].(int)
	if !isIndex || i < 0 || i >= v.Len() {
		return
	}
	for j := range n.Fields {
		if e := n.Fields[j].Value; isSame(v.Index(i), e, mergeKey) {
			w.enter(j)
			if w.isElement = true; len(at) == 1 && e.Kind == tree.Map {
				w.isFound = setsField(e.Without(mergeKey)) // which it is found by
				return
			}
			w.merge(v.Index(i), e, "", at[1:])
			return
		}
	}
}

// isSame reports whether the element n of a patch is merged into v.
func isSame(v reflect.Value, n *tree.Node, mergeKey string) bool {
	if mergeKey != "" {
		key, known := fieldNamed(v.Type(), mergeKey)
		if n = n.Get(mergeKey); !known || n == nil {
			return false
		}
		v = v.FieldByIndex(key.Index)
	}
	wanted := reflect.New(v.Type())
	return tree.Decode(n, wanted.Interface()) == nil && looksSame(v, wanted.Elem())
}

// mergeNode follows at through a merge of maps alone; everything else replaces.
func (w *patchWalk) mergeNode(n *tree.Node, at tree.Path) {
	if n.Kind != tree.Map {
		w.replaced(n, at)
		return
	}
	if len(at) == 0 {
		w.isFound, w.isReached = setsField(n), true
		return
	}
	key, _ := at[0].(string)
	if below := n.Get(key); below != nil {
		w.enter(key)
		w.mergeNode(below, at[1:])
	}
}

// replaced follows at through n, which says all that lies in it.
func (w *patchWalk) replaced(n *tree.Node, at tree.Path) {
	w.isFound = true
	for _, elem := range at {
		if n = n.At(tree.P(elem)); n == nil {
			return
		}
		w.enter(elem)
	}
}

// besideDirective is at, which starts with an index, among the elements of n that
// are none of {$patch: replace}.
func besideDirective(n *tree.Node, at tree.Path) tree.Path {
	i, isIndex := at[0].(int)
	if d := replacesAll(n); isIndex && d >= 0 && d <= i {
		return tree.P(i + 1).With(at[1:]...)
	}
	return at
}

// setsField reports whether a map of a patch says a scalar itself, and not only
// what lies deeper: a mistake in the whole is then probably its. An empty map says
// the whole.
func setsField(n *tree.Node) bool {
	return len(n.Fields) == 0 || slices.ContainsFunc(n.Fields, func(f tree.Field) bool { return f.Value.IsScalar() && !isDirective(f.Key) })
}
