package schema

import (
	"io/fs"
	"strconv"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// definitions builds the embedded package, as an import of it does.
func definitions(t testing.TB) cue.Value {
	t.Helper()
	instance := build.NewContext().NewInstance("", nil)
	names, err := fs.Glob(FS, "*.cue")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(name, content)
		if err != nil {
			t.Fatal(err)
		}
		if err := instance.AddSyntax(file); err != nil {
			t.Fatal(err)
		}
	}
	if err := instance.Complete(); err != nil {
		t.Fatal(err)
	}
	v := cuecontext.New().BuildInstance(instance)
	if err := v.Err(); err != nil {
		t.Fatal(err)
	}
	return v
}

func definition(t testing.TB, name string) cue.Value {
	t.Helper()
	d := definitions(t).LookupPath(cue.ParsePath(name))
	if err := d.Err(); err != nil {
		t.Fatal(err)
	}
	return d
}

// literals reads CUE that holds only literals into a tree.
func literals(t testing.TB, text string) *tree.Node {
	t.Helper()
	file, err := parser.ParseFile("service.cue", text)
	if err != nil {
		t.Fatal(err)
	}
	return nodeOf(t, &tree.Source{Name: "service.cue"}, &ast.StructLit{Elts: file.Decls})
}

func nodeOf(t testing.TB, source *tree.Source, e ast.Expr) *tree.Node {
	n := &tree.Node{Pos: posOf(source, e.Pos())}
	switch e := e.(type) {
	case *ast.StructLit:
		n.Kind = tree.Map
		for _, d := range e.Elts {
			f := d.(*ast.Field)
			key, _, err := ast.LabelName(f.Label)
			if err != nil {
				t.Fatal(err)
			}
			n.Fields = append(n.Fields, tree.Field{Key: key, KeyPos: posOf(source, f.Label.Pos()), Value: nodeOf(t, source, f.Value)})
		}
	case *ast.ListLit:
		n.Kind = tree.List
		for _, e := range e.Elts {
			n.Fields = append(n.Fields, tree.Field{Value: nodeOf(t, source, e)})
		}
	case *ast.UnaryExpr:
		n = nodeOf(t, source, e.X)
		n.Text = e.Op.String() + n.Text
	case *ast.BasicLit:
		n.Kind, n.Text = scalarKinds[e.Kind], e.Value
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			if err != nil {
				t.Fatal(err)
			}
			n.Text = s
		}
	default:
		t.Fatalf("%T is no literal", e)
	}
	return n
}

var scalarKinds = map[token.Token]tree.Kind{
	token.NULL: tree.Null, token.TRUE: tree.Bool, token.FALSE: tree.Bool,
	token.INT: tree.Int, token.FLOAT: tree.Float, token.STRING: tree.String,
}

func posOf(source *tree.Source, pos token.Pos) tree.Pos {
	return tree.Pos{Source: source, Line: int32(pos.Line()), Col: int32(pos.Column())}
}

// syntax is the CUE that n stands for. As a layered service never has them,
// nulls in maps are left out, and so is a false that declines.
func syntax(s *shape, n *tree.Node) ast.Expr {
	switch n.Kind {
	case tree.Map:
		lit := &ast.StructLit{}
		for _, f := range n.Fields {
			of := s.under(f.Key)
			isDeclined := of != nil && of.isDeclinable && f.Value.Kind == tree.Bool && f.Value.Text == "false"
			if f.Value.Kind != tree.Null && !isDeclined {
				lit.Elts = append(lit.Elts, &ast.Field{Label: ast.NewString(f.Key), Value: syntax(of, f.Value)})
			}
		}
		return lit
	case tree.List:
		lit := &ast.ListLit{}
		for _, f := range n.Fields {
			lit.Elts = append(lit.Elts, syntax(s.under(""), f.Value))
		}
		return lit
	case tree.String:
		return ast.NewString(n.Text)
	case tree.Int, tree.Float:
		text, _ := n.Decimal()
		return ast.NewLit(map[bool]token.Token{true: token.INT, false: token.FLOAT}[n.Kind == tree.Int], text)
	case tree.Bool:
		return ast.NewBool(n.Text == "true")
	}
	return ast.NewNull()
}

// under is what may stand at a key, or in a list; nil where anything may.
func (s *shape) under(key string) *shape {
	switch {
	case s == nil:
		return nil
	case s.body == nil:
		return s.each
	}
	if f := s.body.field(key); f != nil {
		return &f.shape
	}
	return nil
}

// findings is all that the Go side says about a service.
func findings(root *tree.Node) []report.Finding {
	sink := &report.Sink{Root: root}
	CheckFields(root, sink)
	NewChecker().Check(root, sink)
	return report.Merge(sink.Findings)
}
