package org

import (
	"slices"

	"github.com/google/cel-go/common/ast"
	"github.com/google/cel-go/common/operators"
	"github.com/google/cel-go/common/types"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// uses is what an expression refers to.
type uses struct {
	objects, service bool
	// kinds are those of the objects that can matter among objects; all where isWide.
	kinds  []string
	isWide bool
	paths  []tree.Path // below object
	at     tree.Path   // what all paths lead through
	source *ast.SourceInfo
}

// usesOf is what an expression refers to that is not its own.
func usesOf(a *ast.AST) *uses {
	u := &uses{source: a.SourceInfo()}
	u.visit(a.Expr(), nil)
	for i, path := range u.paths {
		if i == 0 {
			u.at = path
		}
		shared := 0
		for shared < min(len(path), len(u.at)) && path[shared] == u.at[shared] {
			shared++
		}
		u.at = u.at[:shared:shared]
	}
	slices.Sort(u.kinds)
	u.kinds = slices.Compact(u.kinds)
	return u
}

// isUnread reports whether something could not be read of an object that the
// expression looks at: nothing can be said of it then.
func (u *uses) isUnread(o *lint.Object) bool {
	return slices.ContainsFunc(u.paths, func(path tree.Path) bool {
		return slices.ContainsFunc(o.Unread, path.IsAlong)
	})
}

// visit finds the uses in e; bound are the names that macros around it gave.
func (u *uses) visit(e ast.Expr, bound []string) {
	if path, isPath := u.path(e, bound); isPath {
		u.paths = append(u.paths, path)
		return
	}
	switch e.Kind() {
	case ast.IdentKind:
		if isFree(e, objectsName, bound) {
			u.objects, u.isWide = true, true
		}
		u.service = u.service || isFree(e, serviceName, bound)
	case ast.SelectKind:
		u.visit(e.AsSelect().Operand(), bound)
	case ast.CallKind:
		call := e.AsCall()
		if call.IsMemberFunction() {
			u.visit(call.Target(), bound)
		}
		u.visitAll(call.Args(), bound)
	case ast.ListKind:
		u.visitAll(e.AsList().Elements(), bound)
	case ast.MapKind:
		for _, entry := range e.AsMap().Entries() {
			u.visitAll([]ast.Expr{entry.AsMapEntry().Key(), entry.AsMapEntry().Value()}, bound)
		}
	case ast.StructKind:
		for _, field := range e.AsStruct().Fields() {
			u.visit(field.AsStructField().Value(), bound)
		}
	case ast.ComprehensionKind:
		u.visitMacro(e.AsComprehension(), bound)
	}
}

// visitMacro visits what all(), exists() and the like became.
func (u *uses) visitMacro(c ast.ComprehensionExpr, bound []string) {
	kinds, isNarrow := narrowed(c)
	if isNarrow && isFree(c.IterRange(), objectsName, bound) {
		u.objects = true
		u.kinds = append(u.kinds, kinds...)
	} else {
		u.visit(c.IterRange(), bound)
	}
	u.visit(c.AccuInit(), bound)
	inner := append(slices.Clone(bound), c.IterVar(), c.AccuVar())
	if c.HasIterVar2() {
		inner = append(inner, c.IterVar2())
	}
	u.visitAll([]ast.Expr{c.LoopCondition(), c.LoopStep(), c.Result()}, inner)
}

// isFree reports whether e is a name that no macro gave.
func isFree(e ast.Expr, name string, bound []string) bool {
	return e.Kind() == ast.IdentKind && e.AsIdent() == name && !slices.Contains(bound, name)
}

func (u *uses) visitAll(all []ast.Expr, bound []string) {
	for _, e := range all {
		u.visit(e, bound)
	}
}

// path is where below object an expression such as object.spec.?hosts[0] leads. Of an
// index that is computed it is the list or map, and the index is visited.
func (u *uses) path(e ast.Expr, bound []string) (path tree.Path, isPath bool) {
	switch e.Kind() {
	case ast.IdentKind:
		return tree.Path{}, isFree(e, objectName, bound)
	case ast.SelectKind:
		path, isPath = u.path(e.AsSelect().Operand(), bound)
		return path.With(e.AsSelect().FieldName()), isPath
	case ast.CallKind:
		switch call := e.AsCall(); call.FunctionName() {
		case operators.Index, operators.OptIndex, operators.OptSelect:
			path, isPath = u.path(call.Args()[0], bound)
			if !isPath {
				return nil, false
			}
			if elem := elementOf(call.Args()[1]); elem != nil {
				return path.With(elem), true
			}
			u.visit(call.Args()[1], bound)
			return path, true
		}
	}
	return nil, false
}

// elementOf is the step of a path that a literal is; nil for any other expression.
func elementOf(e ast.Expr) any {
	if e.Kind() != ast.LiteralKind {
		return nil
	}
	switch value := e.AsLiteral().(type) {
	case types.String:
		return string(value)
	case types.Int:
		return int(value)
	}
	return nil
}
