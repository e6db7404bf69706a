package versions

import (
	"reflect"
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// walk looks for what is unavailable in one object.
type walk struct {
	minor int
	gates map[string]bool
	at    tree.Path
	found []Unavailable
}

// visit goes through a struct by its plan.
func (w *walk) visit(v reflect.Value, p *plan) {
	for i := range p.steps {
		s := &p.steps[i]
		f := v.FieldByIndex(s.index)
		if !isSet(f) {
			continue
		}
		w.at = append(w.at, s.name)
		if !w.judge(f, s.rules) && s.below != nil {
			w.enter(f, s.below)
		}
		w.at = w.at[:len(w.at)-1]
	}
}

// enter goes to the structs that a field holds, points to or lists.
func (w *walk) enter(v reflect.Value, p *plan) {
	switch v.Kind() {
	case reflect.Pointer:
		w.enter(v.Elem(), p)
	case reflect.Slice:
		for i := range v.Len() {
			w.at = append(w.at, i)
			w.enter(v.Index(i), p)
			w.at = w.at[:len(w.at)-1]
		}
	case reflect.Struct:
		w.visit(v, p)
	}
}

// judge notes the first rule that makes a set field unavailable, if any does.
func (w *walk) judge(v reflect.Value, rules []rule) bool {
	for _, r := range rules {
		if !r.isOpen(w.minor, w.gates) && (r.gated == nil || r.gated.needs(v)) {
			w.found = append(w.found, r.describe(slices.Clone(w.at), w.minor))
			return true
		}
	}
	return false
}

// isSet reports whether a field has a value that counts: an empty list or map does
// not.
func isSet(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() > 0
	case reflect.Struct:
		return true // what is in it tells
	default:
		return !v.IsZero()
	}
}
