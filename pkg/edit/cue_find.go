package edit

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/scanner"
	"cuelang.org/go/cue/token"
)

// cueSearch finds the fields of a CUE file that a path leads to.
type cueSearch struct {
	path []string
	// isHidden lets the path name hidden fields, definitions and lets too.
	isHidden bool

	sites   []cueSite
	holders []*cueHolder // that the path leads through
}

// cueSite is a field at the end of the path.
type cueSite struct {
	value ast.Expr
	in    *cueHolder
	entry ast.Decl // of in, that leads to it; more than the field where keys are written in one line
}

// cueHolder is a struct in braces, or the file.
type cueHolder struct {
	open, end int // the offsets of the braces; -1 of the file
	entries   []ast.Decl
	depth     int // how many keys lead to its fields
}

func (s *cueSearch) file(f *ast.File) {
	h := &cueHolder{open: -1, end: -1, entries: f.Decls}
	s.holders = append(s.holders, h)
	s.decls(f.Decls, 0, h, nil)
}

// decls looks through declarations, of in, or behind keys of its entry.
func (s *cueSearch) decls(decls []ast.Decl, depth int, in *cueHolder, entry ast.Decl) {
	for _, d := range decls {
		top := entry
		if top == nil {
			top = d
		}
		switch d := d.(type) {
		case *ast.Field:
			if d.Constraint == token.ILLEGAL && s.isNamed(d.Label, s.path[depth]) {
				s.value(d.Value, depth+1, in, top)
			}
		case *ast.LetClause:
			if s.isHidden && depth == 0 && d.Ident.Name == s.path[0] {
				s.value(d.Expr, 1, in, top)
			}
		case *ast.EmbedDecl:
			s.expr(d.Expr, depth, in, top)
		}
	}
}

func (s *cueSearch) value(e ast.Expr, depth int, in *cueHolder, entry ast.Decl) {
	if depth == len(s.path) {
		s.sites = append(s.sites, cueSite{e, in, entry})
		return
	}
	s.expr(e, depth, in, entry)
}

func (s *cueSearch) expr(e ast.Expr, depth int, in *cueHolder, entry ast.Decl) {
	switch e := e.(type) {
	case *ast.StructLit:
		if !e.Lbrace.IsValid() {
			s.decls(e.Elts, depth, in, entry)
			return
		}
		h := &cueHolder{open: e.Lbrace.Offset(), end: e.Rbrace.Offset(), entries: e.Elts, depth: depth}
		s.holders = append(s.holders, h)
		s.decls(e.Elts, depth, h, nil)
	case *ast.ParenExpr:
		s.expr(e.X, depth, in, entry)
	case *ast.BinaryExpr:
		if e.Op == token.AND {
			s.expr(e.X, depth, in, entry)
			s.expr(e.Y, depth, in, entry)
		}
	}
}

// isNamed reports whether a label is the key called name.
func (s *cueSearch) isNamed(l ast.Label, name string) bool {
	text, ok := cueLabel(l)
	if !ok {
		ident, isIdent := l.(*ast.Ident)
		return s.isHidden && isIdent && ident.Name == name
	}
	return text == name
}

// cueLabel is the key that a label stands for; false where it is no plain one.
func cueLabel(l ast.Label) (string, bool) {
	switch l := l.(type) {
	case *ast.Ident:
		return l.Name, !strings.HasPrefix(l.Name, "_") && !strings.HasPrefix(l.Name, "#")
	case *ast.BasicLit:
		if l.Kind == token.STRING {
			text, err := literal.Unquote(l.Value)
			return text, err == nil
		}
		return l.Value, true
	}
	return "", false
}

// isCUELiteral reports whether an expression is nothing but literals.
func isCUELiteral(e ast.Expr) bool {
	isLiteral := true
	ast.Walk(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit, *ast.ListLit, *ast.StructLit, *ast.ParenExpr, *ast.CommentGroup, *ast.Comment:
		case *ast.UnaryExpr:
			isLiteral = isLiteral && (n.Op == token.SUB || n.Op == token.ADD)
		case *ast.Field:
			_, isPlain := cueLabel(n.Label)
			if !isPlain || n.Constraint != token.ILLEGAL || len(n.Attrs) > 0 || !isCUELiteral(n.Value) {
				isLiteral = false
			}
			return false
		default:
			isLiteral = false
		}
		return isLiteral
	}, nil)
	return isLiteral
}

// commentsOf are the comments of a CUE or JSON file.
func commentsOf(data []byte) (comments []string) {
	var s scanner.Scanner
	file := token.NewFile("", -1, len(data))
	s.Init(file, data, func(token.Pos, string, []any) {}, scanner.ScanComments)
	for {
		_, kind, text := s.Scan()
		switch kind {
		case token.EOF:
			return comments
		case token.COMMENT:
			comments = append(comments, text)
		}
	}
}
