package read

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// literalReader takes a file of nothing but literals from its syntax tree.
type literalReader struct {
	builder
	isDynamic   bool // something in the file is no literal
	isTooNested bool
}

// file returns nil where the file holds no field.
func (r *literalReader) file(f *ast.File) *tree.Node {
	root := r.node(tree.Map, tree.Pos{})
	var index keyIndex
	r.fields(root, &index, f.Decls)
	if len(root.Fields) == 0 {
		return nil
	}
	root.Pos = root.Fields[0].KeyPos
	return root
}

// fields adds declarations to m. A field that is there already is unified with
// it, as CUE does.
func (r *literalReader) fields(m *tree.Node, index *keyIndex, decls []ast.Decl) {
	if m.Fields == nil {
		m.Fields = make([]tree.Field, 0, len(decls))
	}
	for _, d := range decls {
		switch d := d.(type) {
		case *ast.Field:
			r.field(m, index, d)
		case *ast.EmbedDecl:
			if s, isStruct := d.Expr.(*ast.StructLit); isStruct {
				r.fields(m, index, s.Elts)
				break
			}
			r.isDynamic = true
		case *ast.Package, *ast.CommentGroup:
		case *ast.ImportDecl:
			r.isDynamic = r.isDynamic || len(d.Specs) > 0
		default:
			r.isDynamic = true
		}
		if r.isDynamic {
			return
		}
	}
}

func (r *literalReader) field(m *tree.Node, index *keyIndex, f *ast.Field) {
	key, ok := labelText(f.Label)
	if !ok || f.Constraint != token.ILLEGAL || f.Alias != nil || len(f.Attrs) > 0 {
		r.isDynamic = true
		return
	}
	pos := r.pos(f.Label)
	r.enter(key)
	if value := r.value(f.Value); value != nil {
		if same := index.find(m.Fields, key); same >= 0 {
			r.unify(m.Fields[same].Value, value)
		} else {
			m.Fields = append(m.Fields, tree.Field{Key: key, KeyPos: pos, Value: value})
		}
	}
	r.leave()
}

func (r *literalReader) pos(n ast.Node) tree.Pos { return r.text.pos(n.Pos().Offset()) }

// labelText is the key that a label names; false where it is no plain one.
func labelText(l ast.Label) (string, bool) {
	switch l := l.(type) {
	case *ast.Ident:
		return l.Name, !strings.HasPrefix(l.Name, "_") && !strings.HasPrefix(l.Name, "#")
	case *ast.BasicLit:
		if l.Kind == token.STRING {
			return stringText(l.Value)
		}
	}
	name, _, err := ast.LabelName(l)
	return name, err == nil
}

// value returns nil where e is no literal.
func (r *literalReader) value(e ast.Expr) *tree.Node {
	switch e := e.(type) {
	case *ast.BasicLit:
		return r.basic(e)
	case *ast.StructLit:
		m := r.node(tree.Map, r.pos(e))
		if !r.checkDepth(m) {
			var index keyIndex
			r.fields(m, &index, e.Elts)
		}
		return m
	case *ast.ListLit:
		return r.list(e)
	case *ast.ParenExpr:
		return r.value(e.X)
	case *ast.UnaryExpr:
		return r.signed(e)
	}
	r.isDynamic = true
	return nil
}

// checkDepth reports whether n lies in too many others.
func (r *literalReader) checkDepth(n *tree.Node) bool {
	if r.isTooDeep() && !r.isTooNested {
		r.isTooNested = true
		r.tooDeep(n.Pos)
	}
	return r.isTooNested
}

func (r *literalReader) list(e *ast.ListLit) *tree.Node {
	list := r.node(tree.List, r.pos(e))
	if r.checkDepth(list) {
		return list
	}
	list.Fields = make([]tree.Field, 0, len(e.Elts))
	for i, element := range e.Elts {
		r.enterElement(i)
		value := r.value(element)
		r.leave()
		if value == nil {
			return nil
		}
		list.Fields = append(list.Fields, tree.Field{Value: value})
	}
	return list
}

func (r *literalReader) basic(e *ast.BasicLit) *tree.Node {
	n := r.node(tree.Null, r.pos(e))
	n.Text = e.Value
	switch e.Kind {
	case token.STRING:
		r.stringLiteral(n)
	case token.INT:
		n.Kind = tree.Int
	case token.FLOAT:
		n.Kind = tree.Float
	case token.TRUE, token.FALSE:
		n.Kind = tree.Bool
	case token.NULL:
		n.Text = ""
	default:
		r.isDynamic = true
	}
	return n
}

func (r *literalReader) stringLiteral(n *tree.Node) {
	var ok bool
	n.Kind = tree.String
	if strings.HasPrefix(strings.TrimLeft(n.Text, "#"), "'") {
		r.bytesLiteral(n.Pos)
	} else if n.Text, ok = stringText(n.Text); !ok {
		r.errorf(n.Pos, schema.Syntax, "this text is not well formed: look at its quotes and what follows \\ in it")
	}
}

func (b *builder) bytesLiteral(pos tree.Pos) {
	b.errorf(pos, schema.InvalidValue, "single quotes are for bytes: write a text in double quotes, binary content as base64 text")
}

// stringText is what a string literal stands for.
func stringText(lit string) (string, bool) {
	if len(lit) > 1 && lit[0] == '"' && lit[1] != '"' && strings.IndexByte(lit, '\\') < 0 {
		return lit[1 : len(lit)-1], true
	}
	s, err := literal.Unquote(lit)
	return s, err == nil
}

// signed reads a number with a sign.
func (r *literalReader) signed(e *ast.UnaryExpr) *tree.Node {
	number, ok := e.X.(*ast.BasicLit)
	if !ok || e.Op != token.SUB && e.Op != token.ADD || number.Kind != token.INT && number.Kind != token.FLOAT {
		r.isDynamic = true
		return nil
	}
	n := r.basic(number)
	n.Pos = r.pos(e)
	n.Text = e.Op.String() + n.Text
	return n
}
