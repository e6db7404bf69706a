package load

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// mistakes are the places of a file where something is wrong already. Layers with
// mistakes are still merged, to find the others: what that says about the same
// places would be said twice.
type mistakes map[tree.Pos]bool

// mistakesIn are the places of the errors among findings.
func mistakesIn(findings []report.Finding) mistakes {
	var m mistakes
	for _, f := range findings {
		if f.Severity != report.Error {
			continue
		}
		if m == nil {
			m = mistakes{}
		}
		m[f.Pos] = true
	}
	return m
}

// drop removes the findings about places that were told.
func (m mistakes) drop(findings []report.Finding) []report.Finding {
	if len(m) == 0 {
		return findings
	}
	return slices.DeleteFunc(findings, func(f report.Finding) bool { return m[f.Pos] })
}
