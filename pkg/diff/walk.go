package diff

import (
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// walker finds what differs between two values.
type walker struct {
	kind   string
	live   live
	fields []Field
	// isUnapplied is that of Input.
	isUnapplied bool

	steps []string // of the path
	in    []string // its keys
}

func (w *walker) enter(step, key string) {
	w.steps, w.in = append(w.steps, step), append(w.in, key)
}

func (w *walker) leave() {
	w.steps, w.in = w.steps[:len(w.steps)-1], w.in[:len(w.in)-1]
}

func (w *walker) add(action Action, old, now *value) {
	f := Field{Path: strings.TrimPrefix(strings.Join(w.steps, ""), "."), Action: action, old: old, new: now}
	for _, key := range w.in {
		if key != "" {
			f.in = append(f.in, key)
		}
	}
	w.fields = append(w.fields, f)
}

// walk compares two values; applied is what was applied there last, where that is known.
func (w *walker) walk(old, now, applied *value) {
	switch {
	case areEqual(old, now):
		return
	case w.stays(old, now, applied):
		return
	case old == nil:
		w.add(Added, nil, now)
	case now == nil:
		w.remove(old, applied)
	case old.kind != now.kind || old.isScalar():
		w.add(Changed, old, now)
	case old.kind == tree.List:
		w.list(old, now, applied)
	default:
		w.maps(old, now, applied)
	}
}

// remove reports a value that is gone; of a map in a cluster some may stay.
func (w *walker) remove(old, applied *value) {
	if w.live.isLive && old.kind == tree.Map && len(old.fields) > 0 {
		w.maps(old, &value{kind: tree.Map}, applied)
		return
	}
	w.add(Removed, old, nil)
}

func (w *walker) maps(old, now, applied *value) {
	for i := range now.fields {
		key := now.fields[i].key
		w.entry(key, old.get(key), now.fields[i].value, applied)
	}
	for i := range old.fields {
		if key := old.fields[i].key; now.get(key) == nil {
			w.entry(key, old.fields[i].value, nil, applied)
		}
	}
}

func (w *walker) entry(key string, old, now, applied *value) {
	step := tree.P(key).String()
	if !strings.HasPrefix(step, "[") {
		step = "." + step
	}
	w.enter(report.OneLine(step), key)
	w.walk(old, now, applied.get(key))
	w.leave()
}

// element compares two elements of a list by what they are called there.
func (w *walker) element(name string, old, now, applied *value) {
	if strings.ContainsAny(name, "[]\"") || name == "" {
		name = strconv.Quote(name)
	}
	w.enter("["+report.OneLine(name)+"]", "")
	w.walk(old, now, applied)
	w.leave()
}
