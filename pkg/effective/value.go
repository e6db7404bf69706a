// Package effective tells what the fields of a service come to in one environment, and
// why: the layers that set them, those that lost, and kgen's own defaults.
package effective

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Value is what one field comes to, one that has no fields below it.
type Value struct {
	Path tree.Path
	// Node is the value in effect; nil where there is none.
	Node *tree.Node
	// Steps are what the layers do to it, lowest first.
	Steps []load.Step
	// Default is the built-in default: where IsDefault is set the one that made the
	// value, or completed it, else one that does not apply here. nil is none.
	Default   *schema.Default
	IsDefault bool
}

// DefaultText is what the default is, with the name of the field that it fills where
// that lies below this one.
func (v *Value) DefaultText() string {
	below := strings.Split(v.Default.Field, ".")
	below = below[min(len(v.Path), len(below)):]
	if len(below) > 0 && below[0] == "*" { // in every element of a list
		below = below[1:]
	}
	return strings.Join(append(below, v.Default.Value), ": ")
}

// Service is a service of one environment, whose fields can be asked for.
type Service struct {
	*load.Layered
	written, filled *tree.Node // nil where the service is wrong
}

// New makes what can be asked for.
func New(l *load.Layered) *Service {
	s := &Service{Layered: l}
	if l.Service != nil {
		s.written, s.filled = tree.Encode(l.Written), tree.Encode(l.Service)
		fillTemplates(s.filled, l.Service)
	}
	return s
}

// Values are what the field at a path comes to: of a map, each that lies below. A path
// may have * for any key or index. There is always one.
func (s *Service) Values(at tree.Path) []Value {
	var values []Value
	for _, path := range s.expand(at) {
		path = s.asWritten(path)
		for _, leaf := range s.leaves(path) {
			values = append(values, s.value(leaf))
		}
	}
	if len(values) == 0 {
		values = append(values, s.value(at))
	}
	return values
}

// leaves are those that people wrote and those that defaults fill in.
func (s *Service) leaves(at tree.Path) []tree.Path {
	leaves := s.Leaves(at)
	if s.filled == nil {
		return leaves
	}
	known := map[string]bool{}
	for _, leaf := range leaves {
		known[leaf.String()] = true
	}
	load.WalkLeaves(s.filled.At(at), at, func(leaf tree.Path) {
		if !known[leaf.String()] && s.isFilled(leaf) {
			leaves = append(leaves, leaf)
		}
	})
	// What only declines to say anything is told where nothing else stands.
	return slices.DeleteFunc(leaves, func(leaf tree.Path) bool {
		n := s.filled.At(leaf)
		return n != nil && n.Kind == tree.Map && len(n.Fields) > 0
	})
}

// isFilled reports whether the value at a path is a default, or one that a default
// changed.
func (s *Service) isFilled(at tree.Path) bool {
	if s.filled == nil {
		return false
	}
	filled, written := s.filled.At(at), s.written.At(at)
	return filled != nil && (written == nil || string(filled.AppendJSON(nil)) != string(written.AppendJSON(nil)))
}

func (s *Service) value(at tree.Path) Value {
	v := Value{Path: at, Node: s.At(at), Steps: s.Trace(at), Default: defaultOf(at)}
	if v.Node != nil && v.Node.Kind == tree.Null {
		v.Node = nil
	}
	if s.isFilled(at) {
		v.Node, v.IsDefault = s.filled.At(at), true
	}
	if v.Default != nil && v.Node == nil && !isOf(v.Default, &v) {
		v.Default = nil
	}
	if len(at) == 1 && at[0] == "namespace" && v.Node == nil {
		s.takeNamespace(&v)
	}
	return v
}

// takeNamespace is for the one field that the project sets outside of any layer.
func (s *Service) takeNamespace(v *Value) {
	for _, at := range []tree.Path{tree.P("environments", s.Environment, "namespace"), tree.P("namespace")} {
		if n := s.Project.Tree.At(at.With("name")); n != nil && n.Kind == tree.String {
			v.Node = n
			v.Steps = append(v.Steps, load.Step{Layer: &load.Layer{At: at, InProject: true}, Pos: n.Pos, Value: n})
			return
		}
	}
}

// asWritten is the path at which people wrote what another path of the long form holds:
// the mounts of a volume as its mountPath.
func (s *Service) asWritten(at tree.Path) tree.Path {
	if len(at) < 3 || at[0] != "volumes" || at[2] != "mounts" || s.At(at) != nil {
		return at
	}
	if path := at[:2].With("mountPath"); s.At(path) != nil {
		return path
	}
	return at
}

// expand puts the keys and indexes that there are into the place of every *.
func (s *Service) expand(at tree.Path) []tree.Path {
	star := slices.Index(at, any("*"))
	if star < 0 {
		return []tree.Path{at}
	}
	var paths []tree.Path
	for _, element := range s.Elements(at[:star]) {
		paths = append(paths, s.expand(at[:star].With(element).With(at[star+1:]...))...)
	}
	return paths
}

// Elements are the keys of the map, or the indexes of the list, at a path: of what
// people wrote in any layer, and of what defaults fill in.
func (s *Service) Elements(at tree.Path) []any {
	var elements []any
	from := func(root *tree.Node) {
		n := root.At(at)
		if n == nil {
			return
		}
		for i := range n.Fields {
			var element any = n.Fields[i].Key
			if n.Kind == tree.List {
				element = i
			}
			if !slices.Contains(elements, element) {
				elements = append(elements, element)
			}
		}
	}
	from(s.Tree)
	for i := range s.Layers {
		from(s.Layers[i].Root)
	}
	from(s.filled)
	return elements
}
