package edit

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// replaceInside changes the one text that a text such as "\(repository):\(tag)" refers
// to, so that it becomes want.
func (e *cueEditor) replaceInside(in *ast.Interpolation, want string) (Splice, error) {
	parts := make([]string, len(in.Elts))
	literals := make([]*ast.BasicLit, len(in.Elts))
	for i, element := range in.Elts {
		if i%2 == 0 {
			lit, isLit := element.(*ast.BasicLit)
			if !isLit {
				return Splice{}, e.computed(e.Pos(in.Pos().Offset()))
			}
			parts[i] = plainPart(lit.Value, i == 0, i == len(in.Elts)-1)
			continue
		}
		expr, err := e.literalOf(element)
		if err != nil {
			return Splice{}, err
		}
		lit, isLit := expr.(*ast.BasicLit)
		if !isLit {
			return Splice{}, e.computed(e.Pos(in.Pos().Offset()))
		}
		if text, err := literal.Unquote(lit.Value); err == nil {
			parts[i], literals[i] = text, lit
		}
	}
	for i, lit := range literals {
		if lit == nil {
			continue
		}
		middle, hasHead := strings.CutPrefix(want, strings.Join(parts[:i], ""))
		middle, hasTail := strings.CutSuffix(middle, strings.Join(parts[i+1:], ""))
		if hasHead && hasTail {
			return Splice{lit.Pos().Offset(), lit.End().Offset(), e.text(&tree.Node{Kind: tree.String, Text: middle}, "", false)}, nil
		}
	}
	return Splice{}, e.computed(e.Pos(in.Pos().Offset()))
}

// plainPart is what a part between references stands for; what has escapes is left as
// it is, and fits nothing.
func plainPart(text string, isFirst, isLast bool) string {
	if isFirst {
		text = strings.TrimPrefix(text, `"`)
	} else {
		text = strings.TrimPrefix(text, ")")
	}
	if isLast {
		return strings.TrimSuffix(text, `"`)
	}
	return strings.TrimSuffix(text, `\(`)
}
