package custom

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// sortByField orders the errors of a stage by their paths, list items by number:
// the server walks Go maps, in an order that is chance. Errors of one field keep
// the server's.
func sortByField(errs field.ErrorList) field.ErrorList {
	slices.SortStableFunc(errs, func(a, b *field.Error) int { return compareFields(a.Field, b.Field) })
	return errs
}

// sortByText orders the errors of one field by their texts too, for stages that
// tell all errors of a kind at one place, or say the place in the text only.
func sortByText(errs field.ErrorList) field.ErrorList {
	slices.SortStableFunc(errs, func(a, b *field.Error) int {
		return cmp.Or(compareFields(a.Field, b.Field), compareFields(a.Detail, b.Detail), cmp.Compare(a.Error(), b.Error()))
	})
	return errs
}

// sortRuns orders errors that follow each other at one field, or in one schema of a
// CRD, and leaves the order of these runs, which is the server's.
func sortRuns(errs field.ErrorList) field.ErrorList {
	for start := 0; start < len(errs); {
		end := start + 1
		for end < len(errs) && runOf(errs[end].Field) == runOf(errs[start].Field) {
			end++
		}
		sortByText(errs[start:end])
		start = end
	}
	return errs
}

// runOf is the schema that a field of a CRD lies in, or else the field itself.
func runOf(path string) string {
	before, _, _ := strings.Cut(path, ".openAPIV3Schema")
	return before
}

// compareFields compares paths; numbers in them by value.
func compareFields(a, b string) int {
	for a != "" && b != "" {
		digitsA, digitsB := leadingDigits(a), leadingDigits(b)
		if digitsA > 0 && digitsB > 0 {
			x, y := strings.TrimLeft(a[:digitsA], "0"), strings.TrimLeft(b[:digitsB], "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y), cmp.Compare(digitsA, digitsB)); c != 0 {
				return c
			}
			a, b = a[digitsA:], b[digitsB:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func leadingDigits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
