package validate

import (
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// pathIn is the path in the manifest n that the server's path leads to. The
// server's is that of its internal types: names may differ in case
// (spec.LoadBalancerSourceRanges), and what lies in a pod's spec may be said to
// lie in its securityContext (hostPID). What the manifest does not have is kept
// as the server writes it.
func pathIn(n *tree.Node, field string) tree.Path {
	w := pathWalk{nodes: []*tree.Node{n}}
	for rest := field; rest != ""; {
		rest = w.step(strings.TrimPrefix(rest, "."))
	}
	return w.path
}

// pathWalk follows a path; nodes are those it led through, nil where there is none.
type pathWalk struct {
	nodes []*tree.Node
	path  tree.Path
}

func (w *pathWalk) here() *tree.Node { return w.nodes[len(w.nodes)-1] }

func (w *pathWalk) enter(elem any, n *tree.Node) {
	w.path, w.nodes = append(w.path, elem), append(w.nodes, n)
}

// step takes the first element off text.
func (w *pathWalk) step(text string) (rest string) {
	if inner, isIndex := strings.CutPrefix(text, "["); isIndex {
		return w.index(inner)
	}
	end := strings.IndexAny(text, ".[")
	if end < 0 {
		end = len(text)
	}
	if n := w.here(); n != nil && n.Kind == tree.Map {
		// A key of annotations may be written as if it were a field's name.
		for i := range n.Fields {
			if k := n.Fields[i].Key; len(k) > end && strings.HasPrefix(text, k) && (len(text) == len(k) || text[len(k)] == '.') {
				end = len(k)
			}
		}
	}
	w.name(text[:end])
	return text[end:]
}

// index takes "0]" of a list, or "some/key]" of a map, where a key may hold
// brackets itself.
func (w *pathWalk) index(text string) (rest string) {
	n := w.here()
	if n != nil && n.IsScalar() { // the server's list of one: clusterIPs[0]
		_, rest, _ = strings.Cut(text, "]")
		return rest
	}
	end := strings.IndexByte(text, ']')
	if end < 0 {
		end = len(text)
	}
	if n != nil && n.Kind == tree.Map {
		key := text[:end]
		for i := range n.Fields {
			if k := n.Fields[i].Key; len(k) > len(key) && strings.HasPrefix(text, k+"]") {
				key = k
			}
		}
		if values := w.nodes[0].Get("stringData"); n.Get(key) == nil && values.Get(key) != nil && w.path.String() == "data" {
			w.path, w.nodes = tree.P("stringData"), []*tree.Node{w.nodes[0], values}
		}
		if requests := n.Get("requests"); n.Get(key) == nil && requests != nil { // a claim's resources[storage]
			w.enter("requests", requests)
		}
		w.enter(key, w.here().Get(key))
		return strings.TrimPrefix(text[len(key):], "]")
	}
	if i, err := strconv.Atoi(text[:end]); err == nil {
		w.enter(i, n.At(tree.P(i)))
	} else {
		w.enter(text[:end], nil)
	}
	return strings.TrimPrefix(text[end:], "]")
}

// name takes the name of a field.
func (w *pathWalk) name(name string) {
	if key, below := fieldNamed(w.here(), name); below != nil {
		w.enter(key, below)
		return
	}
	if last := len(w.path) - 1; last >= 0 && w.path[last] == "securityContext" {
		if key, below := fieldNamed(w.nodes[last], name); below != nil {
			w.path, w.nodes = w.path[:last], w.nodes[:last+1]
			w.enter(key, below)
			return
		}
	}
	metadata := w.here().Get("metadata")
	if key, below := fieldNamed(metadata, name); below != nil && len(w.path) > 0 { // spec.template.labels
		w.enter("metadata", metadata)
		w.enter(key, below)
		return
	}
	if below := w.here().Get("clusterIP"); name == "clusterIPs" && below != nil {
		w.enter("clusterIP", below)
		return
	}
	if len(w.path) == 0 && w.elsewhere(name) {
		return
	}
	if name == "limits" && lastKey(w.path) == "overhead" { // the server's name for all of it
		return
	}
	w.enter(name, nil)
}

// elsewhere takes a field of an object that the server names without what it lies
// in: ordinals.start, and data of a Secret, which stringData is added to.
func (w *pathWalk) elsewhere(name string) bool {
	root := w.here()
	if below := root.Get("stringData"); name == "data" && below != nil {
		w.enter("stringData", below)
		return true
	}
	spec := root.Get("spec")
	key, below := fieldNamed(spec, name)
	if below != nil {
		w.enter("spec", spec)
		w.enter(key, below)
	}
	return below != nil
}

// fieldNamed finds the entry called name, or else one that differs in case alone.
func fieldNamed(n *tree.Node, name string) (key string, value *tree.Node) {
	if value = n.Get(name); value != nil {
		return name, value
	}
	if n == nil || n.Kind != tree.Map {
		return "", nil
	}
	for i := range n.Fields {
		if strings.EqualFold(n.Fields[i].Key, name) {
			return n.Fields[i].Key, n.Fields[i].Value
		}
	}
	return "", nil
}
