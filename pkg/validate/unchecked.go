package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// isUncheckedFor stands between a kind and why it is not judged.
const isUncheckedFor = " is unchecked: "

// unchecked is the problem that a kind is not judged.
func unchecked(apiVersion, kind, why, fix string) Problem {
	return Problem{ID: UnknownKind, Field: "kind", Path: tree.P("kind"), Message: kind + " of " + apiVersion + isUncheckedFor + why, Fix: fix}
}

// isUnchecked reports whether a problem is only that there is no schema.
func (p *Problem) isUnchecked() bool { return p.ID == UnknownKind && p.Severity == report.Info }

// isUnchecked reports whether a finding only says that there is no schema.
func isUnchecked(f *report.Finding) bool { return f.ID == UnknownKind && f.Severity == report.Info }

// Unchecked says of each kind without a schema once that it was not judged, with
// the number of its objects; with strict that is an error. The findings are merged:
// one for each object.
func Unchecked(findings []report.Finding, strict bool) (kept []report.Finding) {
	counts := map[string]int{}
	for i := range findings {
		if isUnchecked(&findings[i]) {
			counts[findings[i].Message]++
		}
	}
	for _, f := range findings {
		if isUnchecked(&f) {
			n := counts[f.Message]
			if n == 0 {
				continue // it was said
			}
			counts[f.Message] = 0
			f.Environments = nil
			if n > 1 {
				f.Message += fmt.Sprintf(" (%d objects)", n)
			}
			if strict {
				f.Severity = report.Error
			}
		}
		kept = append(kept, f)
	}
	return kept
}

// WithoutUnchecked leaves out what only says that a kind is not judged. The kinds
// are named once each, in alphabetical order: "Gadget of example.com/v1".
func WithoutUnchecked(findings []report.Finding) (kept []report.Finding, kinds []string) {
	for i := range findings {
		f := &findings[i]
		if !isUnchecked(f) {
			kept = append(kept, *f)
			continue
		}
		kind, _, _ := strings.Cut(f.Message, isUncheckedFor)
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	return kept, slices.Compact(kinds)
}
