package conformance

import (
	"fmt"
	"slices"
	"testing"

	"github.com/kgen-dev/kgen/conformance/mutant"
)

// TestWarnings demands that kgen has the server's warnings, word by word, for what
// the server accepts.
func TestWarnings(t *testing.T) {
	server := newServer(t)
	var found differences
	warned := 0
	made := eachMutant(t, server, mutants(t), func(m *mutant.Mutant) {
		answer := server.Create(m.Text)
		if answer.Stage != Accepted {
			return
		}
		opinion := Judge(m.Text)
		warned += min(1, len(answer.Warnings))
		if !opinion.Accepts() || slices.Equal(answer.Warnings, opinion.Warnings) {
			return // TestVerdicts is about what is not accepted
		}
		missing, extra := without(answer.Warnings, opinion.Warnings), without(opinion.Warnings, answer.Warnings)
		signature := literal.ReplaceAllString(fmt.Sprintf("missing %q, extra %q", missing, extra), "_")
		found.add(index.ReplaceAllString(signature, "[]"), describe(m, fmt.Sprintf("  server: %q\n  kgen:   %q", answer.Warnings, opinion.Warnings)))
	})
	found.report(t, made)
	t.Logf("%d of %d mutants with warnings", warned, made)
}
