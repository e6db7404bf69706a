package conformance

import (
	"fmt"
	"slices"
	"testing"

	"github.com/kgen-dev/kgen/conformance/mutant"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// TestJudge demands of pkg/validate as a whole that it accepts what the server
// accepts, and that it tells of a field that the server tells of; what only follows
// from another mistake it keeps to itself.
func TestJudge(t *testing.T) {
	server := newServer(t)
	var found differences
	made := uint64(0)
	err := validate.Under(apiserver.Release{Minor: versions.Newest}, nil, func(judge *validate.Judge) {
		made = eachMutant(t, server, mutants(t)/2, func(m *mutant.Mutant) {
			answer, opinion := server.Create(m.Text), JudgeAsUser(judge, m.Text)
			if isAssumed(&answer) {
				return
			}
			what := ""
			told := slices.Concat(opinion.Fields, opinion.Disabled)
			switch isGood := answer.Stage == Accepted; {
			case isGood != opinion.Accepts() && (isGood || len(told) == 0):
				what = fmt.Sprintf("false verdict: %s, %s", reason(&answer), why(&opinion))
			case answer.Stage == Invalid && !slices.ContainsFunc(named(answer.Fields), func(f string) bool { return slices.Contains(told, f) }):
				what = fmt.Sprintf("not a word of %v", anyIndex(answer.Fields))
			}
			if what != "" {
				found.add(what, describe(m, verdicts(&answer, &opinion)))
			}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	found.report(t, made)
}

// named are the fields without the server's ways to say that it is the object.
func named(fields []string) (all []string) {
	for _, path := range fields {
		if path == "<nil>" || path == "[]" {
			path = ""
		}
		all = append(all, path)
	}
	return all
}
