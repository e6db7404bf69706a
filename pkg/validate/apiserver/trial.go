package apiserver

import (
	"cmp"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// trial gathers what the stages find.
type trial struct {
	errors   field.ErrorList
	first    int
	warnings []string
}

// stage adds the errors of the next stage. The server would not have come here
// after an error, so what an earlier stage said of a path stands alone: the later
// one would only repeat it, or stumble over the same mistake.
func (t *trial) stage(errors field.ErrorList) {
	if len(errors) == 0 {
		return
	}
	// Validation walks maps, so its own order differs from run to run.
	slices.SortStableFunc(errors, compareErrors)
	if t.first == 0 {
		t.errors, t.first = errors, len(errors)
		return
	}
	known := map[string]bool{}
	for _, e := range t.errors {
		known[e.Field] = true
	}
	for _, e := range errors {
		if !known[e.Field] {
			t.errors = append(t.errors, e)
		}
	}
}

func (t *trial) verdict() Verdict {
	if len(t.warnings) > 1 {
		// The server sends a warning once, in an order that maps decide too.
		slices.Sort(t.warnings)
		t.warnings = slices.Compact(t.warnings)
	}
	return Verdict{Errors: t.errors, FirstStage: t.first, Warnings: t.warnings}
}

// compareErrors orders errors by path, and those of one path by their words.
func compareErrors(a, b *field.Error) int {
	if c := cmp.Or(comparePaths(a.Field, b.Field), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Detail, b.Detail)); c != 0 {
		return c
	}
	return strings.Compare(a.ErrorBody(), b.ErrorBody())
}

// comparePaths orders paths as words, but indices as numbers.
func comparePaths(a, b string) int {
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x == "" || y == "" {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
			return c
		}
		a, b = a[len(x):], b[len(y):]
	}
	return cmp.Compare(len(a), len(b))
}

// digits are the digits that s starts with.
func digits(s string) string {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return s[:n]
}
