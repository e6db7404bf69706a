package manifests

import (
	"slices"

	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/selection"
)

// labelled are objects with labels, found without a look at each of them: thousands of
// Services each select one of thousands of workloads.
type labelled struct {
	all []withLabels
	// with are the places in all of those that have a label, by key and value.
	with map[string][]int
}

type withLabels struct {
	*Object
	labels labels.Set
}

func label(key, value string) string { return key + "=" + value }

func (l *labelled) add(o *Object, set labels.Set) {
	if l.with == nil {
		l.with = map[string][]int{}
	}
	for key, value := range set {
		l.with[label(key, value)] = append(l.with[label(key, value)], len(l.all))
	}
	l.all = append(l.all, withLabels{o, set})
}

// find are the objects that a selector finds, in the order of the input.
func (l *labelled) find(s labels.Selector) (found []*Object) {
	if pair := demanded(s); pair != "" {
		for _, i := range l.with[pair] {
			if s.Matches(l.all[i].labels) {
				found = append(found, l.all[i].Object)
			}
		}
		return found
	}
	for _, o := range l.all {
		if s.Matches(o.labels) {
			found = append(found, o.Object)
		}
	}
	return found
}

// demanded is a label that all have that a selector finds; empty where there is none.
func demanded(s labels.Selector) string {
	demands, _ := s.Requirements()
	for i := range demands {
		switch demands[i].Operator() {
		case selection.Equals, selection.DoubleEquals, selection.In:
			if values := demands[i].ValuesUnsorted(); len(values) == 1 {
				return label(demands[i].Key(), values[0])
			}
		}
	}
	return ""
}

// selecting are objects with selectors, found by the labels that these find.
type selecting struct {
	all []withSelector
	// demanding are the places in all of those whose selectors demand a label; the others
	// are under the empty one.
	demanding map[string][]int
}

type withSelector struct {
	*Object
	labels.Selector
}

func (l *selecting) add(o *Object, s labels.Selector) {
	if s == nil {
		return
	}
	if l.demanding == nil {
		l.demanding = map[string][]int{}
	}
	l.demanding[demanded(s)] = append(l.demanding[demanded(s)], len(l.all))
	l.all = append(l.all, withSelector{o, s})
}

// of are the objects whose selectors find some labels, in the order of the input.
func (l *selecting) of(set labels.Set) (found []*Object) {
	places := slices.Clone(l.demanding[""])
	for key, value := range set {
		places = append(places, l.demanding[label(key, value)]...)
	}
	slices.Sort(places)
	for _, i := range places {
		if l.all[i].Matches(set) {
			found = append(found, l.all[i].Object)
		}
	}
	return found
}
