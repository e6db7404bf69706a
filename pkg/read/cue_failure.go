package read

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// maxFailures is how many mistakes of an evaluation are reported: what fails in
// a template fails in all that it makes.
const maxFailures = 10

// report turns the errors of an evaluation into findings, one a mistake: of
// several at one path or in one place the first.
func (e *evaluation) report(err error) {
	var findings []report.Finding
	causes := chosen(errors.Errors(err))
	for _, cause := range causes[:min(len(causes), 20*maxFailures)] {
		f := e.failure(cause.Error)
		if cause.isChoice && e.session != nil {
			f.Message, _, _ = e.choiceMessage(cause.Error)
		}
		if !slices.ContainsFunc(findings, func(g report.Finding) bool {
			return g.Pos == f.Pos || len(f.Path) > 0 && slices.Equal(g.Path, f.Path)
		}) {
			findings = append(findings, f)
		}
	}
	slices.SortStableFunc(findings, func(a, b report.Finding) int { return comparePos(a.Pos, b.Pos) })
	for _, f := range findings[:min(len(findings), maxFailures)] {
		e.sink.ErrorAt(f.Pos, f.ID, f.Path, "%s", f.Message).Fix = fixOf(&f)
	}
	e.mistakes += len(findings)
}

func (e *evaluation) failure(err errors.Error) report.Finding {
	outer := err
	err = innermost(err)
	f := report.Finding{ID: schema.EvaluationFailed}
	labels := make([]string, 0, len(err.Path()))
	var at []step
	for _, label := range err.Path() {
		at = append(at, labelStep(unopened(label)))
		labels = append(labels, cmp.Or(at[len(at)-1].key, label))
	}
	f.Path = pathOf(at)
	pos, elsewhere := e.failurePlace(outer, err, labels)
	f.Pos = pos
	f.Message = failureMessage(err, isSecret(at)) + elsewhere
	return f
}

// labelStep is the step that a label in a path of CUE stands for: a bare number
// is an index, a key is quoted where it is no identifier.
func labelStep(label string) step {
	if i, err := strconv.Atoi(label); err == nil && i >= 0 {
		return step{index: i, isIndex: true}
	}
	if text, ok := stringText(label); ok {
		label = text
	}
	return step{key: label}
}

// isSecret reports whether a path leads below the secrets of a service.
func isSecret(at []step) bool {
	return slices.ContainsFunc(at, func(s step) bool { return s.key == "secrets" })
}

// failurePlace is where a person looks first: the last place in the file that the
// error names, or else the field that its path leads to, and then also where the
// package is that it names.
func (e *evaluation) failurePlace(outer, err errors.Error, labels []string) (pos tree.Pos, elsewhere string) {
	offset, foreign := -1, token.NoPos
	for _, p := range append([]token.Pos{err.Position(), outer.Position()}, err.InputPositions()...) {
		switch {
		case e.owns(p):
			offset = max(offset, p.Offset())
		case p.HasAbsPos() && !foreign.IsValid():
			foreign = p
		}
	}
	if e.session != nil && (offset < 0 || err != outer) {
		if t := e.session.texts[foreign.File()]; t != nil {
			elsewhere = " (" + t.pos(foreign.Offset()).String() + ")"
		}
	}
	if offset >= 0 {
		return e.text.pos(offset), elsewhere
	}
	if pos, found := labelPlace(e.text, e.file.Decls, labels); found {
		return pos, elsewhere
	}
	if e.fallback.IsValid() {
		return e.fallback, elsewhere
	}
	return e.text.pos(e.file.Pos().Offset()), elsewhere
}

// maxMessage is how many bytes of a message of CUE are printed: it may quote
// whole structs.
const maxMessage = 200

// failureMessage says what is wrong; of a value under secrets it says no more
// than that it is.
func failureMessage(err errors.Error, isSecret bool) string {
	format, args := err.Msg()
	message := strings.Join(strings.Fields(fmt.Sprintf(format, args...)+why(err, format)), " ")
	isSecret = isSecret || strings.Contains(message, "secrets")
	switch what, isIncomplete := strings.CutPrefix(message, "incomplete value "); {
	case isIncomplete && isSecret:
		return "is not concrete"
	case isSecret:
		return "does not evaluate; what stands under secrets is not printed"
	case isIncomplete:
		message = "is not concrete: " + what
	case strings.HasPrefix(message, "imported and not used"):
		message += ": remove the import"
	}
	if len(message) > maxMessage {
		message = strings.ToValidUTF8(message[:maxMessage], "") + "..."
	}
	return message
}

// fixOf says how to mend a mistake whose message of CUE does not, where that is known.
func fixOf(f *report.Finding) string {
	isInRender := len(f.Path) > 0 && f.Path[0] == any(orgRender)
	switch {
	case strings.HasPrefix(f.Message, "package ") && strings.Contains(f.Message, " is not found"):
		return "kgen fetches nothing: put the package into the repository, and name the directory of its module in packages of kgen.cue"
	case isInRender && strings.HasPrefix(f.Message, `reference "service" not found`):
		return "ask for it: service: _ in render"
	case isInRender && strings.HasPrefix(f.Message, `reference "environment" not found`):
		return "ask for it: environment: string in render"
	case isInRender && strings.HasPrefix(f.Message, "undefined field: "):
		return "where not every service has it, ask first: if service.FIELD != _|_"
	}
	return ""
}

// why is what CUE only says within an error: why a call or a text with values in it does
// not come to anything.
func why(err errors.Error, format string) string {
	if format != "invalid interpolation" && !strings.HasPrefix(format, "error in call to") {
		return ""
	}
	inner := errors.Unwrap(err)
	if inner == nil {
		return ""
	}
	for next := errors.Unwrap(inner); next != nil; next = errors.Unwrap(inner) {
		inner = next
	}
	if of, isOfCUE := inner.(errors.Error); isOfCUE {
		format, args := of.Msg()
		return ": " + fmt.Sprintf(format, args...)
	}
	return ": " + inner.Error()
}

// innermost is the error that others wrap to say that an import failed.
func innermost(err errors.Error) errors.Error {
	for {
		inner, ok := errors.Unwrap(err).(errors.Error)
		if format, _ := err.Msg(); !ok || format != "import failed" {
			return err
		}
		err = inner
	}
}
