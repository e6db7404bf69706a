package manifest

import (
	"reflect"
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// mergeList merges the list n into a list that the API merges: scalars as a
// set, structs by their merge key. What is new goes last.
func (p *patcher) mergeList(v reflect.Value, n *tree.Node, mergeKey string, at tree.Path) {
	if i := replacesAll(n); i >= 0 {
		d, rest := n.Fields[i].Value.Get(directive), *n
		rest.Fields = slices.Delete(slices.Clone(n.Fields), i, i+1)
		p.replace(v, &rest, part{d, at.With(i, directive)}, at)
		return
	}
	if len(n.Fields) == 0 {
		p.mark(n, at, false)
	}
	if mergeKey == "" {
		p.addElements(v, n, at)
		return
	}
	key, found := fieldNamed(v.Type().Elem(), mergeKey)
	if !found || !p.isUnambiguous(v, n, key, mergeKey, at) {
		return
	}
	for i := range n.Fields {
		p.mergeElement(v, n.Fields[i].Value, key, mergeKey, at.With(i))
	}
}

// replacesAll finds the element {$patch: replace}, which replaces the list by
// the other elements; it is -1 without one.
func replacesAll(n *tree.Node) int {
	return slices.IndexFunc(n.Fields, func(e tree.Field) bool {
		d := e.Value.Get(directive)
		return d != nil && d.Text == "replace" && len(e.Value.Fields) == 1
	})
}

// addElements adds the scalars that are not there yet.
func (p *patcher) addElements(v reflect.Value, n *tree.Node, at tree.Path) {
	for i := range n.Fields {
		if value, ok := p.element(v, n.Fields[i].Value, at.With(i)); ok {
			isNew := indexOf(v, value) < 0
			p.mark(n.Fields[i].Value, at.With(i), isNew)
			if isNew {
				v.Set(reflect.Append(v, value))
			}
		}
	}
}

// deleteElements obeys $deleteFromPrimitiveList.
func (p *patcher) deleteElements(v reflect.Value, n *tree.Node, at tree.Path) {
	if v.Kind() != reflect.Slice || n.Kind != tree.List {
		p.errorf(n, at, "expected a list of elements of a list")
		return
	}
	for i := range n.Fields {
		value, ok := p.element(v, n.Fields[i].Value, at.With(i))
		if !ok {
			continue
		}
		found := indexOf(v, value)
		p.mark(n.Fields[i].Value, at.With(i), found >= 0)
		for ; found >= 0; found = indexOf(v, value) {
			removeElement(v, found)
		}
	}
}

// element decodes n as an element of the list v.
func (p *patcher) element(v reflect.Value, n *tree.Node, at tree.Path) (reflect.Value, bool) {
	value := reflect.New(v.Type().Elem())
	if n.Kind == tree.Null {
		p.errorf(n, at, "a list has no null in it")
		return value, false
	}
	errors := tree.Decode(n, value.Interface())
	p.report(errors, n, at)
	return value.Elem(), errors == nil
}

func indexOf(v, value reflect.Value) int {
	for i := range v.Len() {
		if looksSame(v.Index(i), value) {
			return i
		}
	}
	return -1
}

func removeElement(v reflect.Value, i int) {
	v.Set(reflect.AppendSlice(v.Slice3(0, i, i), v.Slice(i+1, v.Len())))
}

// isUnambiguous reports lists that the merge key does not tell apart.
func (p *patcher) isUnambiguous(v reflect.Value, n *tree.Node, key reflect.StructField, mergeKey string, at tree.Path) bool {
	for i := range v.Len() {
		for j := range i {
			if looksSame(v.Index(i).FieldByIndex(key.Index), v.Index(j).FieldByIndex(key.Index)) {
				p.errorf(n, at, "two elements of the list have the same %s, by which merge finds them", mergeKey).
					Fix = "use jsonPatch, which finds elements by their place"
				return false
			}
		}
	}
	for i := range n.Fields {
		for j := range i {
			a, b := n.Fields[i].Value.Get(mergeKey), n.Fields[j].Value.Get(mergeKey)
			if a != nil && b != nil && a.IsScalar() && a.Kind == b.Kind && a.Text == b.Text {
				p.errorf(n.Fields[i].Value, at.With(i), "a second element of the list with this %s, by which merge finds them", mergeKey).
					Fix = "use jsonPatch, which finds elements by their place"
				return false
			}
		}
	}
	return true
}

// mergeElement merges n into the element of the list with its merge key,
// removes that, or appends n.
func (p *patcher) mergeElement(v reflect.Value, n *tree.Node, key reflect.StructField, mergeKey string, at tree.Path) {
	keyNode := n.Get(mergeKey)
	if keyNode == nil || keyNode.Kind == tree.Null {
		p.errorf(n, at, "%s is missing, by which merge finds the element", mergeKey)
		return
	}
	found, ok := p.find(v, keyNode, key, at.With(mergeKey))
	if !ok {
		return
	}
	d := n.Get(directive)
	switch {
	case d != nil && d.Text == "delete":
		for _, f := range n.Fields {
			if f.Key != mergeKey && f.Key != directive {
				p.errorf(f.Value, at.With(f.Key), "changes nothing in an element that is removed")
			}
		}
		p.mark(d, at.With(directive), found >= 0)
		if found >= 0 {
			removeElement(v, found)
		}
	case found >= 0:
		if len(n.Fields) == 1 {
			p.mark(n, at, false)
		}
		p.mergeStruct(v.Index(found), n, mergeKey, at)
	default:
		p.appendElement(v, n, at)
	}
}

func (p *patcher) appendElement(v reflect.Value, n *tree.Node, at tree.Path) {
	if d := firstDirective(n); d != nil {
		p.errorf(d.Value, at, "%s changes nothing in a new element", d.Key)
		return
	}
	if value, ok := p.element(v, n, at); ok {
		p.mark(n, at, true)
		v.Set(reflect.Append(v, value))
	}
}

// firstDirective finds a directive in n or below.
func firstDirective(n *tree.Node) *tree.Field {
	for i := range n.Fields {
		if isDirective(n.Fields[i].Key) {
			return &n.Fields[i]
		}
		if d := firstDirective(n.Fields[i].Value); d != nil {
			return d
		}
	}
	return nil
}

// find returns the index of the element with the merge key, or -1.
func (p *patcher) find(v reflect.Value, keyNode *tree.Node, key reflect.StructField, at tree.Path) (int, bool) {
	wanted := reflect.New(key.Type)
	if errors := tree.Decode(keyNode, wanted.Interface()); errors != nil {
		p.report(errors, keyNode, at)
		return 0, false
	}
	for i := range v.Len() {
		if looksSame(v.Index(i).FieldByIndex(key.Index), wanted.Elem()) {
			return i, true
		}
	}
	return -1, true
}

// setOrder obeys $setElementOrder: the elements that n names come in its order,
// each in the place of another of them; the rest stays where it is.
func (p *patcher) setOrder(v reflect.Value, n *tree.Node, mergeKey string, at tree.Path) {
	if v.Kind() != reflect.Slice || n.Kind != tree.List {
		p.errorf(n, at, "expected a list of elements of a list")
		return
	}
	var named []int
	for i := range n.Fields {
		found, ok := p.findForOrder(v, n.Fields[i].Value, mergeKey, at.With(i))
		if ok && found >= 0 && !slices.Contains(named, found) {
			named = append(named, found)
		}
	}
	places := slices.Sorted(slices.Values(named))
	ordered := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	reflect.Copy(ordered, v)
	for i, place := range places {
		ordered.Index(place).Set(v.Index(named[i]))
	}
	p.mark(n, at, !slices.Equal(places, named))
	v.Set(ordered)
}

func (p *patcher) findForOrder(v reflect.Value, n *tree.Node, mergeKey string, at tree.Path) (int, bool) {
	if mergeKey == "" {
		value, ok := p.element(v, n, at)
		if !ok {
			return 0, false
		}
		return indexOf(v, value), true
	}
	key, found := fieldNamed(v.Type().Elem(), mergeKey)
	keyNode := n.Get(mergeKey)
	if !found || keyNode == nil {
		p.errorf(n, at, "%s is missing, by which merge finds the element", mergeKey)
		return 0, false
	}
	return p.find(v, keyNode, key, at.With(mergeKey))
}
