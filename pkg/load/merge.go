package load

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// merger lays one layer over what is below it. Layers are shared by services and
// environments, so no node of one is ever changed.
type merger struct {
	sink *report.Sink
}

// over merges layer over inherited, which may be nil, and returns a new node. A
// null removes what it inherits; maps merge by key and keep the order of first
// appearance; everything else replaces.
func (m *merger) over(inherited, layer *tree.Node, s *shape, at tree.Path) *tree.Node {
	if layer.Kind != tree.Map {
		return layer
	}
	if inherited == nil || inherited.Kind != tree.Map {
		if !hasNull(layer) {
			return layer
		}
		inherited = &tree.Node{Kind: tree.Map}
	}
	merged := &tree.Node{Kind: tree.Map, Pos: layer.Pos}
	merged.Fields = make([]tree.Field, len(inherited.Fields), len(inherited.Fields)+len(layer.Fields))
	copy(merged.Fields, inherited.Fields)
	if s != nil {
		for i := range s.groups {
			s.groups[i].drop(merged, layer)
		}
		if s.settle != nil {
			s.settle(merged, layer)
		}
	}
	keys := indexOf(merged, len(layer.Fields))
	for i := range layer.Fields {
		m.field(keys, inherited, &layer.Fields[i], s, at)
	}
	merged.Fields = slices.DeleteFunc(merged.Fields, func(f tree.Field) bool { return f.Value == nil })
	return merged
}

// field lays one entry of a layer over merged. Where a group dropped what was
// there, a null beside it still removed something, so inherited is asked too.
func (m *merger) field(merged *keyIndex, inherited *tree.Node, f *tree.Field, s *shape, at tree.Path) {
	below := merged.find(f.Key)
	if f.Value.Kind == tree.Null {
		switch {
		case below != nil:
			below.Value = nil
		case !m.sink.IsFull() && inherited.Get(f.Key) == nil && (s == nil || !s.raw):
			m.sink.WarnAt(f.KeyPos, schema.NullRemovesNothing, at.With(f.Key), "null removes nothing: no lower layer sets it").
				Fix = "remove the line; to decline a built-in default see kgen's documentation of the field"
		}
		return
	}
	if below == nil {
		value := m.over(nil, f.Value, s.of(f.Key), at.With(f.Key))
		merged.add(tree.Field{Key: f.Key, KeyPos: f.KeyPos, Value: value})
		return
	}
	below.Value, below.KeyPos = m.over(below.Value, f.Value, s.of(f.Key), at.With(f.Key)), f.KeyPos
}

// wide is from how many keys on a map is searched by an index.
const wide = 64

// keyIndex finds the entries of a map that a layer is laid over. An entry that
// was removed has no value, so that the others keep their places.
type keyIndex struct {
	*tree.Node
	places map[string]int // nil for a map that is not wide
}

// indexOf makes the index of n, to which as many as added entries will come.
func indexOf(n *tree.Node, added int) *keyIndex {
	k := &keyIndex{Node: n}
	if len(n.Fields)+added < wide {
		return k
	}
	k.places = make(map[string]int, len(n.Fields)+added)
	for i := range n.Fields {
		k.places[n.Fields[i].Key] = i
	}
	return k
}

func (k *keyIndex) find(key string) *tree.Field {
	var f *tree.Field
	if k.places == nil {
		f = k.Field(key)
	} else if i, found := k.places[key]; found {
		f = &k.Fields[i]
	}
	if f == nil || f.Value == nil {
		return nil
	}
	return f
}

func (k *keyIndex) add(f tree.Field) {
	if k.places != nil {
		k.places[f.Key] = len(k.Fields)
	}
	k.Fields = append(k.Fields, f)
}

// hasNull reports whether a map holds a null outside of lists.
func hasNull(n *tree.Node) bool {
	for i := range n.Fields {
		v := n.Fields[i].Value
		if v.Kind == tree.Null || v.Kind == tree.Map && hasNull(v) {
			return true
		}
	}
	return false
}

// settleMounts turns the mountPath of every volume into its mounts, once no
// layer can replace it any more; it returns a new node where there is one.
func settleMounts(service *tree.Node) *tree.Node {
	return mapFields(service, func(f *tree.Field) *tree.Node {
		if f.Key != "volumes" {
			return f.Value
		}
		return mapFields(f.Value, func(volume *tree.Field) *tree.Node { return settleMount(volume.Value) })
	})
}

func settleMount(volume *tree.Node) *tree.Node {
	path := volume.Field("mountPath")
	if path == nil || path.Value.Kind != tree.String {
		return volume
	}
	mount := tree.Field{Key: path.Value.Text, KeyPos: path.Value.Pos, Value: &tree.Node{Kind: tree.Map, Pos: path.Value.Pos}}
	settled := volume.Without()
	*settled.Field("mountPath") = tree.Field{
		Key: "mounts", KeyPos: path.KeyPos,
		Value: &tree.Node{Kind: tree.Map, Pos: path.KeyPos, Fields: []tree.Field{mount}},
	}
	return settled
}
