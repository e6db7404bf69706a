package compose

import (
	"reflect"
	"slices"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// settleTwice tells of elements of a list that another of the same list stands in the
// place of, as of two volumes at one path: compose takes the last.
func (a *account) settleTwice() {
	for _, f := range a.model.loader.files {
		for _, name := range a.model.services() {
			at := a.model.at(name)
			fields, _ := valueAt(f.filled, at).(dict)
			for _, key := range sortedKeys(fields) {
				a.settleTwiceIn(f, at.With(key))
			}
		}
	}
}

func (a *account) settleTwiceIn(f *file, at tree.Path) {
	written, isList := valueAt(f.filled, at).([]any)
	long, isLong := valueAt(f.long, at).([]any)
	if !isList || !isLong || len(written) < 2 {
		return
	}
	origins := a.model.loader.originsOf(f, at)
	if len(origins) <= len(long) {
		return
	}
	for _, o := range origins {
		isThere := slices.ContainsFunc(long, func(value any) bool { return reflect.DeepEqual(value, o.value) })
		if below := at.With(o.index); !isThere {
			a.report.Add(convert.Item{
				Outcome: convert.Dropped, Pos: f.root.Nearest(below, false), Path: below.String(), Service: a.serviceAt(at),
				Message: "a later one is for the same, and counts",
			})
		}
	}
}
