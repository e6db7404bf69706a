package read

import (
	"regexp"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// mostNestedFields is how deep the fields of an organisation are described.
const mostNestedFields = 10

// Describe tells what the fields are that #Service adds to a service, in the order in
// which they are written. What nobody knows without a service is left open.
func (o *Org) Describe(onEvaluate func(string) func()) (own []schema.OwnField) {
	if !o.HasService() {
		return nil
	}
	r, sink := o.Runner(onEvaluate), &report.Sink{}
	if r.compiled(sink) == nil {
		return nil
	}
	r.guard(sink, func() {
		for _, f := range r.evaluation.describeFields(r.at(orgService), mostNestedFields) {
			if slices.Contains(o.Fields, f.Name) {
				own = append(own, f)
			}
		}
	})
	return own
}

func (e *evaluation) describeFields(v cue.Value, depth int) (own []schema.OwnField) {
	fields, err := v.Fields(cue.Optional(true))
	for err == nil && fields.Next() {
		selector := fields.Selector()
		f := e.describe(fields.Value(), depth-1)
		f.Name = selector.Unquoted()
		f.IsRequired = selector.ConstraintType() != cue.OptionalConstraint
		own = append(own, f)
	}
	return own
}

func (e *evaluation) describe(v cue.Value, depth int) schema.OwnField {
	f := schema.OwnField{Kinds: kindsOf(v.IncompleteKind())}
	if at, found := e.described(v); found {
		f.Pos = at.text.pos(at.offset)
		f.Doc = commentAbove(at.text, int(f.Pos.Line))
		f.Message = messageAt(e.fileAt(at.text), at.offset)
	}
	if f.Message == "" {
		f.Message = constraintText(v)
	}
	f.Pattern = patternOf(v)
	isMixed := len(f.Kinds) > 1 && (slices.Contains(f.Kinds, tree.Map) || slices.Contains(f.Kinds, tree.List))
	each := cue.AnyString
	switch {
	case len(f.Kinds) == 0 || isMixed: // it depends on a service, or is one of several
		f.Kinds = []tree.Kind{tree.Bool, tree.Int, tree.Float, tree.String, tree.List, tree.Map}
		return f
	case f.Kinds[0] == tree.List:
		each = cue.AnyIndex
	case f.Kinds[0] != tree.Map:
		return f
	case !v.Allows(cue.AnyString) && depth > 0:
		f.Fields = e.describeFields(v, depth)
		return f
	}
	if named, err := v.Fields(cue.Optional(true)); each == cue.AnyString && (err != nil || named.Next()) {
		return f // some fields, and others: it is left open
	}
	if below := v.LookupPath(cue.MakePath(each)); below.Exists() && depth > 0 {
		of := e.describe(below, depth-1)
		f.Each = &of
	} else if each == cue.AnyIndex {
		f.Each = &schema.OwnField{Kinds: kindsOf(cue.TopKind)}
	}
	return f
}

// described is where the Org says that there is such a field.
func (e *evaluation) described(v cue.Value) (at orgPlace, found bool) {
	pos := v.Pos()
	if f, isField := v.Source().(*ast.Field); isField {
		pos = f.Label.Pos()
	}
	switch {
	case e.owns(pos):
		return orgPlace{e.text, pos.Offset()}, true
	case pos.HasAbsPos() && e.session.texts[pos.File()] != nil:
		return orgPlace{e.session.texts[pos.File()], pos.Offset()}, true
	}
	return at, false
}

// commentAbove is the comment on the lines above a field, as one paragraph; what is
// evaluated is parsed without comments.
func commentAbove(t *text, line int) string {
	var words []string
	for line--; line > 0; line-- {
		comment, isComment := strings.CutPrefix(strings.TrimSpace(string(t.lineText(line))), "//")
		if !isComment {
			break
		}
		words = append(strings.Fields(comment), words...)
	}
	return strings.Join(words, " ")
}

// kindsOf are the kinds of values that a constraint leaves, but for null, which every
// layer may say.
func kindsOf(kind cue.Kind) (kinds []tree.Kind) {
	for _, of := range []struct {
		kind cue.Kind
		is   tree.Kind
	}{
		{cue.BoolKind, tree.Bool}, {cue.IntKind, tree.Int}, {cue.FloatKind, tree.Float}, {cue.StringKind, tree.String},
		{cue.ListKind, tree.List}, {cue.StructKind, tree.Map},
	} {
		if kind&of.kind != 0 {
			kinds = append(kinds, of.is)
		}
	}
	return kinds
}

// longestConstraint is how much of a constraint is shown.
const longestConstraint = 80

// constraintText is a constraint as it is written, where that is more than a type.
func constraintText(v cue.Value) string {
	f, isField := v.Source().(*ast.Field)
	if !isField {
		return ""
	}
	switch f.Value.(type) {
	case *ast.StructLit, *ast.ListLit, *ast.BasicLit:
		return ""
	case *ast.Ident: // a type, or a definition
		return ""
	}
	text, err := format.Node(f.Value)
	if err != nil || len(text) > longestConstraint || strings.ContainsRune(string(text), '\n') {
		return ""
	}
	return string(text)
}

// patternOf is what a text has to match, as far as editors know it too: one regular
// expression, or a choice of texts. It is empty where a value need not be a text.
func patternOf(v cue.Value) string {
	if v.IncompleteKind() != cue.StringKind {
		return ""
	}
	operator, parts := v.Expr()
	switch operator {
	case cue.RegexMatchOp:
		if text, err := parts[len(parts)-1].String(); err == nil && schema.IsPortable(text) {
			return text
		}
	case cue.OrOp:
		words := make([]string, len(parts))
		for i, part := range parts {
			word, err := part.String()
			if err != nil {
				return ""
			}
			words[i] = regexp.QuoteMeta(word)
		}
		return "^(" + strings.Join(words, "|") + ")$"
	}
	return ""
}
