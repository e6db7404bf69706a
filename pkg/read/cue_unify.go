package read

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// unify adds to a what b, a later literal of the same field, has more. Values
// that differ are an error at the later; it does not quote them, for one may be
// a secret.
func (r *literalReader) unify(a, b *tree.Node) {
	switch {
	case a.Kind != b.Kind:
		r.conflict(a, b)
	case a.Kind == tree.Map:
		var index keyIndex
		for _, f := range b.Fields {
			r.enter(f.Key)
			if same := index.find(a.Fields, f.Key); same >= 0 {
				r.unify(a.Fields[same].Value, f.Value)
			} else {
				a.Fields = append(a.Fields, f)
			}
			r.leave()
		}
	case a.Kind == tree.List:
		if len(a.Fields) != len(b.Fields) {
			r.conflict(a, b)
			return
		}
		for i := range a.Fields {
			r.enterElement(i)
			r.unify(a.Fields[i].Value, b.Fields[i].Value)
			r.leave()
		}
	case !isSame(a, b):
		r.conflict(a, b)
	}
}

func (r *literalReader) conflict(a, b *tree.Node) {
	r.errorf(b.Pos, schema.Syntax, "the field has another value in line %d", a.Pos.Line)
}

// isSame reports whether two scalars of one kind are equal.
func isSame(a, b *tree.Node) bool {
	if a.Text == b.Text || a.Kind != tree.Int && a.Kind != tree.Float {
		return a.Text == b.Text
	}
	x, xOK := a.Decimal()
	y, yOK := b.Decimal()
	return xOK && yOK && x == y
}
