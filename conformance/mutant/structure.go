package mutant

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

func (w *worker) drop() bool {
	p, ok := w.place(isAny)
	if !ok {
		return false
	}
	p.remove()
	w.note("drop", p.path, "")
	return true
}

func (w *worker) addUnknown() bool {
	p, ok := w.place(isMap)
	if !ok {
		return false
	}
	key := pickFrom(w, []string{"foo", "Name", "labels", "replicas", "spec", "status", "x-note", "'on'", "tier"})
	w.put(p.node(), key, pickFrom(w, []string{"1", "bar", "{}", "[]", "null", "true"}))
	w.note("unknown-key", p.path, key)
	return true
}

// put adds an entry to a map.
func (w *worker) put(to *yaml.Node, key, value string) {
	to.Content = append(to.Content, raw(key), raw(value))
}

func (w *worker) misspell() bool {
	p, ok := w.place((*place).inMap)
	if !ok {
		return false
	}
	key := p.parent.Content[p.at-1]
	name := key.Value
	if len(name) < 2 {
		return false
	}
	i := w.IntN(len(name) - 1)
	switch w.IntN(5) {
	case 0: // swapped letters
		name = name[:i] + name[i+1:i+2] + name[i:i+1] + name[i+2:]
	case 1: // a letter missing
		name = name[:i] + name[i+1:]
	case 2:
		name = strings.ToUpper(name[:1]) + name[1:]
	case 3:
		name = strings.ToLower(name)
	case 4:
		name += "s"
	}
	key.Value = name
	w.note("misspelt-key", p.path, name)
	return true
}

func (w *worker) swapType() bool {
	p, ok := w.place(isAny)
	if !ok {
		return false
	}
	old := p.node()
	switch w.IntN(5) {
	case 0:
		p.set(&yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{old}})
	case 1:
		p.set(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{raw("name"), old}})
	case 2:
		p.set(raw("text"))
	case 3:
		p.set(raw(pickFrom(w, []string{"7", "7.0", "0.5", "true"})))
	case 4:
		if old.Kind == yaml.ScalarNode || len(old.Content) == 0 {
			return false
		}
		p.set(old.Content[len(old.Content)-1]) // what is in it
	}
	w.note("swap-type", p.path, short(p.node()))
	return true
}

func (w *worker) setNull() bool {
	p, ok := w.place(isAny)
	if !ok {
		return false
	}
	p.set(raw(pickFrom(w, []string{"null", "~", "", "Null", "NULL"})))
	w.note("null", p.path, p.node().Value)
	return true
}

func (w *worker) setEmpty() bool {
	p, ok := w.place(isAny)
	if !ok {
		return false
	}
	p.set(raw(pickFrom(w, []string{`""`, `''`, "{}", "[]", "[{}]", `[""]`, "[null]", "0", "false", `" "`})))
	w.note("empty", p.path, p.node().Value)
	return true
}

// graft puts a value from anywhere in place of one.
func (w *worker) graft() bool {
	p, ok := w.place(isAny)
	if !ok {
		return false
	}
	p.set(w.parts.from(w, everything))
	w.note("graft", p.path, short(p.node()))
	return true
}

// transplant puts a value that stands under the same key somewhere.
func (w *worker) transplant() bool {
	p, ok := w.place(isAny)
	if !ok {
		return false
	}
	key := p.key
	if w.chance(60) {
		key = typedKey(&p)
	}
	value := w.parts.from(w, key)
	if value == nil {
		return false
	}
	p.set(value)
	w.note("transplant", p.path, short(value))
	return true
}

// alias puts an alias of a value in place of another.
func (w *worker) alias() bool {
	from, ok := w.place(isAny)
	if !ok || from.node().Tag == rawTag {
		return false
	}
	to, ok := w.place(func(p *place) bool { return p.key == from.key && p.node() != from.node() })
	if !ok || inside(from.node(), to.node()) || inside(to.node(), from.node()) || !before(w.root, from.node(), to.node()) {
		return false
	}
	from.node().Anchor = "shared"
	to.set(&yaml.Node{Kind: yaml.AliasNode, Value: "shared", Alias: from.node()})
	w.note("alias", to.path, "*shared of "+from.path)
	return true
}

func inside(n, outer *yaml.Node) bool {
	if n == outer {
		return true
	}
	for _, inner := range outer.Content {
		if inside(n, inner) {
			return true
		}
	}
	return false
}

// before reports whether first stands before second below n.
func before(n, first, second *yaml.Node) bool {
	found := false
	var walk func(*yaml.Node) bool
	walk = func(n *yaml.Node) bool {
		found = found || n == first
		if n == second {
			return true
		}
		for _, inner := range n.Content {
			if walk(inner) {
				return true
			}
		}
		return false
	}
	return walk(n) && found
}

// restyle writes a part in braces, or otherwise quoted.
func (w *worker) restyle() bool {
	p, ok := w.place(func(p *place) bool { return p.node().Tag != rawTag })
	if !ok {
		return false
	}
	n := p.node()
	switch n.Kind {
	case yaml.ScalarNode:
		n.Style = pickFrom(w, []yaml.Style{yaml.FoldedStyle, yaml.LiteralStyle, yaml.SingleQuotedStyle, yaml.DoubleQuotedStyle})
	default:
		n.Style = yaml.FlowStyle
	}
	w.note("style", p.path, "")
	return true
}
