package manifests

import (
	"reflect"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

const directive = "$patch"

// list is what a patch says of a list: of one whose elements the API finds by a key,
// those that differ; of another all of it.
func (m *merger) list(s sides, typ reflect.Type, tag reflect.StructTag, at tree.Path) (value, order *tree.Node) {
	merges := slices.Contains(strings.Split(tag.Get("patchStrategy"), ","), "merge")
	whole := bare(either(s.want, s.wantFull))
	if !merges || typ == nil {
		if m.inLists != nil && !slices.ContainsFunc(at, isIndex) {
			if ops := m.operationsAt(nil, s, at); !slices.ContainsFunc(ops, func(op *tree.Node) bool { return text(op, "path") == jsonPointer(at) }) {
				*m.inLists = append(*m.inLists, ops...)
				return nil, nil
			}
		}
		return whole, nil
	}
	key := tag.Get("patchMergeKey")
	before, after := keyed(s.haveFull, key), keyed(s.wantFull, key)
	if key == "" || before == nil || after == nil || !slices.ContainsFunc(after, func(k string) bool { return slices.Contains(before, k) }) {
		return replaced(whole), nil
	}
	out := listNode(tree.Pos{})
	add := func(n *tree.Node) { out.Fields = append(out.Fields, tree.Field{Value: n}) }
	result := slices.Clone(before)
	for i, k := range before {
		if !slices.Contains(after, k) {
			gone := bare(mapNode(tree.Pos{}, key, s.haveFull.Fields[i].Value.Get(key)))
			gone.Set(directive, tree.Pos{}, stringNode("delete", tree.Pos{}))
			add(gone)
			result = slices.DeleteFunc(result, func(r string) bool { return r == k })
		}
	}
	for i, k := range after {
		was := slices.Index(before, k)
		if was < 0 {
			add(bare(either(elementAt(s.want, i), s.wantFull.Fields[i].Value)))
			result = append(result, k)
			continue
		}
		element := sides{elementAt(s.have, was), s.haveFull.Fields[was].Value, elementAt(s.want, i), s.wantFull.Fields[i].Value}
		changed, _ := m.value(element, typ.Elem(), "", at.With(i))
		if changed != nil && changed.Kind == tree.Map {
			named := bare(mapNode(tree.Pos{}, key, s.wantFull.Fields[i].Value.Get(key)))
			named.Fields = append(named.Fields, changed.Without(key).Fields...)
			add(named)
		}
	}
	if !slices.Equal(result, after) && !isUnordered(at.String()) {
		order = listNode(tree.Pos{})
		for i := range after {
			named := bare(mapNode(tree.Pos{}, key, s.wantFull.Fields[i].Value.Get(key)))
			order.Fields = append(order.Fields, tree.Field{Value: named})
		}
	}
	if len(out.Fields) == 0 {
		return nil, order
	}
	return out, order
}

// keyed are the keys by which the API finds the elements of a list; nil where two have
// the same, or one has none.
func keyed(list *tree.Node, key string) (found []string) {
	for _, e := range elements(list) {
		k := e.Get(key)
		if k == nil || !k.IsScalar() || slices.Contains(found, k.Text) {
			return nil
		}
		found = append(found, k.Text)
	}
	return found
}

func elementAt(list *tree.Node, i int) *tree.Node {
	if list == nil || i >= len(list.Fields) {
		return nil
	}
	return list.Fields[i].Value
}

// replaced is a list that takes the place of all that is there.
func replaced(list *tree.Node) *tree.Node {
	first := mapNode(tree.Pos{}, directive, stringNode("replace", tree.Pos{}))
	return listNode(tree.Pos{}, append([]*tree.Node{first}, elements(list)...)...)
}
