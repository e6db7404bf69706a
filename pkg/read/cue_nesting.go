package read

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/scanner"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// maxExpression is how many tokens may stand between two commas. On chains of
// clauses CUE's parser takes time that grows with their square.
const maxExpression = 10_000

// bracket is an open bracket, and what stands in it since the last comma.
type bracket struct {
	isInterpolation bool
	tokens, colons  int
}

// isShallow reports a file that is nested too deep, or has an expression too
// long, for CUE's parser, which recurses, or is no CUE at all: it looks at the
// tokens only.
func isShallow(t *text, sink *report.Sink) bool {
	var s scanner.Scanner
	var mistakes errors.Error
	s.Init(token.NewFile(t.source.Name, -1, len(t.data)), t.data, func(pos token.Pos, msg string, args []any) {
		mistakes = errors.Append(mistakes, errors.Newf(pos, msg, args...))
	}, 0)
	open := make([]bracket, 1, 64)
	levels := 0
	inInterpolation := false
	for {
		pos, tok, _ := s.Scan()
		top := &open[len(open)-1]
		top.tokens++
		switch tok {
		case token.EOF:
			return true
		case token.COMMA:
			levels -= top.colons
			top.tokens, top.colons = 0, 0
		case token.COLON:
			top.colons++
			levels++
		case token.INTERPOLATION:
			inInterpolation = true
		case token.LBRACE, token.LBRACK, token.LPAREN:
			open = append(open, bracket{isInterpolation: inInterpolation})
			inInterpolation = false
			levels++
		case token.RBRACE, token.RBRACK, token.RPAREN:
			if len(open) == 1 || top.isInterpolation && tok != token.RPAREN {
				break
			}
			levels -= 1 + top.colons
			open = open[:len(open)-1]
			if top.isInterpolation {
				inInterpolation = strings.HasSuffix(s.ResumeInterpolation(), "(")
			}
		}
		switch {
		case levels > 2*MaxDepth: // a: { are two
			reportTooDeep(sink, t.pos(pos.Offset()))
			return false
		case top.tokens > maxExpression:
			sink.ErrorAt(t.pos(pos.Offset()), schema.BadFile, nil, "an expression of more than 10,000 words and signs")
			return false
		case s.ErrorCount > maxFailures:
			reportSyntax(t, mistakes, sink)
			return false
		}
	}
}

// deepest finds a node of the syntax tree that lies in more than MaxDepth
// literals, as the evaluator would meet it.
func deepest(t *text, file *ast.File) (pos tree.Pos, found bool) {
	depth := 0
	ast.Walk(file, func(n ast.Node) bool {
		if isNested(n) {
			depth++
		}
		if depth > MaxDepth && !found {
			pos, found = t.pos(n.Pos().Offset()), true
		}
		return !found
	}, func(n ast.Node) {
		if isNested(n) {
			depth--
		}
	})
	return pos, found
}

func isNested(n ast.Node) bool {
	switch n.(type) {
	case *ast.StructLit, *ast.ListLit, *ast.ParenExpr, *ast.Interpolation, *ast.Comprehension,
		*ast.CallExpr, *ast.BinaryExpr, *ast.UnaryExpr:
		return true
	}
	return false
}
