package diff

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// list compares two lists: elements that have a name by it, others by their place.
func (w *walker) list(old, now, applied *value) {
	if areScalars(old) && areScalars(now) {
		w.add(Changed, old, now)
		return
	}
	nameOf := identity(old, now)
	if nameOf == nil {
		w.byPlace(old, now)
		return
	}
	applieds := map[string]*value{}
	if applied != nil && applied.kind == tree.List {
		for i := range applied.fields {
			applieds[nameOf(applied.fields[i].value)] = applied.fields[i].value
		}
	}
	before := byName(old, nameOf)
	after := byName(now, nameOf)
	for i := range now.fields {
		name := nameOf(now.fields[i].value)
		w.element(name, before[name], now.fields[i].value, applieds[name])
	}
	for i := range old.fields {
		if name := nameOf(old.fields[i].value); after[name] == nil {
			w.element(name, old.fields[i].value, nil, applieds[name])
		}
	}
	was, is := shared(old, nameOf, after), shared(now, nameOf, before)
	if !slices.Equal(was, is) {
		w.add(Reordered, texts(was), texts(is))
	}
}

func areScalars(v *value) bool {
	return !slices.ContainsFunc(v.fields, func(e entry) bool { return !e.value.isScalar() })
}

func byName(v *value, nameOf func(*value) string) map[string]*value {
	named := make(map[string]*value, len(v.fields))
	for i := range v.fields {
		named[nameOf(v.fields[i].value)] = v.fields[i].value
	}
	return named
}

// shared are the names of the elements that another list has too, in their order.
func shared(v *value, nameOf func(*value) string, other map[string]*value) (names []string) {
	for i := range v.fields {
		if name := nameOf(v.fields[i].value); other[name] != nil {
			names = append(names, name)
		}
	}
	return names
}

func texts(names []string) *value {
	v := &value{kind: tree.List}
	for _, name := range names {
		v.fields = append(v.fields, entry{value: &value{kind: tree.String, text: name}})
	}
	return v
}

// byPlace compares what is between the elements that both lists begin and end with.
func (w *walker) byPlace(old, now *value) {
	was, is, start := old.fields, now.fields, 0
	for len(was) > 0 && len(is) > 0 && areEqual(was[0].value, is[0].value) {
		was, is, start = was[1:], is[1:], start+1
	}
	for len(was) > 0 && len(is) > 0 && areEqual(was[len(was)-1].value, is[len(is)-1].value) {
		was, is = was[:len(was)-1], is[:len(is)-1]
	}
	if len(was) == len(is) {
		for i := range was {
			w.element(strconv.Itoa(start+i), was[i].value, is[i].value, nil)
		}
		return
	}
	for i := range is {
		if !hasEqual(was, is[i].value) {
			w.element(strconv.Itoa(start+i), nil, is[i].value, nil)
		}
	}
	for i := range was {
		if !hasEqual(is, was[i].value) {
			w.element(strconv.Itoa(start+i), was[i].value, nil, nil)
		}
	}
	if !differs(was, is) && !differs(is, was) { // the same elements, some more than once
		w.add(Changed, old, now)
	}
}

func hasEqual(list []entry, v *value) bool {
	return slices.ContainsFunc(list, func(e entry) bool { return areEqual(e.value, v) })
}

// differs reports whether an element of one list is not in the other.
func differs(list, other []entry) bool {
	return slices.ContainsFunc(list, func(e entry) bool { return !hasEqual(other, e.value) })
}

// identity is what tells the elements of both lists apart: the first of the fields that
// do which every element has. It is nil where none does.
func identity(old, now *value) func(*value) string {
	for _, fields := range identities(cmpKey(old.mergeKey, now.mergeKey)) {
		nameOf := func(v *value) string { return nameBy(v, fields) }
		if areApart(old, nameOf) && areApart(now, nameOf) {
			return nameOf
		}
	}
	return nil
}

func cmpKey(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// identities are the fields that may tell elements apart, each by the keys that lead
// to it. A port is known by its name before its number.
func identities(mergeKey string) (all [][]string) {
	switch mergeKey {
	case "":
	case "containerPort", "port":
		all = append(all, []string{"name"}, []string{mergeKey}, []string{mergeKey, "protocol"})
	default:
		all = append(all, []string{mergeKey})
	}
	all = append(all, []string{"metadata.name"}, []string{"kind", "name"})
	for _, field := range tree.Identities() {
		all = append(all, []string{field})
	}
	return append(all, []string{"type", "resource.name"})
}

// nameBy is the name of an element by some fields; empty where it lacks one.
func nameBy(v *value, fields []string) string {
	var parts []string
	for _, field := range fields {
		found := v.at(strings.Split(field, ".")...)
		if found == nil || !found.isScalar() || found.text == "" || found.isSecret {
			return ""
		}
		parts = append(parts, found.text)
	}
	return strings.Join(parts, "/")
}

func areApart(v *value, nameOf func(*value) string) bool {
	seen := make(map[string]bool, len(v.fields))
	for i := range v.fields {
		name := nameOf(v.fields[i].value)
		if name == "" || seen[name] {
			return false
		}
		seen[name] = true
	}
	return true
}
