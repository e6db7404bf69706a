package gen

import (
	"fmt"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"
)

// A model is all definitions of the long form, in the order of their files.
type model struct {
	list   []*definition
	byName map[string]*definition
	// reached marks the definitions that layers merge into.
	reached map[string]bool
}

// read adds the definitions of one file.
func (m *model) read(name string, content []byte, isNative bool) error {
	file, err := parser.ParseFile(name, content, parser.ParseComments)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.Field)
		if !ok || f.Value == nil || isPeoplesForm(f) {
			continue
		}
		d, err := readDefinition(f)
		if err != nil {
			return err
		}
		d.isNative = isNative
		m.list = append(m.list, d)
		m.byName[d.name] = d
	}
	return nil
}

// isPeoplesForm reports whether f is #Service, which is not of the long form.
func isPeoplesForm(f *ast.Field) bool { return labelOf(f) == "#Service" }

// isOpen reports whether s is {...}, of which nothing is known.
func isOpen(s *ast.StructLit) bool {
	if len(s.Elts) != 1 {
		return false
	}
	_, ok := s.Elts[0].(*ast.Ellipsis)
	return ok
}

func labelOf(f *ast.Field) string {
	name, _, _ := ast.LabelName(f.Label)
	return name
}

func readDefinition(f *ast.Field) (*definition, error) {
	d := &definition{name: labelOf(f), doc: docOf(f)}
	s, isStruct := f.Value.(*ast.StructLit)
	if !isStruct || isOpen(s) {
		scalar, err := readField(f)
		d.scalar = &scalar
		return d, err
	}
	for _, decl := range s.Elts {
		if err := d.readDecl(decl); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (d *definition) readDecl(decl ast.Decl) error {
	switch decl := decl.(type) {
	case *ast.Field:
		f, err := readField(decl)
		d.fields = append(d.fields, f)
		return err
	case *ast.EmbedDecl:
		if id, ok := decl.Expr.(*ast.Ident); ok {
			d.embeds = append(d.embeds, id.Name)
			d.embedAt = append(d.embedAt, len(d.fields))
			return nil
		}
	case *ast.Attribute:
		key, body := decl.Split()
		switch key {
		case "short":
			d.short = append(d.short, body)
			return nil
		case "msg":
			var err error
			d.hint, err = literal.Unquote(body)
			return err
		}
	case *ast.Comprehension:
		r, err := readRule(decl)
		d.rules = append(d.rules, r)
		return err
	}
	return unknown(decl, "declaration")
}

func readField(f *ast.Field) (field, error) {
	result := field{name: labelOf(f), doc: docOf(f), isRequired: f.Constraint == token.NOT}
	for _, a := range f.Attrs {
		if err := result.readAttribute(a); err != nil {
			return result, err
		}
	}
	if err := result.typ.read(f.Value); err != nil {
		return result, fmt.Errorf("%s: %w", result.name, err)
	}
	// The attribute of a list speaks of its elements.
	if e := result.typ.element; e != nil {
		e.message = result.message
	}
	// A map of secrets is one.
	if e := result.typ.each; e != nil && e.isSecret {
		result.isSecret = true
	}
	return result, nil
}

func (f *field) readAttribute(a *ast.Attribute) (err error) {
	key, body := a.Split()
	switch key {
	case "msg":
		f.message, err = literal.Unquote(body)
	case "short":
		f.short = body
	case "declinable":
		f.isDeclinable = true
	case "layer":
		f.isLayer = true
	case "secret":
		f.isSecret = true
	default:
		return unknown(a, "attribute")
	}
	return err
}

// docOf returns the lines of the comment above f.
func docOf(f *ast.Field) []string {
	var lines []string
	for _, group := range ast.Comments(f) {
		for _, c := range group.List {
			lines = append(lines, c.Text)
		}
	}
	return lines
}

// readRule reads: if A != _|_ if A > B {AT: error("ID: MESSAGE")}
func readRule(c *ast.Comprehension) (rule, error) {
	var r rule
	for _, clause := range c.Clauses {
		test, ok := clause.(*ast.IfClause)
		if !ok {
			return r, unknown(c, "rule")
		}
		compare, ok := test.Condition.(*ast.BinaryExpr)
		if !ok || compare.Op != token.NEQ && compare.Op != token.GTR {
			return r, unknown(c, "condition")
		}
		if compare.Op == token.GTR {
			r.left, r.right = identOf(compare.X), identOf(compare.Y)
		}
	}
	body, ok := c.Value.(*ast.StructLit)
	if !ok || len(body.Elts) != 1 {
		return r, unknown(c, "rule")
	}
	blamed, ok := body.Elts[0].(*ast.Field)
	if !ok {
		return r, unknown(c, "rule")
	}
	r.at = labelOf(blamed)
	call, ok := blamed.Value.(*ast.CallExpr)
	if !ok || identOf(call.Fun) != "error" || len(call.Args) != 1 || r.left == "" || r.right == "" {
		return r, unknown(c, "rule")
	}
	text, err := stringOf(call.Args[0])
	r.id, r.message, ok = strings.Cut(text, ": ")
	if err == nil && !ok {
		return r, unknown(c, "message")
	}
	return r, err
}

func identOf(e ast.Expr) string {
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

func stringOf(e ast.Expr) (string, error) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", unknown(e, "text")
	}
	return literal.Unquote(lit.Value)
}

// unknown refuses CUE that the generator cannot translate, so that no
// constraint is lost on the way.
func unknown(n ast.Node, what string) error {
	return fmt.Errorf("%s: this %s is not of the kind that definitions may have", n.Pos(), what)
}
