package manifest

import (
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// operations looks for the last operation of a JSON patch that says what stands at
// a path. Indices are taken as they are: an operation that moves elements of a
// list after another named one makes it miss.
func (w *patchWalk) operations(list []*tree.Node, o *Object, at tree.Path) {
	appended := map[string]int{} // how many elements later operations put after a list
	for i := len(list) - 1; i >= 0; i-- {
		var op operation
		if tree.Decode(list[i], &op) != nil || op.Path == nil || op.Op == "test" {
			continue
		}
		steps := pointerSteps(*op.Path)
		if last := len(steps) - 1; last >= 0 && steps[last] == "-" {
			parent := strings.TrimSuffix(*op.Path, "/-")
			appended[parent]++
			steps[last] = strconv.Itoa(lengthAt(o, steps[:last]) - appended[parent])
		}
		if w.operation(&op, steps, at); w.isFound {
			w.in = tree.P("jsonPatch", i).With(w.in...)
			return
		}
	}
}

// operation follows at through an operation on the value that steps lead to.
func (w *patchWalk) operation(op *operation, steps []string, at tree.Path) {
	for i, step := range steps {
		if i == len(at) {
			w.isFound = i+1 == len(steps) // the operation says a field of it
			return
		}
		if step != pointerStep(at[i]) {
			return
		}
	}
	w.isFound = true
	if op.Value != nil {
		w.enter("value")
		w.replaced(op.Value, at[len(steps):])
	}
}

// pointerSteps are the parts of a JSON pointer (RFC 6901).
func pointerSteps(pointer string) []string {
	steps := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, step := range steps {
		steps[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
	}
	return steps
}

func pointerStep(elem any) string {
	if i, ok := elem.(int); ok {
		return strconv.Itoa(i)
	}
	key, _ := elem.(string)
	return key
}

// lengthAt is the length of the list that steps lead to in o as it is printed.
func lengthAt(o *Object, steps []string) int {
	document, err := asJSON(o)
	if err != nil {
		return 0
	}
	n, err := fromJSON(document, tree.Pos{})
	if err != nil {
		return 0
	}
	for _, step := range steps {
		if i, err := strconv.Atoi(step); err == nil && n != nil && n.Kind == tree.List {
			n = n.At(tree.P(i))
		} else {
			n = n.Get(step)
		}
	}
	if n == nil {
		return 0
	}
	return len(n.Fields)
}
