package lint

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// Verdict is what was said of all objects before rules run: by the API server and by
// kgen's own schema. What is refused is said once, there; what the server only warns
// of is said by a rule where one says the same, and can be ignored as what rules find.
type Verdict struct {
	findings []report.Finding
	isGone   []bool
	byLine   map[line][]int    // errors
	byObject map[fileRef][]int // what is less than an error
	nameless []int             // likewise, about no one object
}

type line struct {
	file   string
	number int32
}

// fileRef is what an object is called in a file.
type fileRef struct{ file, ref string }

// NewVerdict makes the verdict of findings, which it does not change.
func NewVerdict(findings []report.Finding) *Verdict {
	v := &Verdict{findings: slices.Clone(findings), isGone: make([]bool, len(findings)), byLine: map[line][]int{}, byObject: map[fileRef][]int{}}
	for i := range v.findings {
		f := &v.findings[i]
		switch {
		case f.Severity == report.Error:
			at := line{f.Pos.File(), f.Pos.Line}
			v.byLine[at] = append(v.byLine[at], i)
		case !strings.HasPrefix(f.ID, "api/"):
		case len(f.Objects) == 0:
			v.nameless = append(v.nameless, i)
		default:
			at := fileRef{f.Pos.File(), f.Objects[0]}
			v.byObject[at] = append(v.byObject[at], i)
		}
	}
	return v
}

// Rest is what is left of the verdict, in its order, once all is linted.
func (v *Verdict) Rest() (rest []report.Finding) {
	for i := range v.findings {
		if !v.isGone[i] {
			rest = append(rest, v.findings[i])
		}
	}
	return rest
}

// isIn reports whether a finding is about an environment. What has none is about all.
func isIn(f *report.Finding, environment string) bool {
	return len(f.Environments) == 0 || slices.Contains(f.Environments, environment)
}

// drop drops a finding from an environment.
func (v *Verdict) drop(i int, environment string) {
	f := &v.findings[i]
	f.Environments = slices.DeleteFunc(slices.Clone(f.Environments), func(e string) bool { return e == environment })
	v.isGone[i] = len(f.Environments) == 0
}

// refuses reports whether what a rule found, and where, is an error already.
func (v *Verdict) refuses(f *Finding, environment string) bool {
	if v == nil || !f.Rule.Refused {
		return false
	}
	return slices.ContainsFunc(v.byLine[line{f.pos.File(), f.pos.Line}], func(i int) bool {
		return isIn(&v.findings[i], environment) && f.isAt(&v.findings[i])
	})
}

// yield drops the warnings that are said by a finding of a rule.
func (v *Verdict) yield(f *Finding, environment string) {
	if v == nil || len(f.Rule.Warned) == 0 {
		return
	}
	for _, i := range v.byObject[fileRef{f.pos.File(), f.Object.Ref()}] {
		told := &v.findings[i]
		says := func(words string) bool { return strings.Contains(told.Message, words) }
		if told.ID == validate.ServerWarning && isIn(told, environment) && slices.ContainsFunc(f.Rule.Warned, says) && f.isWarnedAt(told) {
			v.drop(i, environment)
		}
	}
}

// isAt reports whether a finding of the verdict that stands in the same line is about
// the same value. What a service is rendered to has a place of its own.
func (f *Finding) isAt(told *report.Finding) bool {
	switch {
	case len(told.Objects) == 0:
		return true
	case !slices.Contains(told.Objects, f.Object.Ref()):
		return false
	}
	return f.Object.IsMade || told.Path.IsAlong(f.At) || told.Field != "" && areAlong(plainPath(told.Field), plainPath(f.At.String()))
}

// isWarnedAt is isAt for a warning of the server, which may name the value instead of
// telling its place.
func (f *Finding) isWarnedAt(told *report.Finding) bool {
	if told.Field != "" {
		return told.Pos.Line == f.pos.Line && f.isAt(told)
	}
	if len(f.At) == 0 {
		return false
	}
	name, _ := f.At[len(f.At)-1].(string)
	return name != "" && strings.Contains(told.Message, name) && (f.Object.IsMade || told.Pos.Line == f.Object.Origin.Line)
}

// plainPath is a path however the server writes it: its types have other capitals, and
// keys have no quotes.
var plainPath = strings.NewReplacer(`["`, ".", `"]`, "", "[", ".", "]", "").Replace

func areAlong(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	rest, isLonger := "", len(b) > len(a)
	if isLonger {
		rest = b[len(a):]
	}
	return strings.EqualFold(a, b[:len(a)]) && (!isLonger || rest[0] == '.')
}

// lesser are ids of the verdict that are, or may be, less than errors: these may be
// ignored, disabled and given another severity.
var lesser = []string{validate.Deprecated, validate.DuplicateObject, validate.ServerWarning, validate.UnknownKind}

// VerdictIDs are the ids of what the API server says and accepts all the same: they
// can be left out as rules.
func VerdictIDs() []string { return slices.Clone(lesser) }

// isOfRefusal reports whether an id is that of what is always refused.
func isOfRefusal(id string) bool {
	return strings.HasPrefix(id, "schema/") || !slices.Contains(lesser, id) &&
		slices.ContainsFunc(validate.Verdicts, func(v validate.Verdict) bool { return v.ID == id })
}

// cannotBeIgnored is about ids of which isOfRefusal is true.
const cannotBeIgnored = "what is refused cannot be ignored: take it into a baseline"
