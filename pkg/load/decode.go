package load

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// decode fills into from n and reports what does not fit. It comes after the
// schema's check, so that what it finds is rare: a quantity, a time. It is ok to
// go on with what has unknown fields and no other mistake.
func decode(n *tree.Node, into any, sink *report.Sink) (ok bool) {
	errs := tree.Decode(n, into)
	for _, e := range errs {
		sink.ErrorAt(e.Pos, schema.RefusalOf(e.Kind), e.Path, "%s", e.Message).Fix = e.Fix
	}
	return !slices.ContainsFunc(errs, func(e tree.DecodeError) bool { return e.Kind != tree.UnknownField })
}
