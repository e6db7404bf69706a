package gen

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/token"
)

// basic are CUE's basic types, and the kinds of literal that they take.
var basic = map[string]typ{
	"string": {kinds: []string{"String"}},
	"bool":   {kinds: []string{"Bool"}},
	"int":    {kinds: []string{"Int"}},
	"int32":  {kinds: []string{"Int"}, bounds: &bounds{math.MinInt32, math.MaxInt32}},
	"int64":  {kinds: []string{"Int"}, bounds: &bounds{math.MinInt64, math.MaxInt64}},
	"number": {kinds: []string{"Int", "Float"}},
}

// read takes the constraint of a field.
func (t *typ) read(e ast.Expr) error {
	switch e := e.(type) {
	case *ast.ListLit:
		return t.readList(e)
	case *ast.StructLit:
		return t.readMap(e)
	case *ast.Ident:
		if e.Name[0] == '#' {
			t.ref, t.source = e.Name, e.Name
			return nil
		}
	}
	source, err := format.Node(e)
	if err != nil {
		return err
	}
	if err := t.readScalar(e); err != nil {
		return err
	}
	t.source = string(source)
	return nil
}

// readList reads [...ELEMENT].
func (t *typ) readList(l *ast.ListLit) error {
	if len(l.Elts) != 1 {
		return unknown(l, "list")
	}
	rest, ok := l.Elts[0].(*ast.Ellipsis)
	if !ok || rest.Type == nil {
		return unknown(l, "list")
	}
	t.kinds, t.element = []string{"List"}, &field{}
	return t.element.typ.read(rest.Type)
}

// readMap reads {[string]: VALUE} and the open struct {...}.
func (t *typ) readMap(s *ast.StructLit) error {
	t.kinds = []string{"Map"}
	if isOpen(s) {
		t.source = "{...}"
		return nil
	}
	if len(s.Elts) == 1 {
		if f, ok := s.Elts[0].(*ast.Field); ok {
			value, err := readField(f)
			t.each = &value
			return err
		}
	}
	return unknown(s, "struct")
}

// readScalar reads unions of basic types with bounds and patterns.
func (t *typ) readScalar(e ast.Expr) error {
	switch e := e.(type) {
	case *ast.Ident:
		b, ok := basic[e.Name]
		if !ok {
			return unknown(e, "type")
		}
		t.kinds, t.bounds = slices.Clone(b.kinds), b.bounds
		return nil
	case *ast.BinaryExpr:
		if err := t.readScalar(e.X); err != nil {
			return err
		}
		switch bound, ok := e.Y.(*ast.UnaryExpr); {
		case e.Op == token.OR:
			return t.readOther(e.Y)
		case e.Op == token.AND && ok && slices.Equal(t.kinds, basic["int"].kinds):
			return t.readBound(bound)
		}
	case *ast.UnaryExpr:
		if e.Op == token.MAT {
			t.kinds = append(t.kinds, "String")
			return t.readPattern(e.X)
		}
	}
	return unknown(e, "constraint")
}

// readOther adds an alternative, which must be of other kinds: of two patterns
// the table can hold only one.
func (t *typ) readOther(e ast.Expr) error {
	var other typ
	if err := other.readScalar(e); err != nil {
		return err
	}
	for _, kind := range other.kinds {
		if slices.Contains(t.kinds, kind) {
			return unknown(e, "alternative")
		}
	}
	t.kinds = append(t.kinds, other.kinds...)
	t.bounds = cmp.Or(t.bounds, other.bounds)
	t.pattern = cmp.Or(t.pattern, other.pattern)
	return nil
}

func (t *typ) readPattern(e ast.Expr) error {
	pattern, err := stringOf(e)
	if err != nil {
		return err
	}
	t.pattern = pattern
	_, err = regexp.Compile(pattern)
	return err
}

// readBound narrows the integers to those that e, as in >=0, allows.
func (t *typ) readBound(e *ast.UnaryExpr) error {
	lit, ok := e.X.(*ast.BasicLit)
	if !ok {
		return unknown(e, "bound")
	}
	limit, err := strconv.ParseInt(lit.Value, 10, 64)
	if err != nil {
		return unknown(e, "bound")
	}
	b := bounds{math.MinInt64, math.MaxInt64}
	if t.bounds != nil {
		b = *t.bounds
	}
	switch e.Op {
	case token.GTR:
		b.min = max(b.min, limit+1)
	case token.GEQ:
		b.min = max(b.min, limit)
	case token.LSS:
		b.max = min(b.max, limit-1)
	default:
		return unknown(e, "bound")
	}
	t.bounds = &b
	return nil
}
