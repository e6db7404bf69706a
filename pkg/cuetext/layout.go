package cuetext

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Structs of few values stand in one line if there is room and no other struct of
// several values is in them.
const (
	lineWidth  = 88
	lineValues = 4
	tabWidth   = 4
)

// A layout is what decides between one line and several, for every value of a file.
type layout map[*tree.Node]shape

type shape struct {
	width   int  // of the value in one line
	leaves  int  // its values; a list of words is one
	isLines bool // a string in it is written in several lines
	isWide  bool // a struct of several values is in it
}

// A place is where in a file a value is written.
type place struct {
	depth  int  // the tabs before lines inside of the value
	column int  // what stands before the value in its line
	isLine bool // what it is a part of is written in one line
}

func (at place) inside() place {
	return place{at.depth + 1, tabWidth * (at.depth + 1), false}
}

// listOf has one element a line where they do not fit in one; structs that need several
// lines of their own follow each other.
func (l layout) listOf(n *tree.Node, at place) ast.Expr {
	isLine := at.isLine || at.column+l.shape(n).width <= lineWidth || slices.ContainsFunc(n.Fields, func(f tree.Field) bool {
		return f.Value.Kind == tree.Map && !l.isShort(f.Value, at.inside().column)
	})
	list, inner := &ast.ListLit{}, at
	if !isLine {
		inner, list.Rbrack = at.inside(), token.Newline.Pos()
	}
	for i := range n.Fields {
		element := l.expression(n.Fields[i].Value, inner)
		switch {
		case !isLine:
			ast.SetRelPos(element, token.Newline)
		case n.Fields[i].Value.Kind == tree.Map:
			ast.SetRelPos(element, token.Blank)
		}
		list.Elts = append(list.Elts, element)
	}
	return list
}

func (l layout) structOf(n *tree.Node, at place) ast.Expr {
	isLine := at.isLine || l.isShort(n, at.column)
	inner := at.inside()
	if isChain(n) {
		inner = at
	}
	inner.isLine = isLine
	s := &ast.StructLit{Elts: l.declarations(n, inner), Lbrace: token.Blank.Pos()}
	switch {
	case isLine:
		s.Rbrace = token.NoSpace.Pos()
	case len(n.Fields) > 0:
		s.Rbrace = token.Newline.Pos()
	}
	return s
}

// isShort reports whether a struct stands in one line.
func (l layout) isShort(n *tree.Node, column int) bool {
	s := l.shape(n)
	return len(n.Fields) > 0 && s.leaves <= lineValues && column+s.width <= lineWidth && !s.isLines &&
		(isChain(n) || !slices.ContainsFunc(n.Fields, func(f tree.Field) bool { return l.shape(f.Value).isWide }))
}

func (l layout) shape(n *tree.Node) shape {
	if s, isKnown := l[n]; isKnown {
		return s
	}
	s := shape{width: len(n.Text), isWide: n.Kind == tree.Map && len(n.Fields) > 1}
	if n.Kind == tree.String {
		s.width, s.isLines = len(literal.String.Quote(n.Text)), isLines(n.Text)
	}
	for i := range n.Fields {
		inner := l.shape(n.Fields[i].Value)
		s.width += len(", ") + inner.width
		if n.Kind == tree.Map {
			s.width += keyWidth(n.Fields[i].Key)
		}
		s.leaves += inner.leaves
		s.isLines = s.isLines || inner.isLines
		s.isWide = s.isWide || inner.isWide
	}
	if n.Kind == tree.List && s.leaves == len(n.Fields) {
		s.leaves = 1
	}
	s.leaves = max(1, s.leaves)
	l[n] = s
	return s
}

func keyWidth(key string) int {
	if text, isQuoted := label(key).(*ast.BasicLit); isQuoted {
		return len(text.Value) + len(": ")
	}
	return len(key) + len(": ")
}

// isLines reports whether a string is written in several lines.
func isLines(s string) bool { return strings.Count(strings.TrimRight(s, "\n"), "\n") > 0 }
