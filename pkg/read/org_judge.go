package read

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Misfit is a value that does not fit what an Org says of it.
type Misfit struct {
	Path    tree.Path // of the value
	ID      string    // what the schema calls such a mistake
	Message string
	By      tree.Pos // where the Org says so
	// IsWorded is set where a person chose the words of the message.
	IsWorded bool
}

// Service judges a merged service by #Service. sink gets what is wrong with the Org.
// What kgen itself has no field for is judged in the fields of the Org alone.
func (r *Runner) Service(service *tree.Node, sink *report.Sink) []Misfit {
	misfits := r.judge(1, sink, func() (cue.Value, ast.Expr) { return r.open(orgService), literalOf(service) })
	own := &tree.Node{Kind: tree.Map}
	for _, f := range service.Fields {
		if f.Value.Kind >= tree.List && slices.Contains(r.org.Fields, f.Key) {
			own.Fields = append(own.Fields, f)
		}
	}
	if len(own.Fields) == 0 || len(misfits) > 0 {
		return misfits
	}
	misfits = r.judge(1, sink, func() (cue.Value, ast.Expr) { return r.at(orgService), literalOf(own) })
	return slices.DeleteFunc(misfits, func(m Misfit) bool { return m.ID != schema.UnknownField })
}

// Policy judges an object of a kind that policy is about.
func (r *Runner) Policy(kind string, object *tree.Node, sink *report.Sink) []Misfit {
	return r.judge(2, sink, func() (cue.Value, ast.Expr) {
		return r.open(orgPolicy).LookupPath(cue.MakePath(cue.Str(kind))), literalOf(object)
	})
}

// judge unifies a value with a literal; depth is how many labels lead to the value.
func (r *Runner) judge(depth int, sink *report.Sink, of func() (cue.Value, ast.Expr)) (misfits []Misfit) {
	if r.compiled(sink) == nil {
		return nil
	}
	r.guard(sink, func() {
		v, e := of()
		err := v.Unify(r.evaluation.session.context.BuildExpr(e)).Validate(cue.Concrete(true))
		misfits = r.evaluation.misfits(err, depth)
	})
	return misfits
}

// misfits are the errors of a unification, one a path: of several the one whose words
// somebody chose, and else the first.
func (e *evaluation) misfits(err error, depth int) (misfits []Misfit) {
	causes := chosen(errors.Errors(err))
	ranks := map[string]int{}
	for _, cause := range causes[:min(len(causes), 20*maxFailures)] {
		m, rank := e.misfit(cause.Error, depth)
		if cause.isChoice && !m.IsWorded {
			message, by, found := e.choiceMessage(cause.Error)
			if m.Message = message; found {
				m.By = by.text.pos(by.offset)
			}
		}
		key := m.Path.String()
		i := slices.IndexFunc(misfits, func(other Misfit) bool { return slices.Equal(other.Path, m.Path) })
		switch {
		case i < 0:
			misfits = append(misfits, m)
		case rank > ranks[key]:
			misfits[i] = m
		default:
			continue
		}
		ranks[key] = rank
	}
	return misfits[:min(len(misfits), maxFailures)]
}

// misfit is one of them; rank is how much its message is chosen by a person.
func (e *evaluation) misfit(err errors.Error, depth int) (m Misfit, rank int) {
	var at []step
	for i, label := range err.Path() {
		if i >= depth {
			at = append(at, labelStep(label))
		}
	}
	format, args := err.Msg()
	m = Misfit{Path: pathOf(at), ID: schema.InvalidValue, Message: failureMessage(err, isSecret(at))}
	switch message := fmt.Sprintf(format, args...); {
	case strings.HasPrefix(message, "field is required"):
		m.ID, m.Message = schema.MissingField, "this field is required"
	case strings.HasPrefix(message, "required field missing: "): // by what depends on it
		m.Path = m.Path.With(strings.TrimPrefix(message, "required field missing: "))
		m.ID, m.Message = schema.MissingField, "this field is required"
	case strings.HasPrefix(message, "incomplete value "):
		m.ID, m.Message = schema.MissingField, "is missing, and has to be"+strings.TrimPrefix(failureMessage(err, isSecret(at)), "is not concrete:")
	case strings.HasPrefix(message, "field not allowed"):
		m.ID, m.Message = schema.UnknownField, "unknown field"
	}
	m.Message = strings.Replace(m.Message, "does not evaluate;", "does not fit;", 1) // of a secret
	best := 0
	for _, at := range e.constraints(err) {
		file := e.fileAt(at.text)
		switch words, isError := messageAt(file, at.offset), isErrorCall(file, at.offset); {
		case isError && rank < 2:
			rank, m.IsWorded, m.By = 2, true, at.text.pos(at.offset)
		case words != "" && rank < 1:
			rank, m.IsWorded, m.Message, m.By = 1, true, words, at.text.pos(at.offset)
		case rank == 0:
			if weight := e.weightOf(at, file); weight >= best {
				best, m.By = weight, at.text.pos(at.offset)
			}
		}
	}
	return m, rank
}

// orgPlace is an offset in a file of the Org.
type orgPlace struct {
	text   *text
	offset int
}

// constraints are the places in files of the Org that an error is about.
func (e *evaluation) constraints(err errors.Error) (places []orgPlace) {
	for _, p := range append([]token.Pos{err.Position()}, err.InputPositions()...) {
		switch {
		case !p.HasAbsPos():
		case e.owns(p):
			places = append(places, orgPlace{e.text, p.Offset()})
		case e.session.texts[p.File()] != nil:
			places = append(places, orgPlace{e.session.texts[p.File()], p.Offset()})
		}
	}
	return places
}

// weightOf says how much a place tells: in kgen.cue more than in a package, unless
// kgen.cue only refers to that.
func (e *evaluation) weightOf(at orgPlace, file *ast.File) int {
	if at.text != e.text {
		return 2
	}
	weight := 3
	around(file, at.offset, func(n ast.Node) {
		if _, isReference := n.(*ast.SelectorExpr); isReference {
			weight = 1
		}
	})
	return weight
}

// fileAt is the syntax of a text that was evaluated.
func (e *evaluation) fileAt(t *text) *ast.File {
	if t == e.text {
		return e.file
	}
	return e.session.files[t]
}

// messageAt is what @msg says of the innermost field around an offset that has it.
func messageAt(file *ast.File, offset int) (words string) {
	around(file, offset, func(n ast.Node) {
		f, isField := n.(*ast.Field)
		if !isField {
			return
		}
		for _, a := range f.Attrs {
			if name, body := a.Split(); name == "msg" {
				if said, ok := stringText(strings.TrimSpace(body)); ok {
					words = cmp.Or(strings.Join(strings.Fields(said), " "), words)
				}
			}
		}
	})
	return words
}

// isErrorCall reports whether an offset is in a call of error("..."), CUE's own.
func isErrorCall(file *ast.File, offset int) (found bool) {
	around(file, offset, func(n ast.Node) {
		if call, isCall := n.(*ast.CallExpr); isCall {
			name, isName := call.Fun.(*ast.Ident)
			found = found || isName && name.Name == "error"
		}
	})
	return found
}

// around visits the nodes around an offset, the outermost first.
func around(file *ast.File, offset int, visit func(ast.Node)) {
	if file == nil {
		return
	}
	ast.Walk(file, func(n ast.Node) bool {
		if _, isFile := n.(*ast.File); isFile {
			return true
		}
		if !n.Pos().IsValid() || offset < n.Pos().Offset() || offset > n.End().Offset() {
			return false
		}
		visit(n)
		return true
	}, nil)
}
