package edit

import (
	"fmt"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// cueEditor changes one CUE or JSON file.
type cueEditor struct {
	*Text
	file   *ast.File
	root   *tree.Node
	at     tree.Path
	isJSON bool
}

// changeCUE is a change as it changes the text of a CUE file, or of a JSON file, which
// is one too.
func changeCUE(t *Text, root *tree.Node, c Change, isJSON bool) ([]Splice, error) {
	file, err := parser.ParseFile(t.source.Name, t.Data, parser.ParseComments)
	if err != nil {
		return nil, &Refusal{Pos: tree.Pos{Source: t.source}, Message: "it cannot be edited: " + err.Error()}
	}
	e := &cueEditor{Text: t, file: file, root: root, at: c.At, isJSON: isJSON}
	s := cueSearch{path: keysOf(c.At)}
	s.file(file)
	switch {
	case c.Value == nil:
		return e.remove(&s)
	case len(s.sites) > 0:
		return e.replace(&s, c.Value)
	case root.At(c.At) != nil:
		return nil, e.computed(root.Nearest(c.At, false))
	}
	return e.insert(&s, c.Value)
}

func (e *cueEditor) refuse(at ast.Node, fix, format string, args ...any) error {
	return &Refusal{Pos: e.Pos(at.Pos().Offset()), Message: fmt.Sprintf(format, args...), Fix: fix}
}

func (e *cueEditor) computed(pos tree.Pos) error {
	return &Refusal{Pos: pos, Message: fmt.Sprintf("%s is computed, not written as a value", e.at), Fix: "change what it is computed from, or write a value in its place"}
}

// replace puts a value in the place of what stands there, everywhere where it stands.
func (e *cueEditor) replace(s *cueSearch, value *tree.Node) ([]Splice, error) {
	if len(s.sites) > 1 && (value.Kind >= tree.List || e.root.At(e.at) != nil && e.root.At(e.at).Kind >= tree.List) {
		return nil, e.refuse(s.sites[1].value, "set its fields one by one, or edit it by hand",
			"%s is written in several places, the first at %s", e.at, e.Pos(s.sites[0].value.Pos().Offset()))
	}
	var splices []Splice
	for _, site := range s.sites {
		if in, isInterpolation := site.value.(*ast.Interpolation); isInterpolation && value.Kind == tree.String {
			splice, err := e.replaceInside(in, value.Text)
			if err != nil {
				return nil, err
			}
			splices = append(splices, splice)
			continue
		}
		literal, err := e.literalOf(site.value)
		if err != nil {
			return nil, err
		}
		from, to := literal.Pos().Offset(), literal.End().Offset()
		text := e.text(value, e.indent(from), false)
		if value.Kind == tree.String && isRaw(e.Data[from:to], value.Text) {
			text = `#"` + value.Text + `"#`
		}
		splices = append(splices, Splice{from, to, text})
	}
	return splices, nil
}

// isRaw reports whether a text may be written with the quotes #" of the old one.
func isRaw(old, text string) bool {
	isControl := func(r rune) bool { return r < ' ' || r == 0x7f }
	return strings.HasPrefix(old, `#"`) && !strings.HasPrefix(old, `#""`) && !strings.Contains(text, `"#`) && !strings.Contains(text, `\#`) &&
		!strings.HasPrefix(text, `""`) && !strings.ContainsFunc(text, isControl)
}

// literalOf is the literal to change where an expression stands: the expression, or the
// one that it refers to in this file.
func (e *cueEditor) literalOf(at ast.Expr) (ast.Expr, error) {
	if isCUELiteral(at) {
		return at, nil
	}
	path, isReference := referencePath(at)
	if !isReference {
		return nil, e.computed(e.Pos(at.Pos().Offset()))
	}
	s := cueSearch{path: path, isHidden: true}
	s.file(e.file)
	name := strings.Join(path, ".")
	if len(s.sites) != 1 || !isCUELiteral(s.sites[0].value) {
		return nil, e.refuse(at, "write a value in its place, or edit what it refers to", "%s refers to %s, which is no plain value of this file", e.at, name)
	}
	return s.sites[0].value, nil
}

// referencePath are the names in a reference such as _tags.web.
func referencePath(e ast.Expr) (path []string, ok bool) {
	switch e := e.(type) {
	case *ast.Ident:
		return []string{e.Name}, true
	case *ast.SelectorExpr:
		path, ok = referencePath(e.X)
		name, isPlain := cueLabel(e.Sel)
		if ident, isIdent := e.Sel.(*ast.Ident); isIdent {
			name, isPlain = ident.Name, true
		}
		return append(path, name), ok && isPlain
	case *ast.IndexExpr:
		path, ok = referencePath(e.X)
		index, isLit := e.Index.(*ast.BasicLit)
		if !isLit {
			return nil, false
		}
		name, isPlain := cueLabel(index)
		return append(path, name), ok && isPlain
	case *ast.ParenExpr:
		return referencePath(e.X)
	}
	return nil, false
}

// remove takes out every entry that the path leads to.
func (e *cueEditor) remove(s *cueSearch) ([]Splice, error) {
	if len(s.sites) == 0 {
		return nil, e.computed(e.root.Nearest(e.at, true))
	}
	var splices []Splice
	for _, site := range s.sites {
		if len(commentsOf([]byte(e.Data[site.entry.Pos().Offset():site.entry.End().Offset()]))) > 0 {
			return nil, e.refuse(site.entry, "edit it by hand", "there are comments in %s, which would be lost", e.at)
		}
		splices = append(splices, e.entryOut(site.entry)...)
	}
	return splices, nil
}

// entryOut takes an entry out with its line, or with the comma beside it.
func (e *cueEditor) entryOut(entry ast.Decl) []Splice {
	from, to := entry.Pos().Offset(), entry.End().Offset()
	after, hasComma := e.pastComma(to)
	rest := e.Data[after:e.LineEnd(after)]
	isAlone := e.isFirstInLine(from) && (strings.TrimSpace(rest) == "" || strings.HasPrefix(rest, "//"))
	comma := e.commaBefore(from)
	switch {
	case isAlone && e.isJSON && !hasComma && comma >= 0:
		return []Splice{{comma, comma + 1, ""}, {e.LineStart(from), e.LineEnd(after), ""}}
	case isAlone:
		return []Splice{{e.LineStart(from), e.LineEnd(after), ""}}
	case hasComma:
		return []Splice{{from, after, ""}}
	case comma >= 0:
		return []Splice{{comma, to, ""}}
	}
	return []Splice{{from, to, ""}}
}

// pastComma is where what follows an entry goes on, in its line, behind a comma.
func (e *cueEditor) pastComma(offset int) (after int, hasComma bool) {
	rest := strings.TrimLeft(e.Data[offset:], blanks)
	if trimmed, found := strings.CutPrefix(rest, ","); found {
		rest, hasComma = strings.TrimLeft(trimmed, blanks), true
	}
	return len(e.Data) - len(rest), hasComma
}

// commaBefore is the offset of the comma before an entry; -1 where there is none.
func (e *cueEditor) commaBefore(offset int) int {
	before := strings.TrimRight(e.Data[:offset], " \t\r\n")
	if strings.HasSuffix(before, ",") {
		return len(before) - 1
	}
	return -1
}
