// Package fix mends manifests in their text: the value, the key or the entry that is
// wrong changes, and comments, order and all other bytes stay.
package fix

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

type kind uint8

const (
	quote kind = iota
	set
	rename
	remove
)

// Edit is a change of an object that mends one mistake.
type Edit struct {
	At   tree.Path // of the value in the object
	kind kind
	was  string // the value; nothing comes of the edit where the file has another by now
	text string // the new value, or the new key
}

// Quote makes a string of the number or boolean at a path, as it was typed.
func Quote(at tree.Path) Edit { return Edit{At: at, kind: quote} }

// Set changes the string at a path, which was, to text, of which YAML needs no quotes.
func Set(at tree.Path, was, text string) Edit { return Edit{At: at, kind: set, was: was, text: text} }

// Rename gives the entry at a path, whose value was a string, another key.
func Rename(at tree.Path, was, key string) Edit {
	return Edit{At: at, kind: rename, was: was, text: key}
}

// Delete removes the entry at a path, whose value was a string.
func Delete(at tree.Path, was string) Edit { return Edit{At: at, kind: remove, was: was} }

// apply is what the edit does to a tree, as it does it to the text that the tree was read
// from, where it fits. typed is a scalar as it stands in the text, for Quote.
func (e *Edit) apply(root *tree.Node, typed string) (do func(), fits bool) {
	parent, n := e.find(root)
	if n == nil {
		return nil, false
	}
	if e.kind == quote {
		return func() { n.Kind, n.Text = tree.String, typed }, true
	}
	key, isKey := e.At[len(e.At)-1].(string)
	switch {
	case n.Kind != tree.String || n.Text != e.was:
		return nil, false
	case e.kind == set:
		return func() { n.Text = e.text }, true
	case !isKey:
		return nil, false
	case e.kind == rename:
		return func() { parent.Field(key).Key = e.text }, parent.Get(e.text) == nil
	}
	return func() { parent.Delete(key) }, len(parent.Fields) > 1
}

// find returns the node that the edit is about, and the map or list that it is in.
func (e *Edit) find(root *tree.Node) (parent, n *tree.Node) {
	if len(e.At) == 0 {
		return nil, nil
	}
	parent = root.At(e.At[:len(e.At)-1])
	n = parent.At(e.At[len(e.At)-1:])
	if n == nil || !n.IsScalar() {
		return nil, nil
	}
	return parent, n
}

// clone is a copy of a tree that shares nothing with it.
func clone(n *tree.Node) *tree.Node {
	c := *n
	c.Fields = slices.Clone(n.Fields)
	for i := range c.Fields {
		c.Fields[i].Value = clone(c.Fields[i].Value)
	}
	return &c
}

// areEqual reports whether two trees hold the same, wherever it stands.
func areEqual(a, b *tree.Node) bool {
	return a.Kind == b.Kind && a.Text == b.Text && slices.EqualFunc(a.Fields, b.Fields, func(a, b tree.Field) bool {
		return a.Key == b.Key && areEqual(a.Value, b.Value)
	})
}
