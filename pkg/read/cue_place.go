package read

import (
	"cmp"
	"slices"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// place is where a value and its key are written in the file; false where they
// are written elsewhere.
func (e *evaluation) place(v cue.Value) (key, value tree.Pos, ok bool) {
	if f, isField := v.Source().(*ast.Field); isField && e.owns(f.Label.Pos()) {
		key, value = e.text.pos(f.Label.Pos().Offset()), e.text.pos(f.Label.Pos().Offset())
		if e.owns(f.Value.Pos()) {
			value = e.text.pos(f.Value.Pos().Offset())
		}
		return key, value, true
	}
	for _, v := range []cue.Value{v, cue.Dereference(v)} {
		if pos := v.Pos(); e.owns(pos) {
			value = e.text.pos(pos.Offset())
			return value, value, true
		}
	}
	return key, value, false
}

// owns reports whether pos is in the file that is read.
func (e *evaluation) owns(pos token.Pos) bool {
	return pos.HasAbsPos() && pos.File() == e.in
}

func sortAsWritten(fields []tree.Field) {
	slices.SortStableFunc(fields, func(a, b tree.Field) int { return comparePos(a.KeyPos, b.KeyPos) })
}

func comparePos(a, b tree.Pos) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
}

// number gives n the number that v is: as typed where it was typed.
func number(n *tree.Node, v cue.Value) error {
	computed, err := v.MarshalJSON()
	if err != nil {
		return err
	}
	n.Kind, n.Text = tree.Float, string(computed)
	if v.IncompleteKind() == cue.IntKind {
		n.Kind = tree.Int
	}
	source := cue.Dereference(v).Source()
	if f, isField := source.(*ast.Field); isField {
		source = f.Value
	}
	if literal, isLiteral := source.(*ast.BasicLit); isLiteral {
		typed := tree.Node{Kind: n.Kind, Text: literal.Value}
		if isSame(n, &typed) {
			n.Text = typed.Text
		}
	}
	return nil
}

// labelPlace is the place of the last label in the file that path names.
func labelPlace(t *text, decls []ast.Decl, path []string) (pos tree.Pos, found bool) {
	if len(path) == 0 {
		return pos, false
	}
	for _, d := range decls {
		switch d := d.(type) {
		case *ast.Field:
			if topLabel(d.Label) != path[0] {
				continue
			}
			if inner, ok := labelPlace(t, structDecls(d.Value), path[1:]); ok {
				return inner, true
			}
			pos, found = t.pos(d.Label.Pos().Offset()), true
		case *ast.EmbedDecl:
			if inner, ok := labelPlace(t, structDecls(d.Expr), path); ok {
				return inner, true
			}
		}
	}
	return pos, found
}

// structDecls are the declarations that an expression writes out.
func structDecls(e ast.Expr) []ast.Decl {
	switch e := e.(type) {
	case *ast.StructLit:
		return e.Elts
	case *ast.ParenExpr:
		return structDecls(e.X)
	case *ast.BinaryExpr:
		return append(slices.Clip(structDecls(e.X)), structDecls(e.Y)...)
	}
	return nil
}
