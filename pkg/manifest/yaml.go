package manifest

import (
	"reflect"
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Append appends value as one YAML document, without the line --- before it.
// value is a pointer to a typed object, or a *tree.Node.
//
// Fields stand in the order of their declaration, the entries of Go maps sorted
// by key; what encoding/json would leave out is left out, and so are empty
// structs that the API does not require. A string is quoted exactly when some
// reader of YAML 1.1 or 1.2 would take it for something else without quotes.
func Append(dst []byte, value any) []byte {
	w := writers.Get().(*writer)
	w.dst = dst
	if n, ok := value.(*tree.Node); ok {
		w.node(n, margin{})
	} else if v := reflect.ValueOf(value); v.Kind() == reflect.Pointer && !v.IsNil() {
		w.value(formOf(v.Type().Elem()), v.Elem(), margin{})
	} else {
		w.scalar("null", margin{})
	}
	dst, w.dst = w.dst, nil
	writers.Put(w)
	return dst
}

// writer appends YAML. keys is a stack of the sorted keys of the maps that are
// being written.
type writer struct {
	dst  []byte
	keys []string
}

var writers = sync.Pool{New: func() any { return new(writer) }}

// margin is where a value stands: the column of its entries if it has any, and
// what is on the line before the first of them.
type margin struct {
	column int
	behind behind
}

type behind uint8

const (
	nothing behind = iota // at the start of the document
	key
	dash
)

// under is the margin of the value of a key that stands at m.
func (m margin) under() margin { return margin{m.column + 2, key} }

// items is the margin of a list's dashes: those of a key's list stand below the
// key itself.
func (m margin) items() margin {
	if m.behind == key {
		m.column -= 2
	}
	return m
}

// entry starts a map's entry or a list's item.
func (w *writer) entry(m margin, isFirst bool) {
	switch {
	case !isFirst:
		w.dst = appendSpaces(w.dst, m.column)
	case m.behind == key:
		w.dst = appendSpaces(append(w.dst, '\n'), m.column)
	case m.behind == dash:
		w.dst = append(w.dst, ' ')
	}
}

// scalar ends the line with text that needs no quotes.
func (w *writer) scalar(text string, m margin) {
	if m.behind != nothing {
		w.dst = append(w.dst, ' ')
	}
	w.dst = append(append(w.dst, text...), '\n')
}

func (w *writer) string(s string, m margin) {
	if m.behind != nothing {
		w.dst = append(w.dst, ' ')
	}
	if m.behind != nothing && isBlock(s) {
		w.dst = appendBlock(w.dst, s, m.column)
	} else {
		w.dst = appendString(w.dst, s)
	}
	w.dst = append(w.dst, '\n')
}

// longestKey is well below the 1,024 characters that YAML allows before a colon.
const longestKey = 500

// key writes the key of an entry and its colon.
func (w *writer) key(s string, m margin) {
	if len(s) <= longestKey {
		w.dst = append(appendString(w.dst, s), ':')
		return
	}
	w.dst = append(appendQuoted(append(w.dst, "? "...), s), '\n')
	w.dst = append(appendSpaces(w.dst, m.column), ':')
}

// value writes v, and {} for a struct of which there is nothing to write.
func (w *writer) value(f *form, v reflect.Value, m margin) {
	if !f.write(w, v, m) {
		w.scalar("{}", m)
	}
}

// sorted pushes the keys of m in order; the caller pops them by pop.
func sorted[K ~string, V any](w *writer, m map[K]V) (keys []string) {
	top := len(w.keys)
	for k := range m {
		w.keys = append(w.keys, string(k))
	}
	slices.Sort(w.keys[top:])
	return w.keys[top:]
}

func (w *writer) pop(keys []string) { w.keys = w.keys[:len(w.keys)-len(keys)] }

func writeStringMap(w *writer, v reflect.Value, m margin) bool {
	values, _ := v.Interface().(map[string]string)
	if len(values) == 0 {
		return false
	}
	keys := sorted(w, values)
	for i, k := range keys {
		w.entry(m, i == 0)
		w.key(k, m)
		w.string(values[k], m.under())
	}
	w.pop(keys)
	return true
}

func writeResourceList(w *writer, v reflect.Value, m margin) bool {
	amounts, _ := v.Interface().(corev1.ResourceList)
	if len(amounts) == 0 {
		return false
	}
	keys := sorted(w, amounts)
	for i, k := range keys {
		w.entry(m, i == 0)
		w.key(k, m)
		amount := amounts[corev1.ResourceName(k)]
		w.string(amount.String(), m.under())
	}
	w.pop(keys)
	return true
}

// writeMap is the general case, for which speed does not matter.
func writeMap(elem *form) func(*writer, reflect.Value, margin) bool {
	return func(w *writer, v reflect.Value, m margin) bool {
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int {
			if a.String() < b.String() {
				return -1
			}
			return 1
		})
		for i, k := range keys {
			w.entry(m, i == 0)
			w.key(k.String(), m)
			value := reflect.New(elem.typ).Elem()
			value.Set(v.MapIndex(k))
			w.value(elem, value, m.under())
		}
		return len(keys) > 0
	}
}

func writeSlice(elem *form) func(*writer, reflect.Value, margin) bool {
	return func(w *writer, v reflect.Value, m margin) bool {
		if v.Len() == 0 {
			w.scalar("[]", m)
			return true
		}
		m = m.items()
		for i := range v.Len() {
			w.entry(m, i == 0)
			w.dst = append(w.dst, '-')
			w.value(elem, v.Index(i), margin{m.column + 2, dash})
		}
		return true
	}
}
