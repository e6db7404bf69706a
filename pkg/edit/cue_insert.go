package edit

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// insert writes an entry that is not there yet into the innermost braces that the path
// leads into.
func (e *cueEditor) insert(s *cueSearch, value *tree.Node) ([]Splice, error) {
	h := deepest(s.holders)
	keys := keysOf(e.at)[h.depth:]
	if value.Kind == tree.Map && len(value.Fields) == 1 && !e.isJSON {
		keys, value = append(keys[:len(keys):len(keys)], value.Fields[0].Key), value.Fields[0].Value
	}
	anchor := anchorOf(h, keys[0])
	if anchor == nil {
		return e.insertFirst(h, keys, value), nil
	}
	end := anchor.End().Offset()
	after, hasComma := e.pastComma(end)
	rest := strings.TrimRight(e.Data[after:e.LineEnd(after)], "\r\n")
	if rest != "" && !strings.HasPrefix(rest, "//") { // more in this line
		return []Splice{{end, end, e.spaced(",") + e.entry(h, keys, value, "", false)}}, nil
	}
	if h.open < 0 && isHead(anchor) {
		return []Splice{e.lineAfter(end, e.newline()+e.entry(h, keys, value, "", true))}, nil
	}
	indent := e.indent(anchor.Pos().Offset()) // of its line, where others may begin
	if h.open >= 0 && e.LineStart(anchor.Pos().Offset()) <= h.open {
		indent += e.unit()
	}
	line := e.entry(h, keys, value, indent, true)
	var splices []Splice
	switch {
	case hasComma:
		line += ","
	case e.isJSON:
		splices = append(splices, Splice{end, end, ","})
	}
	if isChain := len(keys) > 1 && !e.isJSON; !isChain {
		line = e.align(h, anchor, line, indent)
	}
	return append(splices, e.lineAfter(after, indent+line)), nil
}

// insertFirst writes the first entry of a struct, or of a file.
func (e *cueEditor) insertFirst(h *cueHolder, keys []string, value *tree.Node) []Splice {
	if h.open < 0 {
		end := max(0, len(e.Data)-1)
		return []Splice{e.lineAfter(end, e.entry(h, keys, value, "", true))}
	}
	inside := e.Data[h.open+1 : h.end]
	if !strings.Contains(inside, "\n") {
		return []Splice{{h.open + 1, h.open + 1, e.entry(h, keys, value, "", false)}}
	}
	indent := e.indent(h.open) + e.unit()
	return []Splice{e.lineAfter(h.open, indent+e.entry(h, keys, value, indent, true))}
}

// deepest is the first of the innermost holders; a file whose fields all stand in
// braces is none.
func deepest(holders []*cueHolder) *cueHolder {
	best := holders[0]
	for _, h := range holders[1:] {
		if h.depth > best.depth || best.open < 0 && h.depth == 0 && !hasField(best) {
			best = h
		}
	}
	return best
}

func hasField(h *cueHolder) bool {
	for _, d := range h.entries {
		if _, isField := d.(*ast.Field); isField {
			return true
		}
	}
	return false
}

// anchorOf is the entry that a new one goes below: the last that begins with the same
// key, else the last, but before the environments; nil where there is none.
func anchorOf(h *cueHolder, key string) (anchor ast.Decl) {
	for _, d := range h.entries {
		if f, isField := d.(*ast.Field); isField {
			if name, _ := cueLabel(f.Label); name == key {
				anchor = d
			}
		}
	}
	if anchor != nil {
		return anchor
	}
	isOnly := true
	for _, d := range h.entries {
		switch d := d.(type) {
		case *ast.CommentGroup, *ast.Ellipsis:
			continue
		case *ast.Field:
			if name, _ := cueLabel(d.Label); name == "environments" && !isOnly {
				return anchor
			}
		}
		anchor, isOnly = d, isHead(d)
	}
	return anchor
}

// isHead reports whether a declaration is what a file begins with.
func isHead(d ast.Decl) bool {
	switch d.(type) {
	case *ast.Package, *ast.ImportDecl:
		return true
	}
	return false
}

// entry is an entry as text; one of JSON may have several lines.
func (e *cueEditor) entry(h *cueHolder, keys []string, value *tree.Node, indent string, isLine bool) string {
	if e.isJSON {
		return e.label(keys[0], true) + e.spaced(":") + e.text(nested(keys[1:], value), indent, isLine)
	}
	isQuoted := hasQuotedLabels(h)
	var b strings.Builder
	for _, key := range keys {
		b.WriteString(e.label(key, isQuoted) + ": ")
	}
	return b.String() + e.text(value, indent, false)
}

// spaced is a sign with a space behind it, unless the file is JSON without any.
func (e *cueEditor) spaced(sign string) string {
	if e.isJSON && strings.Contains(e.Data, `":`) && !strings.Contains(e.Data, `": `) {
		return sign
	}
	return sign + " "
}

// hasQuotedLabels reports whether all keys of a struct are in quotes, those too that
// need none.
func hasQuotedLabels(h *cueHolder) bool {
	needless := false
	for _, d := range h.entries {
		f, isField := d.(*ast.Field)
		if !isField {
			continue
		}
		l, isLit := f.Label.(*ast.BasicLit)
		if !isLit {
			return false
		}
		name, _ := cueLabel(l)
		needless = needless || !ast.StringLabelNeedsQuoting(name)
	}
	return needless
}

func (e *cueEditor) label(key string, isQuoted bool) string {
	switch {
	case e.isJSON:
		return quoteJSON(key)
	case isQuoted || ast.StringLabelNeedsQuoting(key) || token.Lookup(key) != token.IDENT:
		return literal.String.Quote(key)
	}
	return key
}

// align puts the value of a line below those of the lines before it, where they stand
// below each other, as cue fmt writes them.
func (e *cueEditor) align(h *cueHolder, anchor ast.Decl, line, indent string) string {
	column := -1
	for i := len(h.entries) - 1; i >= 0; i-- {
		f, isField := h.entries[i].(*ast.Field)
		if !isField || f.Pos().Offset() > anchor.Pos().Offset() {
			continue
		}
		from, to := f.Pos().Offset(), f.Value.Pos().Offset()
		isNext := anchor == h.entries[i] || strings.Count(e.Data[from:anchor.Pos().Offset()], "\n") == strings.Count(e.Data[f.End().Offset():anchor.Pos().Offset()], "\n")
		inner, isStruct := f.Value.(*ast.StructLit)
		if !isNext || isStruct && !inner.Lbrace.IsValid() || !e.isFirstInLine(from) || strings.Contains(e.Data[from:f.End().Offset()], "\n") {
			break
		}
		if at := to - e.LineStart(to); column < 0 {
			column = at
		} else if column != at {
			return line
		}
	}
	key, rest, found := strings.Cut(line, ": ")
	if pad := column - len(indent) - len(key) - 2; found && pad > 0 && !e.isJSON {
		return key + ": " + strings.Repeat(" ", pad) + rest
	}
	return line
}

// unit is by how much a level is indented in this file.
func (e *cueEditor) unit() string {
	for line := range strings.Lines(e.Data) {
		if rest := strings.TrimLeft(line, blanks); len(rest) < len(line) && strings.TrimSpace(rest) != "" {
			return line[:len(line)-len(rest)]
		}
	}
	if e.isJSON {
		return "  "
	}
	return "\t"
}
