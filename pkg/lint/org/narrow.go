package org

import (
	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"
)

// narrowed are the kinds that a macro over objects can find something in, by what it
// compares o.kind with: to look at no others saves most of the work. isNarrow is false
// where it may be any kind.
func narrowed(c ast.ComprehensionExpr) (kinds []string, isNarrow bool) {
	step := c.LoopStep()
	if step.Kind() != ast.CallKind || c.HasIterVar2() {
		return nil, false
	}
	n := narrower{c.IterVar()}
	switch args := step.AsCall().Args(); step.AsCall().FunctionName() {
	case operators.LogicalOr: // exists: what was found || the condition
		return n.whereTrue(args[1])
	case operators.LogicalAnd: // all
		return n.whereFalse(args[1])
	case operators.Conditional: // filter, map with a condition, exists_one
		return n.whereTrue(args[0])
	}
	return nil, false
}

// narrower is the name that a macro gives to each object.
type narrower struct{ object string }

// whereTrue are the kinds of objects of which a condition may be true.
func (n narrower) whereTrue(e ast.Expr) (kinds []string, isNarrow bool) {
	if e.Kind() != ast.CallKind {
		return nil, false
	}
	switch args := e.AsCall().Args(); e.AsCall().FunctionName() {
	case operators.LogicalAnd:
		return either(args, n.whereTrue)
	case operators.LogicalOr:
		return both(args, n.whereTrue)
	case operators.LogicalNot:
		return n.whereFalse(args[0])
	case operators.Equals:
		if n.isKind(args[0]) {
			return textsOf(args[1:])
		}
		if n.isKind(args[1]) {
			return textsOf(args[:1])
		}
	case operators.In:
		if n.isKind(args[0]) && args[1].Kind() == ast.ListKind {
			return textsOf(args[1].AsList().Elements())
		}
	}
	return nil, false
}

// whereFalse are the kinds of objects of which a condition may be false.
func (n narrower) whereFalse(e ast.Expr) (kinds []string, isNarrow bool) {
	if e.Kind() != ast.CallKind {
		return nil, false
	}
	switch args := e.AsCall().Args(); e.AsCall().FunctionName() {
	case operators.LogicalAnd:
		return both(args, n.whereFalse)
	case operators.LogicalOr:
		return either(args, n.whereFalse)
	case operators.LogicalNot:
		return n.whereTrue(args[0])
	case operators.NotEquals:
		if n.isKind(args[0]) {
			return textsOf(args[1:])
		}
	}
	return nil, false
}

// either are the kinds by the first of two conditions that narrows them.
func either(args []ast.Expr, by func(ast.Expr) ([]string, bool)) (kinds []string, isNarrow bool) {
	for _, e := range args {
		if kinds, isNarrow = by(e); isNarrow {
			return kinds, true
		}
	}
	return nil, false
}

// both are the kinds of two conditions together, where both narrow them.
func both(args []ast.Expr, by func(ast.Expr) ([]string, bool)) (kinds []string, isNarrow bool) {
	for _, e := range args {
		more, isNarrow := by(e)
		if !isNarrow {
			return nil, false
		}
		kinds = append(kinds, more...)
	}
	return kinds, true
}

// isKind reports whether e is o.kind.
func (n narrower) isKind(e ast.Expr) bool {
	if e.Kind() != ast.SelectKind || e.AsSelect().FieldName() != "kind" || e.AsSelect().IsTestOnly() {
		return false
	}
	operand := e.AsSelect().Operand()
	return operand.Kind() == ast.IdentKind && operand.AsIdent() == n.object
}

// textsOf are literals; not narrow where one is something else.
func textsOf(all []ast.Expr) (texts []string, isNarrow bool) {
	for _, e := range all {
		if e.Kind() != ast.LiteralKind {
			return nil, false
		}
		text, isText := e.AsLiteral().(types.String)
		if !isText {
			return nil, false
		}
		texts = append(texts, string(text))
	}
	return texts, true
}
