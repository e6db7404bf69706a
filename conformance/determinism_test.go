package conformance

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/conformance/mutant"
)

// TestDeterminism demands that kgen says the same of the same document each time.
func TestDeterminism(t *testing.T) {
	var found differences
	made := eachMutant(t, newServer(t), mutants(t)/5, func(m *mutant.Mutant) {
		first := Judge(m.Text)
		for range 4 {
			again := Judge(m.Text)
			if first.Message != again.Message || !cmp.Equal(first.Warnings, again.Warnings) || first.Unread != again.Unread {
				found.add("another verdict: "+why(&first), describe(m, first.Message+"\n"+again.Message+cmp.Diff(first.Warnings, again.Warnings)))
				return
			}
		}
	})
	found.report(t, made)
}
