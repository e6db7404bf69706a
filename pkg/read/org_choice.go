package read

import (
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/token"
)

// Of a value that is none of several alternatives CUE says that there were errors, and
// then one for each. People want to know the alternatives.

// isChoice reports whether an error announces those of the alternatives at its path.
func isChoice(err errors.Error) bool {
	format, _ := err.Msg()
	return strings.HasSuffix(format, "errors in empty disjunction:")
}

// chosen are errors where each that announces others is one with the first of those, which
// has the place, and the rest of them is dropped.
func chosen(causes []errors.Error) (all []choice) {
	for i := 0; i < len(causes); i++ {
		c := choice{Error: causes[i]}
		if isChoice(c.Error) {
			at := c.Path()
			for i+1 < len(causes) && slices.Equal(causes[i+1].Path(), at) && !isChoice(causes[i+1]) {
				if i++; !c.isChoice {
					c = choice{causes[i], true}
				}
			}
		}
		all = append(all, c)
	}
	return all
}

// choice is an error; with isChoice one of those about alternatives, and stands for all.
type choice struct {
	errors.Error
	isChoice bool
}

// longestChoice is how much of the alternatives is shown.
const longestChoice = 120

// alternatives says which alternatives there are around an offset of a file, and where.
func alternatives(file *ast.File, offset int) (words string, at int) {
	var outer *ast.BinaryExpr
	around(file, offset, func(n ast.Node) {
		if b, is := n.(*ast.BinaryExpr); is && b.Op == token.OR && outer == nil {
			outer = b
		}
	})
	if outer == nil {
		return "", 0
	}
	var texts []string
	var split func(e ast.Expr)
	split = func(e ast.Expr) {
		if b, is := e.(*ast.BinaryExpr); is && b.Op == token.OR {
			split(b.X)
			split(b.Y)
			return
		}
		if u, is := e.(*ast.UnaryExpr); is && u.Op == token.MUL {
			e = u.X
		}
		text, err := format.Node(e)
		if err == nil {
			texts = append(texts, strings.Join(strings.Fields(string(text)), " "))
		}
	}
	split(outer)
	last := len(texts) - 1
	if last < 1 {
		return "", 0
	}
	if words = strings.Join(texts[:last], ", ") + " or " + texts[last]; len(words) > longestChoice {
		words = words[:strings.LastIndex(words[:longestChoice], ", ")+2] + "..."
	}
	return words, outer.Pos().Offset()
}

// choiceMessage says what a value has to be of which CUE says only that it is none of
// several, and where that is said.
func (e *evaluation) choiceMessage(err errors.Error) (message string, by orgPlace, found bool) {
	for _, at := range e.constraints(err) {
		if words, offset := alternatives(e.fileAt(at.text), at.offset); words != "" {
			return "it has to be " + words, orgPlace{at.text, offset}, true
		}
	}
	return "it is none of what it may be", by, false
}
