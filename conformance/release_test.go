package conformance

import (
	"fmt"
	"testing"

	"github.com/kgen-dev/kgen/conformance/mutant"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// TestReleases demands the same of older releases, as far as the code of this one
// can behave as they did: with the feature gates of that time. And with gates set.
func TestReleases(t *testing.T) {
	for minor := versions.Oldest; minor < versions.Newest; minor++ {
		t.Run(fmt.Sprintf("1.%d", minor), func(t *testing.T) {
			compareUnder(t, apiserver.Release{Minor: minor})
		})
	}
	for _, gate := range []string{"AllAlpha", "AllBeta"} {
		for _, on := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s=%t", gate, on), func(t *testing.T) {
				compareUnder(t, apiserver.Release{Minor: versions.Newest, Gates: map[string]bool{gate: on}})
			})
		}
	}
}

func compareUnder(t *testing.T, release apiserver.Release) {
	t.Helper()
	var found differences
	made := uint64(0)
	err := apiserver.As(release, func() {
		server := newServer(t)
		made = eachMutant(t, server, mutants(t)/10, func(m *mutant.Mutant) {
			answer, opinion := server.Create(m.Text), Judge(m.Text)
			if what := compare(&answer, &opinion); what != "" && !isAssumed(&answer) {
				found.add(what, describe(m, verdicts(&answer, &opinion)))
			}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	found.report(t, made)
}
