package validate

import (
	"fmt"

	"github.com/kgen-dev/kgen/pkg/report"
)

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

// WithoutUnchecked leaves out what is not judged.
func WithoutUnchecked(findings []report.Finding) (kept []report.Finding) {
	for i := range findings {
		if !isUnchecked(&findings[i]) {
			kept = append(kept, findings[i])
		}
	}
	return kept
}
