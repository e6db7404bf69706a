package schema

import (
	"strconv"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Map is a map that keeps the order in which people wrote its keys, lowest
// layer first.
type Map[T any] []Entry[T]

// Entry is one key of a Map and its value.
type Entry[T any] struct {
	Key   string
	Value T
}

// Get returns a pointer to the value under key, or nil.
func (m Map[T]) Get(key string) *T {
	for i := range m {
		if m[i].Key == key {
			return &m[i].Value
		}
	}
	return nil
}

// Has reports whether key is in m.
func (m Map[T]) Has(key string) bool { return m.Get(key) != nil }

// Plain is m as a Go map, nil when it is empty.
func (m Map[T]) Plain() map[string]T {
	if len(m) == 0 {
		return nil
	}
	plain := make(map[string]T, len(m))
	for i := range m {
		plain[m[i].Key] = m[i].Value
	}
	return plain
}

// Text is a string that false declines: a label, an annotation, a quantity.
type Text struct {
	Value    string
	Declined bool
}

// Count is a number of replicas; false leaves it to somebody else.
type Count struct {
	Value    int32
	Declined bool
}

// IntOrName is a port by number or by name: exactly one is set, none when the
// field was left out.
type IntOrName struct {
	Number int32
	Name   string
}

// IsZero reports whether neither number nor name is set.
func (v IntOrName) IsZero() bool { return v == IntOrName{} }

// String is the port as a person would write it.
func (v IntOrName) String() string {
	if v.Name != "" {
		return v.Name
	}
	return strconv.Itoa(int(v.Number))
}

// Manifest is a Kubernetes object, or a part of one, as it was written.
type Manifest = *tree.Node
