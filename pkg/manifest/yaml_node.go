package manifest

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// node writes what has no Go type, its entries in the order written.
func (w *writer) node(n *tree.Node, m margin) {
	if n == nil {
		w.scalar("null", m)
		return
	}
	switch n.Kind {
	case tree.String:
		w.string(n.Text, m)
	case tree.Bool:
		w.scalar(n.Text, m)
	case tree.Int, tree.Float:
		w.number(n, m)
	case tree.List:
		w.list(n.Fields, m)
	case tree.Map:
		w.entries(n.Fields, m)
	default:
		w.scalar("null", m)
	}
}

// number writes a number so that every reader takes it alike. What is not
// finite no manifest can hold: it is written as null, as in JSON.
func (w *writer) number(n *tree.Node, m margin) {
	if text, ok := n.Decimal(); ok {
		w.scalar(text, m)
	} else {
		w.scalar("null", m)
	}
}

func (w *writer) list(items []tree.Field, m margin) {
	if len(items) == 0 {
		w.scalar("[]", m)
		return
	}
	m = m.items()
	for i := range items {
		w.entry(m, i == 0)
		w.dst = append(w.dst, '-')
		w.node(items[i].Value, margin{m.column + 2, dash})
	}
}

func (w *writer) entries(fields []tree.Field, m margin) {
	if len(fields) == 0 {
		w.scalar("{}", m)
		return
	}
	for i := range fields {
		w.entry(m, i == 0)
		w.key(fields[i].Key, m)
		w.node(fields[i].Value, m.under())
	}
}

// The keys that come first in an object without a Go type, as in those with one.
var (
	objectOrder   = []string{"apiVersion", "kind", "metadata", "spec", "data"}
	metadataOrder = []string{"name", "generateName", "namespace", "labels", "annotations"}
)

// inOrder is a manifest as kgen writes it: first the keys that every object
// has, then the others in the order written, nothing that only a server fills.
func inOrder(n *tree.Node) *tree.Node {
	ordered := reordered(n, objectOrder)
	if status := ordered.Get("status"); status != nil && len(status.Fields) == 0 && (status.Kind == tree.Map || status.Kind == tree.Null) {
		ordered.Delete("status")
	}
	if metadata := ordered.Field("metadata"); metadata != nil && metadata.Value.Kind == tree.Map {
		metadata.Value = reordered(metadata.Value, metadataOrder)
		if created := metadata.Value.Get("creationTimestamp"); created != nil && created.Kind == tree.Null {
			metadata.Value.Delete("creationTimestamp")
		}
	}
	return ordered
}

// reordered is a copy of the map n with some keys first.
func reordered(n *tree.Node, first []string) *tree.Node {
	ordered := *n
	ordered.Fields = slices.Clone(n.Fields)
	slices.SortStableFunc(ordered.Fields, func(a, b tree.Field) int { return rank(first, a.Key) - rank(first, b.Key) })
	return &ordered
}

func rank(first []string, key string) int {
	if i := slices.Index(first, key); i >= 0 {
		return i
	}
	return len(first)
}
