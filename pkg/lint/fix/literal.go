package fix

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// Objects are the objects of a stream of manifests.
func Objects(data []byte) (found []*tree.Node) {
	for _, n := range parse(data) {
		validate.Elements(n, func(n *tree.Node) { found = append(found, n) })
	}
	return found
}

// InService is an edit of a rendered object as that of the service file, in YAML or
// JSON, that its value was written in at a place. It is not ok where another value, or
// another key, stands there.
func InService(data []byte, pos tree.Pos, e Edit) (placed Placed, ok bool) {
	if len(e.At) == 0 {
		return Placed{}, false
	}
	for _, n := range parse(data) {
		if at := pathTo(n, pos, e.At[len(e.At)-1], e.was); at != nil {
			e.At = at
			return Placed{n.Pos.Line, n.Pos.Col, e}, true
		}
	}
	return Placed{}, false
}

// pathTo is the path to the string that stands, or whose key stands, at a place; nil
// where there is none.
func pathTo(n *tree.Node, pos tree.Pos, key any, text string) tree.Path {
	for i := range n.Fields {
		f := &n.Fields[i]
		var step any = f.Key
		if n.Kind == tree.List {
			step = i
		}
		isThere := isAt(f.Value.Pos, pos) || isAt(f.KeyPos, pos)
		if isThere && step == key && f.Value.Kind == tree.String && f.Value.Text == text {
			return tree.P(step)
		}
		if below := pathTo(f.Value, pos, key, text); below != nil {
			return tree.P(step).With(below...)
		}
	}
	return nil
}

func isAt(a, b tree.Pos) bool { return a.Line == b.Line && a.Col == b.Col }
