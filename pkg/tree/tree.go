// Package tree is what people wrote, before it has a type: literals that know
// where they stand. CUE, YAML and JSON are all read into it, layers are merged
// in it, and every error finds its line by it.
package tree

import (
	"slices"
	"strconv"
	"strings"
)

// Source is a file, or standard input, that nodes were read from. All
// positions in it share one Source, which keeps a Pos small.
type Source struct {
	// Name is the file as messages name it: a slash path relative to the
	// working directory.
	Name string
	// Dir is the directory that relative paths in the file start from.
	Dir string
}

// Pos is a place in a file; Line and Col count from 1, Col in characters as
// editors show them. Line 0 means the file as a whole; the zero Pos is nowhere.
type Pos struct {
	Source    *Source
	Line, Col int32
}

// IsValid reports whether p names a line.
func (p Pos) IsValid() bool { return p.Line > 0 }

// File is the name of the file, empty for nowhere.
func (p Pos) File() string {
	if p.Source == nil {
		return ""
	}
	return p.Source.Name
}

// String is file:line:col, the form every message starts with.
func (p Pos) String() string {
	if !p.IsValid() {
		return p.File()
	}
	return p.File() + ":" + strconv.Itoa(int(p.Line)) + ":" + strconv.Itoa(int(p.Col))
}

// Kind is what a Node holds.
type Kind uint8

// The kinds of a Node. Numbers and booleans keep the text that was typed.
const (
	Null Kind = iota
	Bool
	Int
	Float
	String
	List
	Map
)

var kindNames = [...]string{"null", "a boolean", "an integer", "a number", "a string", "a list", "a map"}

// String names the kind as a message does: "a list".
func (k Kind) String() string { return kindNames[k] }

// Node is one literal. Text holds a scalar: of a string its value, of a number
// the text as typed ("1.10", "0x1F"), of a boolean "true" or "false".
// Fields holds the entries of a map in the order written, or, with empty keys,
// the elements of a list.
type Node struct {
	Pos    Pos
	Text   string
	Fields []Field
	Kind   Kind
	// Plain marks a YAML string without quotes, which a YAML 1.1 reader may
	// take for something else ("yes", "0644"), and in a foreign manifest a
	// boolean that was typed as such a word.
	Plain bool
}

// Field is an entry of a map, or an element of a list (Key empty).
type Field struct {
	Key    string
	KeyPos Pos
	Value  *Node
}

// IsScalar reports whether n is neither a map nor a list.
func (n *Node) IsScalar() bool { return n.Kind < List }

// Get returns the value under key in a map, or nil. It is safe on a nil node.
func (n *Node) Get(key string) *Node {
	if f := n.Field(key); f != nil {
		return f.Value
	}
	return nil
}

// Field returns the entry under key in a map, or nil.
func (n *Node) Field(key string) *Field {
	if n == nil || n.Kind != Map {
		return nil
	}
	for i := range n.Fields {
		if n.Fields[i].Key == key {
			return &n.Fields[i]
		}
	}
	return nil
}

// Set replaces the value under key, or appends it.
func (n *Node) Set(key string, keyPos Pos, value *Node) {
	if f := n.Field(key); f != nil {
		f.Value = value
		return
	}
	n.Fields = append(n.Fields, Field{Key: key, KeyPos: keyPos, Value: value})
}

// Delete removes key from a map and reports whether it was there.
func (n *Node) Delete(key string) bool {
	for i := range n.Fields {
		if n.Fields[i].Key == key {
			n.Fields = append(n.Fields[:i], n.Fields[i+1:]...)
			return true
		}
	}
	return false
}

// Without is a copy of a map that lacks some keys and shares the other values;
// its own fields may be set.
func (n *Node) Without(keys ...string) *Node {
	c := *n
	c.Fields = slices.DeleteFunc(slices.Clone(n.Fields), func(f Field) bool { return slices.Contains(keys, f.Key) })
	return &c
}

