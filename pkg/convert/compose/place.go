package compose

import (
	"reflect"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// place is where the files say a value of the long form.
type place struct {
	// shown is the path there: elements of lists are counted as the file has them.
	shown tree.Path
	pos   tree.Pos
	// written is the value as the file has it, or what it stands in; depth is how much
	// of the path leads to it.
	written *tree.Node
	depth   int
	// isLoose is set where an element of a list was found by its number alone.
	isLoose bool
}

// place finds a value of the long form: in the last file that says it, as near as it
// does. What a service takes over with extends is found in the service that it extends.
func (m *Model) place(at tree.Path) place {
	best := place{depth: -1}
	for _, f := range m.loader.files {
		for _, own := range m.aliases(f, at) {
			if p := m.follow(f, own, at); p.depth > best.depth || p.depth == best.depth && (best.isLoose || !p.isLoose) {
				best = p
			}
		}
	}
	return best
}

// aliases are the paths that a path may have in a file, the nearest last.
func (m *Model) aliases(f *file, at tree.Path) (paths []tree.Path) {
	if len(at) < 2 || at[0] != any("services") {
		if f.isBase {
			return nil
		}
		return []tree.Path{at}
	}
	for _, from := range m.loader.files {
		if from.isBase {
			continue
		}
		for _, b := range m.loader.basesOf(from, at[1]) {
			if b.file == f {
				paths = append(paths, append(tree.P("services", b.service), at[2:]...))
			}
		}
	}
	if !f.isBase {
		paths = append(paths, at)
	}
	return paths
}

// base is a service that another extends.
type base struct {
	file    *file
	service string
}

// basesOf are all that a service of a file extends, the furthest first.
func (l *loader) basesOf(f *file, service any) (list []base) {
	name, _ := service.(string)
	for next, ok := l.bases[base{f, name}]; ok && len(list) < 100; next, ok = l.bases[next] {
		list = append([]base{next}, list...)
	}
	return list
}

// follow follows a path of the long form in a file, where it is called own.
func (m *Model) follow(f *file, own, at tree.Path) place {
	p := place{shown: at, pos: f.root.Pos, written: f.root}
	shown := make(tree.Path, 0, len(at))
	for i, elem := range own {
		var next *tree.Field
		switch key := elem.(type) {
		case string:
			next = m.entry(p.written, key)
		case int:
			if p.written.Kind != tree.List {
				break
			}
			j, isSame := m.index(f, own[:i], at[:i+1], key)
			if j < len(p.written.Fields) {
				next, elem = &p.written.Fields[j], j
				p.isLoose = p.isLoose || !isSame
			}
		}
		if next == nil {
			p.shown = append(shown, at[i:]...)
			return p
		}
		if i > 1 {
			shown = append(shown, elem)
		} else {
			shown = append(shown, at[i])
		}
		if p.written = next.Value; next.KeyPos.IsValid() {
			p.pos = next.KeyPos
		} else {
			p.pos = p.written.Pos
		}
		p.depth = i + 1
	}
	p.shown = shown
	return p
}

// index is the element of a list of a file that an element of the long form comes from:
// the one that is the same, else the one of its number.
func (m *Model) index(f *file, own, at tree.Path, i int) (found int, isSame bool) {
	value, origins := valueAt(m.long, at), m.loader.originsOf(f, own)
	if i < len(origins) && reflect.DeepEqual(origins[i].value, value) {
		return origins[i].index, true
	}
	for _, o := range origins {
		if reflect.DeepEqual(o.value, value) {
			return o.index, true
		}
	}
	if i < len(origins) {
		i = origins[i].index
	}
	return i, false
}

// largeMap is how many keys are still found fast by looking at each.
const largeMap = 64

// entry is a key of a map, or of a list of KEY=VALUE.
func (m *Model) entry(n *tree.Node, key string) *tree.Field {
	if n.Kind != tree.List && len(n.Fields) < largeMap {
		return n.Field(key)
	}
	entries, known := m.entries[n]
	if !known {
		entries = make(map[string]*tree.Field, len(n.Fields))
		for i := range n.Fields {
			f := &n.Fields[i]
			name := f.Key
			if n.Kind == tree.List {
				name = keyOf(f.Value.Text)
			}
			for _, key := range []string{name, f.Value.Text} { // a list may have a key alone, with anything in it
				if entries[key] == nil && (key == f.Key || n.Kind == tree.List && f.Value.IsScalar()) {
					entries[key] = f
				}
			}
		}
		m.entries[n] = entries
	}
	return entries[key]
}
