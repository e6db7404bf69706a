// Package cuetext writes trees as CUE: files as cue fmt has them, and values in one
// line for messages.
package cuetext

import (
	"fmt"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// File is n as CUE: of a map the fields of a file, of anything else one expression. A
// number without an end, which CUE has no literal for, is null.
func File(n *tree.Node) ([]byte, error) {
	var node ast.Node
	if n.Kind == tree.Map {
		node = &ast.File{Decls: declarations(n, 0)}
	} else {
		node = expression(n, 0)
	}
	data, err := format.Node(node)
	if err != nil {
		return nil, fmt.Errorf("write CUE: %w", err)
	}
	if n.Kind == tree.Map && len(data) > 0 && data[len(data)-1] != '\n' {
		data = append(data, '\n')
	}
	return data, nil
}

func declarations(n *tree.Node, depth int) []ast.Decl {
	var list []ast.Decl
	for i := range n.Fields {
		f := &n.Fields[i]
		inner := depth
		if !isChain(f.Value) {
			inner++
		}
		value := expression(f.Value, inner)
		if s, isStruct := value.(*ast.StructLit); isStruct && isChain(f.Value) {
			s.Lbrace, s.Rbrace = token.NoPos, token.NoPos
			ast.SetRelPos(s.Elts[0], token.Blank)
		}
		list = append(list, field(f.Key, value))
	}
	return list
}

func field(key string, value ast.Expr) *ast.Field {
	f := &ast.Field{Label: label(key), Value: value}
	ast.SetRelPos(f.Label, token.Newline)
	return f
}

// label is a key, in quotes where CUE has another meaning for the word, be it in some
// releases only.
func label(key string) ast.Label {
	switch key {
	case "package", "import", "for", "in", "if", "else", "let", "try", "otherwise", "fallback", "func", "true", "false", "null":
		return ast.NewString(key)
	}
	return ast.NewStringLabel(key)
}

// isChain reports whether a map is written as a: b: c.
func isChain(n *tree.Node) bool { return n.Kind == tree.Map && len(n.Fields) == 1 }

// expression is a value whose lines, if it has several, are indented depth times.
func expression(n *tree.Node, depth int) ast.Expr {
	switch n.Kind {
	case tree.String:
		return &ast.BasicLit{Kind: token.STRING, Value: quoted(n.Text, depth)}
	case tree.Bool:
		return ast.NewBool(n.Text == "true")
	case tree.Int, tree.Float:
		if text, ok := n.Decimal(); ok {
			return number(text)
		}
	case tree.List:
		list := &ast.ListLit{}
		for i := range n.Fields {
			element := expression(n.Fields[i].Value, depth+1)
			if n.Fields[i].Value.Kind == tree.Map {
				ast.SetRelPos(element, token.Blank)
			}
			list.Elts = append(list.Elts, element)
		}
		return list
	case tree.Map:
		s := &ast.StructLit{Elts: declarations(n, depth), Lbrace: token.Blank.Pos()}
		if len(n.Fields) > 0 {
			s.Rbrace = token.Newline.Pos()
		}
		return s
	}
	return ast.NewNull()
}

func number(text string) ast.Expr {
	positive, isNegative := strings.CutPrefix(text, "-")
	literal := &ast.BasicLit{Kind: token.INT, Value: positive}
	if strings.ContainsAny(positive, ".eE") {
		literal.Kind = token.FLOAT
	}
	if isNegative {
		return &ast.UnaryExpr{Op: token.SUB, X: literal}
	}
	return literal
}

// quoted is a string as people write it: several lines as such.
func quoted(s string, depth int) string {
	if strings.Count(strings.TrimRight(s, "\n"), "\n") > 0 {
		return literal.String.WithOptionalTabIndent(depth).Quote(s)
	}
	return literal.String.Quote(s)
}
