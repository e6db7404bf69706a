package load

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Effect is what a layer does to a field.
type Effect uint8

// The effects of a layer.
const (
	// Sets: it says a value, which stands until a layer above says another.
	Sets Effect = iota
	// Merges: it says a map, whose keys come to those of the layers below.
	Merges
	// Removes: a null of it takes away what layers below say.
	Removes
	// Idle: its null takes nothing away.
	Idle
	// Drops: it says something beside which the field cannot stand.
	Drops
)

// Step is what one layer does to a field.
type Step struct {
	Layer  *Layer
	Effect Effect
	// Pos and Value are those of the field, or of the field By that takes it away.
	Pos   tree.Pos
	Value *tree.Node
	By    tree.Path
}

// Trace tells what the layers do to the field at a path of the long form, lowest first;
// those that say nothing of it are left out.
func (l *Layered) Trace(at tree.Path) []Step {
	var steps []Step
	for i := range l.Layers {
		var before *tree.Node
		if i > 0 {
			before = l.after[i-1]
		}
		if step, ok := l.step(i, before, at); ok {
			step.Layer = &l.Layers[i]
			steps = append(steps, step)
		}
	}
	return steps
}

// step is what layer i does, given what those below it come to.
func (l *Layered) step(i int, before *tree.Node, at tree.Path) (Step, bool) {
	root := l.Layers[i].Root
	had := before.At(at) != nil
	if n := root.At(at); n != nil {
		s := Step{Value: n, Pos: place(root, at), Effect: Sets}
		switch {
		case n.Kind == tree.Null && had:
			s.Effect = Removes
		case n.Kind == tree.Null:
			s.Effect = Idle
		case n.Kind == tree.Map && had && before.At(at).Kind == tree.Map:
			s.Effect = Merges
		}
		return s, true
	}
	if !had || l.after[i].At(at) != nil {
		return Step{}, false
	}
	by := dropper(before, root, at)
	s := Step{Effect: Drops, By: by, Pos: place(root, by), Value: root.At(by)}
	if s.Value != nil && s.Value.Kind == tree.Null {
		s.Effect = Removes
	}
	return s, true
}

// place is where a value stands; a map at its key.
func place(root *tree.Node, at tree.Path) tree.Pos {
	n := root.At(at)
	return root.Nearest(at, n != nil && n.Kind >= tree.List)
}

// dropper is the field of a layer that takes away what stood at a path before: a part
// of the path that is no map any more, or another choice of a group.
func dropper(before, layer *tree.Node, at tree.Path) tree.Path {
	s := serviceShape
	for i, e := range at {
		key, isKey := e.(string)
		if !isKey || layer.Kind != tree.Map || before.Kind != tree.Map {
			return at[:i]
		}
		if other := s.otherChoice(before, layer, key); other != "" {
			return at[:i].With(other)
		}
		if layer = layer.Get(key); layer == nil {
			return at[:i]
		}
		before, s = before.Get(key), s.of(key)
	}
	return at
}

// otherChoice is the field of a layer beside which the field key, which it inherits,
// cannot stand.
func (s *shape) otherChoice(inherited, layer *tree.Node, key string) string {
	if s == nil {
		return ""
	}
	for i := range s.groups {
		g := &s.groups[i]
		made, name := g.chosen(layer, 0)
		had, _ := g.chosen(inherited, 0)
		if made < 0 || had < 0 || made == had {
			continue
		}
		if c := g.choices[had]; slices.Contains(c.fields, key) || slices.Contains(c.params, key) {
			return name
		}
	}
	if s.settle == nil {
		return ""
	}
	rest := inherited.Without()
	if s.settle(rest, layer); rest.Get(key) != nil {
		return ""
	}
	for _, name := range []string{"tag", "type", "maxSurge", "maxUnavailable"} {
		if layer.Get(name) != nil {
			return name
		}
	}
	return ""
}

// Leaves are the paths below at that hold no further fields, in the long form: those
// that stand, in their order, and then those that a layer takes away. A field that is
// a leaf itself is the only one; there is none where no layer says anything.
func (l *Layered) Leaves(at tree.Path) []tree.Path {
	var leaves []tree.Path
	seen := map[string]bool{}
	collect := func(root *tree.Node) {
		WalkLeaves(root.At(at), at, func(leaf tree.Path) {
			if key := leaf.String(); !seen[key] {
				seen[key] = true
				leaves = append(leaves, leaf)
			}
		})
	}
	collect(l.after[len(l.after)-1])
	for i := range l.Layers {
		collect(l.Layers[i].Root)
	}
	return slices.DeleteFunc(slices.Clone(leaves), func(leaf tree.Path) bool { return l.isInner(leaf, leaves) })
}

// isInner reports whether a leaf of one layer, such as a null or {}, has fields below it
// in what all layers come to, or, where it comes to nothing, in another layer.
func (l *Layered) isInner(leaf tree.Path, leaves []tree.Path) bool {
	if n := l.At(leaf); n != nil {
		return n.Kind == tree.Map && len(n.Fields) > 0
	}
	return slices.ContainsFunc(leaves, func(other tree.Path) bool { return len(other) > len(leaf) && leaf.IsAlong(other) })
}

// WalkLeaves visits the paths below at that hold no further fields; n stands at at.
func WalkLeaves(n *tree.Node, at tree.Path, visit func(tree.Path)) {
	switch {
	case n == nil:
	case n.Kind != tree.Map || len(n.Fields) == 0:
		visit(at)
	default:
		for i := range n.Fields {
			WalkLeaves(n.Fields[i].Value, at.With(n.Fields[i].Key), visit)
		}
	}
}

// At is the value of the field at a path that people wrote; nil where no layer sets it.
func (l *Layered) At(at tree.Path) *tree.Node { return l.after[len(l.after)-1].At(at) }
