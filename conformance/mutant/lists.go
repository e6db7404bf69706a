package mutant

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

func isFilledList(p *place) bool { return isList(p) && len(p.node().Content) > 0 }

func (w *worker) dropItem() bool {
	p, ok := w.place(isFilledList)
	if !ok {
		return false
	}
	n := p.node()
	i := w.IntN(len(n.Content))
	n.Content = slices.Delete(n.Content, i, i+1)
	w.note("list-drop", p.path, "")
	return true
}

// doubleItem repeats an item, as it is or with one value changed.
func (w *worker) doubleItem() bool {
	p, ok := w.place(isFilledList)
	if !ok {
		return false
	}
	n := p.node()
	i := w.IntN(len(n.Content))
	twin := clone(n.Content[i])
	what := "the same"
	if inner := places(twin, child(p.typ, "")); len(inner) > 0 && w.chance(60) {
		changed := pickFrom(w, inner)
		if isScalar(&changed) {
			changed.set(w.valueFor(&changed))
			what = changed.path + " " + short(changed.node())
		}
	} else if twin.Kind == yaml.ScalarNode && w.chance(60) {
		twin = w.valueFor(&place{parent: n, at: i, key: p.key, typ: child(p.typ, ""), owner: p.typ})
		what = short(twin)
	}
	n.Content = slices.Insert(n.Content, w.IntN(len(n.Content)+1), twin)
	w.note("list-double", p.path, what)
	return true
}

func (w *worker) addOddItem() bool {
	p, ok := w.place(isList)
	if !ok {
		return false
	}
	n := p.node()
	item := raw(pickFrom(w, []string{"{}", "null", `""`, "[]", "0", "~", "- a"}))
	n.Content = slices.Insert(n.Content, w.IntN(len(n.Content)+1), item)
	w.note("list-odd-item", p.path, item.Value)
	return true
}

// growList repeats an item often, for the rules about sizes.
func (w *worker) growList() bool {
	p, ok := w.place(isFilledList)
	if !ok {
		return false
	}
	n := p.node()
	item := pickFrom(w, n.Content)
	for range pickFrom(w, []int{3, 4, 21, 33, 101}) {
		n.Content = append(n.Content, clone(item))
	}
	w.note("list-grow", p.path, "")
	return true
}
