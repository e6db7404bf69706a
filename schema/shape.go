package schema

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// The CUE definitions say what a service may be. zz_table.go is the same in Go,
// made from them by internal/gen: walking it takes a fiftieth of the time that CUE
// takes to unify, finds every mistake in one go, and says each in one line. A test
// holds CUE's verdict against it, for every field and many mistakes in it.

// A shape is what may stand in one place of the long form.
type shape struct {
	kinds kinds
	short kinds // what people may write instead, for messages
	// body has the fields of a map that is a struct. Of another map, and of a
	// list, each is what its values may be; where both are nil, anything.
	body *body
	each *shape

	bounds  *bounds // of an integer
	pattern string  // of a string, a regular expression
	message string  // what a valid scalar looks like

	isDeclinable bool // false may stand here too
	isSecret     bool // values from here down are never printed
}

// A body is what a struct has.
type body struct {
	name   string  // the definition
	fields []field // sorted by name
	rules  []rule
	hint   string // what to write instead of a field that does not exist
	isOwn  bool   // an organisation adds it: fields are in reading order
}

type field struct {
	name       string
	isRequired bool
	shape      shape
}

// bounds are the least and the greatest integer, both allowed.
type bounds struct{ min, max int64 }

// A rule forbids that the field left is greater than the field right.
type rule struct{ left, right, at, id, message string }

// kinds is a set of tree.Kind.
type kinds uint8

const (
	aBool   kinds = 1 << tree.Bool
	aInt    kinds = 1 << tree.Int
	aFloat  kinds = 1 << tree.Float
	aString kinds = 1 << tree.String
	aList   kinds = 1 << tree.List
	aMap    kinds = 1 << tree.Map
)

func (k kinds) has(kind tree.Kind) bool { return k&(1<<kind) != 0 }

// written is what people may write in s's place.
func (s *shape) written() kinds { return s.kinds | s.short }

// wanted names what may stand in s's place: "a string, an integer or false".
func (s *shape) wanted() string {
	kinds := s.written()
	if kinds.has(tree.Float) {
		kinds &^= aInt
	}
	var names []string
	for _, kind := range []tree.Kind{tree.String, tree.Int, tree.Float, tree.Bool, tree.List, tree.Map} {
		if kinds.has(kind) {
			names = append(names, kind.String())
		}
	}
	if s.isDeclinable {
		names = append(names, "false")
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " or " + names[last]
	}
	return strings.Join(names, "")
}

// field returns the field of that name, or nil.
func (b *body) field(name string) *field {
	i, found := slices.BinarySearchFunc(b.fields, name, func(f field, name string) int { return strings.Compare(f.name, name) })
	if !found {
		return nil
	}
	return &b.fields[i]
}

func (b *body) names() []string {
	names := make([]string, len(b.fields))
	for i := range b.fields {
		names[i] = b.fields[i].name
	}
	return names
}

// A trail is where a walk down a tree stands. It becomes a path only when there
// is something to report.
type trail []step

// step is a key, or with an empty key the index of an element.
type step struct {
	key   string
	index int
}

func (t trail) entry(key string) trail { return append(t, step{key, -1}) }

func (t trail) element(index int) trail { return append(t, step{"", index}) }

func (t trail) path() tree.Path {
	path := make(tree.Path, len(t))
	for i, s := range t {
		if path[i] = s.key; s.index >= 0 {
			path[i] = s.index
		}
	}
	return path
}

// newTrail has room for the depth of all but strange services.
func newTrail() trail { return make(trail, 0, 16) }
