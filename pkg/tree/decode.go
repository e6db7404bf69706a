package tree

import (
	"fmt"
	"reflect"
)

// ErrorKind says what is wrong with a value that does not fit its Go type.
type ErrorKind uint8

// The kinds of a DecodeError.
const (
	// UnknownField is a key that the struct does not have.
	UnknownField ErrorKind = iota
	// WrongType is a value of another kind than the field takes.
	WrongType
	// OutOfRange is an integer that the field cannot hold.
	OutOfRange
	// Malformed is a value of the right kind in a form that the field does not
	// take: a quantity, a time, base64.
	Malformed
	// Ambiguous is an unquoted YAML word or number that readers take for
	// different things.
	Ambiguous
)

// DecodeError is one value that does not fit. The message never holds the value
// itself, which may be a secret.
type DecodeError struct {
	Kind    ErrorKind
	Pos     Pos
	Path    Path // from the decoded node
	Message string
	Fix     string // may be empty
}

// Error is the error as one line.
func (e DecodeError) Error() string {
	return e.Pos.String() + ": " + e.Path.String() + ": " + e.Message
}

// FromTree is implemented by types that read themselves from a node.
type FromTree interface {
	DecodeTree(d *Decoder, n *Node)
}

// Decode fills the struct, map or slice that into points to from n, by json
// tags, and returns all that does not fit, in the order of the tree. It is
// strict: unknown fields and values of another type are errors. null is as if
// the field had been left out; in lists and Go maps it is the zero value.
//
// A struct with a field `Declined bool` tagged json:"-" takes false for
// Declined. A *Node is kept as it is.
func Decode(n *Node, into any) []DecodeError {
	v := reflect.ValueOf(into)
	if n == nil || v.Kind() != reflect.Pointer || v.IsNil() {
		return nil
	}
	d := Decoder{path: make([]step, 0, 16)}
	planOf(v.Type().Elem()).run(&d, n, v.Elem())
	return d.errors
}

// Decoder is the state of one Decode; types that implement FromTree work
// through it.
type Decoder struct {
	errors []DecodeError
	path   []step
}

// step is one element of the path, kept unboxed until an error asks for it.
type step struct {
	key   string
	index int // -1 for a key
}

// Entry decodes the value of a map's entry into what into points to.
func (d *Decoder) Entry(key string, n *Node, into any) {
	d.path = append(d.path, step{key, -1})
	v := reflect.ValueOf(into).Elem()
	planOf(v.Type()).run(d, n, v)
	d.path = d.path[:len(d.path)-1]
}

// Errorf adds an error at n and returns it for Fix to be filled in.
func (d *Decoder) Errorf(n *Node, kind ErrorKind, format string, args ...any) *DecodeError {
	return d.errorAt(n.Pos, kind, fmt.Sprintf(format, args...))
}

// Wrong says that n is no what, such as "a map".
func (d *Decoder) Wrong(n *Node, what string) *DecodeError {
	return d.Errorf(n, WrongType, "expected %s, found %s", what, n.Kind)
}

func (d *Decoder) errorAt(pos Pos, kind ErrorKind, message string) *DecodeError {
	path := make(Path, len(d.path))
	for i, s := range d.path {
		if path[i] = s.key; s.index >= 0 {
			path[i] = s.index
		}
	}
	d.errors = append(d.errors, DecodeError{Kind: kind, Pos: pos, Path: path, Message: message})
	return &d.errors[len(d.errors)-1]
}