// WithAt is a copy of a map in which a path of keys leads to value; maps on the way are
// made where there are none. n may be nil.
func (n *Node) WithAt(path Path, value *Node) *Node {
	key, _ := path[0].(string)
	c := &Node{Kind: Map}
	if n != nil && n.Kind == Map {
		c = n.Without()
	}
	if len(path) > 1 {
		value = c.Get(key).WithAt(path[1:], value)
	}
	c.Set(key, Pos{}, value)
	return c
}

// WithoutAt is a copy that lacks what a path leads to.
func (n *Node) WithoutAt(path Path) *Node {
	c := *n
	c.Fields = slices.Clone(n.Fields)
	for i := range c.Fields {
		isIt := n.Kind == Map && any(c.Fields[i].Key) == path[0] || n.Kind == List && any(i) == path[0]
		switch {
		case isIt && len(path) == 1:
			c.Fields = slices.Delete(c.Fields, i, i+1)
			return &c
		case isIt:
			c.Fields[i].Value = c.Fields[i].Value.WithoutAt(path[1:])
			return &c
		}
	}
	return &c
}

// Path leads from a node to one below it: a string is a key of a map, an int
// an index of a list.
type Path []any

// P makes a Path.
func P(elems ...any) Path { return elems }

// With returns p followed by elems, sharing nothing with p.
func (p Path) With(elems ...any) Path {
	return append(append(make(Path, 0, len(p)+len(elems)), p...), elems...)
}

// IsAlong reports whether one of two paths leads through the end of the other.
func (p Path) IsAlong(other Path) bool {
	shared := min(len(p), len(other))
	return slices.Equal(p[:shared], other[:shared])
}

// String writes the path as people do: ports.http.containerPort,
// labels["app.kubernetes.io/name"], args[0].
func (p Path) String() string {
	var b strings.Builder
	for _, e := range p {
		switch e := e.(type) {
		case int:
			b.WriteString("[" + strconv.Itoa(e) + "]")
		case string:
			switch {
			case !isName(e):
				b.WriteString("[" + strconv.Quote(e) + "]")
			case b.Len() > 0:
				b.WriteString("." + e)
			default:
				b.WriteString(e)
			}
		}
	}
	return b.String()
}

// isName reports whether a key needs no quotes in a path.
func isName(s string) bool {
	for i, c := range s {
		if i == 0 && c == '#' { // a definition of CUE
			continue
		}
		if c != '_' && c != '-' && c != '$' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return s != ""
}

// At follows path from n and returns the node at its end, or nil.
func (n *Node) At(path Path) *Node {
	for _, e := range path {
		n = n.step(e)
	}
	return n
}

// Nearest returns the place of path's end below n, or of its nearest parent
// that exists. A map's entry is placed at its key where onKey is set, else at
// its value.
func (n *Node) Nearest(path Path, onKey bool) Pos {
	if n == nil {
		return Pos{}
	}
	pos := n.Pos
	for _, e := range path {
		key, isKey := e.(string)
		f := n.Field(key)
		n = n.step(e)
		if n == nil {
			break
		}
		pos = n.Pos
		if isKey && (onKey && f.KeyPos.IsValid() || !pos.IsValid()) {
			pos = f.KeyPos
		}
	}
	return pos
}

// Begin returns where the value at path's end begins below n, or its nearest parent
// that exists: a map or list that starts in a line below its key begins at the key.
func (n *Node) Begin(path Path) Pos {
	value, key := n.Nearest(path, false), n.Nearest(path, true)
	if value.Line != key.Line {
		return key
	}
	return value
}

func (n *Node) step(e any) *Node {
	switch e := e.(type) {
	case string:
		return n.Get(e)
	case int:
		if n != nil && n.Kind == List && e >= 0 && e < len(n.Fields) {
			return n.Fields[e].Value
		}
	}
	return nil
}
