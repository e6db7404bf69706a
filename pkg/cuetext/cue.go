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
	l, node := layout{}, ast.Node(nil)
	if n.Kind == tree.Map {
		node = &ast.File{Decls: l.declarations(n, place{})}
	} else {
		node = l.expression(n, place{})
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

func (l layout) declarations(n *tree.Node, at place) []ast.Decl {
	relative := token.Newline
	if at.isLine {
		relative = token.Blank
	}
	var list []ast.Decl
	for i := range n.Fields {
		f := &n.Fields[i]
		inner := at
		inner.column += keyWidth(f.Key)
		value := l.expression(f.Value, inner)
		if s, isStruct := value.(*ast.StructLit); isStruct && isChain(f.Value) {
			s.Lbrace, s.Rbrace = token.NoPos, token.NoPos
			ast.SetRelPos(s.Elts[0], token.Blank)
		}
		key := label(f.Key)
		ast.SetRelPos(key, relative)
		list = append(list, &ast.Field{Label: key, Value: value})
	}
	return list
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

// expression is a value, whose lines, if it has several, are indented once more than
// what it stands in.
func (l layout) expression(n *tree.Node, at place) ast.Expr {
	switch n.Kind {
	case tree.String:
		return &ast.BasicLit{Kind: token.STRING, Value: quoted(n.Text, at.depth+1)}
	case tree.Bool:
		return ast.NewBool(n.Text == "true")
	case tree.Int, tree.Float:
		if text, ok := n.Decimal(); ok {
			return number(text)
		}
	case tree.List:
		return l.listOf(n, at)
	case tree.Map:
		return l.structOf(n, at)
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
	if isLines(s) {
		return literal.String.WithOptionalTabIndent(depth).Quote(s)
	}
	return literal.String.Quote(s)
}
