package mutant

import (
	"reflect"

	"go.yaml.in/yaml/v3"
)

// addField sets a field that is not set, or adds an entry to a Go map.
func (w *worker) addField() bool {
	p, ok := w.place(func(p *place) bool { return isMap(p) && plain(p.typ) != nil })
	if !ok {
		return false
	}
	n := p.node()
	if plain(p.typ).Kind() == reflect.Map {
		inner := place{key: p.key, typ: child(p.typ, "x"), owner: p.typ, path: p.path + ".*"}
		key := pickFrom(w, keyPool(inner.path))
		n.Content = append(n.Content, raw(key), w.made(&inner, 2))
		w.note("add", p.path, key)
		return true
	}
	var absent []member
	for _, m := range members(p.typ) {
		if valueOf(n, m.name) == nil && !isRare(m.name) {
			absent = append(absent, m)
		}
	}
	if len(absent) == 0 {
		return false
	}
	m := pickFrom(w, absent)
	inner := place{key: m.name, typ: m.typ, owner: p.typ, path: p.path + "." + m.name}
	value := w.made(&inner, 3)
	n.Content = append(n.Content, raw(m.name), value)
	w.note("add", inner.path, short(value))
	return true
}

// isRare keeps away from fields that the server clears.
func isRare(name string) bool {
	return name == "status" || name == "managedFields" || name == "apiVersion"
}

// made is a value for a place: one that a manifest has there, or one made by the
// type, so many levels deep.
func (w *worker) made(p *place, depth int) *yaml.Node {
	if !isLeaf(p.typ) || w.chance(30) {
		if found := w.parts.from(w, typedKey(p)); found != nil && w.chance(75) {
			return found
		}
	}
	t := plain(p.typ)
	if isLeaf(t) {
		return w.valueFor(p)
	}
	switch t.Kind() {
	case reflect.Slice:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for range w.pickWeighted([]int{5, 70, 25}) {
			n.Content = append(n.Content, w.made(&place{key: p.key, typ: t.Elem(), owner: t, path: p.path + "[]"}, depth))
		}
		return n
	case reflect.Map:
		n := &yaml.Node{Kind: yaml.MappingNode}
		for range w.pickWeighted([]int{5, 80, 15}) {
			key := pickFrom(w, keyPool(p.path+".*"))
			if valueOf(n, key) == nil {
				n.Content = append(n.Content, raw(key), w.made(&place{key: p.key, typ: t.Elem(), owner: t, path: p.path + ".*"}, depth-1))
			}
		}
		return n
	}
	n := &yaml.Node{Kind: yaml.MappingNode}
	if depth == 0 {
		return n
	}
	for i, m := range members(t) {
		if w.chance(45) || i == 0 {
			n.Content = append(n.Content, raw(m.name), w.made(&place{key: m.name, typ: m.typ, owner: t, path: p.path + "." + m.name}, depth-1))
		}
	}
	return n
}
