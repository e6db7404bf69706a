package read

import (
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"
)

// checkOptional refuses `replicas?: 3` among the data of a file. To CUE it is a
// constraint, which sets nothing, so a value would be lost without a word. What a
// file constrains by a type, and what definitions and hidden fields say, stays.
func checkOptional(file *ast.File) error {
	var err errors.Error
	ast.Walk(file, func(n ast.Node) bool {
		f, isField := n.(*ast.Field)
		if !isField {
			_, isLet := n.(*ast.LetClause)
			return !isLet
		}
		name, isData := labelText(f.Label)
		if isData && f.Constraint == token.OPTION && isLiteral(f.Value) {
			err = errors.Append(err, errors.Newf(f.Label.Pos(), "%s? only constrains a field that stands elsewhere: take the question mark off to set it", name))
		}
		return isData
	}, nil)
	if err == nil {
		return nil
	}
	return err
}

// isLiteral reports whether e is made of nothing but values.
func isLiteral(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.ParenExpr:
		return isLiteral(e.X)
	case *ast.UnaryExpr:
		return (e.Op == token.SUB || e.Op == token.ADD) && isLiteral(e.X)
	case *ast.ListLit:
		for _, element := range e.Elts {
			if !isLiteral(element) {
				return false
			}
		}
		return true
	case *ast.StructLit:
		for _, d := range e.Elts {
			if f, isField := d.(*ast.Field); !isField || !isLiteral(f.Value) {
				return false
			}
		}
		return true
	}
	return false
}
