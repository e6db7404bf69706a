package read

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// literalOf is a tree as an expression of CUE.
func literalOf(n *tree.Node) ast.Expr {
	switch n.Kind {
	case tree.Map:
		s := &ast.StructLit{Elts: make([]ast.Decl, 0, len(n.Fields))}
		for i := range n.Fields {
			s.Elts = append(s.Elts, &ast.Field{Label: ast.NewString(n.Fields[i].Key), Value: literalOf(n.Fields[i].Value)})
		}
		return s
	case tree.List:
		l := &ast.ListLit{Elts: make([]ast.Expr, 0, len(n.Fields))}
		for i := range n.Fields {
			l.Elts = append(l.Elts, literalOf(n.Fields[i].Value))
		}
		return l
	case tree.Bool:
		return ast.NewBool(n.Text == "true")
	case tree.Int, tree.Float:
		if text, ok := n.Decimal(); ok {
			return numberLiteral(n.Kind, text)
		}
		return ast.NewString(n.Text)
	case tree.String:
		return ast.NewString(n.Text)
	}
	return ast.NewNull()
}

// numberLiteral is a number as CUE writes it: a minus is an operator.
func numberLiteral(is tree.Kind, text string) ast.Expr {
	kind := token.INT
	if is == tree.Float || strings.ContainsAny(text, ".eE") {
		kind = token.FLOAT
	}
	if text[0] == '-' {
		return &ast.UnaryExpr{Op: token.SUB, X: &ast.BasicLit{Kind: kind, Value: text[1:]}}
	}
	return &ast.BasicLit{Kind: kind, Value: text}
}
