package lint

import (
	"strings"

	"github.com/kgen-dev/kgen/schema"
)

// isBeside reports whether w is what a release of kgen runs beside the pods that do the
// work: a canary, or the idle side of two, before which only a preview stands. How few
// pods it has is nobody's trouble: the others answer.
func (x *Index) isBeside(w *Workload) bool {
	if w == nil || w.Meta == nil {
		return false
	}
	switch w.Meta.Labels[schema.SlotLabel] {
	case "":
		return false
	case schema.CanarySlot:
		return true
	}
	for _, s := range x.Services(w) {
		if !strings.HasSuffix(s.Name, "-preview") {
			return false
		}
	}
	return true
}
