package read

import (
	"cuelang.org/go/cue"
	"cuelang.org/go/cue/format"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// refuseDefaults reports the defaults in #Service: it judges services that are merged, and
// makes none, so that nothing would come of them.
func (e *evaluation) refuseDefaults(v cue.Value, at tree.Path, pos tree.Pos, sink *report.Sink) {
	fields, err := v.Fields(cue.Optional(true))
	for err == nil && len(at) < mostNestedFields && fields.Next() {
		below := at.With(fields.Selector().Unquoted())
		of := fields.Value()
		place := pos
		if at, found := e.described(of); found {
			place = at.text.pos(at.offset)
		}
		standard, hasDefault := of.Default()
		if !hasDefault || of.IsConcrete() { // an open list has one of its own
			e.refuseDefaults(of, below, place, sink)
			continue
		}
		fix := "write it in defaults of kgen.cue"
		if text, err := format.Node(standard.Syntax(cue.Final())); err == nil && len(text) < longestConstraint {
			fix = "write defaults: "
			for _, step := range below[1:] {
				fix += tree.Path{step}.String() + ": "
			}
			fix += string(text) + " in kgen.cue"
		}
		sink.ErrorAt(place, schema.InvalidValue, below, "nothing comes of a default in #Service").Fix = fix
	}
}
