package validate

import (
	"fmt"

	"github.com/kgen-dev/kgen/pkg/report"
)

// isUnchecked reports whether a finding only says that there is no schema.
func isUnchecked(f *report.Finding) bool { return f.ID == UnknownKind && f.Severity == report.Info }

// Unchecked says of each kind without a schema once that it was not judged, with
// the number of its objects; with strict that is an error.
func Unchecked(findings []report.Finding, strict bool) (kept []report.Finding) {
	places := map[string]map[string]bool{} // by message; each target has its finding
	for i := range findings {
		if f := &findings[i]; isUnchecked(f) {
			if places[f.Message] == nil {
				places[f.Message] = map[string]bool{}
			}
			places[f.Message][f.Pos.String()] = true
		}
	}
	for _, f := range findings {
		if isUnchecked(&f) {
			n := len(places[f.Message])
			if n == 0 {
				continue // it was said
			}
			delete(places, f.Message)
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
