package report

import (
	"cmp"
	"slices"
)

// Merge sorts findings by file, line and column, and makes one of those that
// several environments or services share.
func Merge(findings []Finding) []Finding {
	slices.SortStableFunc(findings, compare)
	var merged []Finding
	for _, f := range findings {
		if n := len(merged); n > 0 && isSame(&merged[n-1], &f) {
			merged[n-1].Environments = union(merged[n-1].Environments, f.Environments)
			merged[n-1].Services = union(merged[n-1].Services, f.Services)
			continue
		}
		merged = append(merged, f)
	}
	return merged
}

func compare(a, b Finding) int {
	if c := cmp.Or(
		cmp.Compare(a.Pos.File(), b.Pos.File()),
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Col, b.Pos.Col),
		cmp.Compare(a.ID, b.ID),
	); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.Path.String(), b.Path.String()), cmp.Compare(a.Message, b.Message))
}

func isSame(a, b *Finding) bool { return a.Severity == b.Severity && compare(*a, *b) == 0 }

// union adds what is new in b to a, in the order it comes.
func union(a, b []string) []string {
	result := slices.Clone(a)
	for _, name := range b {
		if !slices.Contains(result, name) {
			result = append(result, name)
		}
	}
	return result
}

// InEnvironment marks findings as being about one environment; a project without
// any has one with an empty name.
func InEnvironment(name string, findings []Finding) []Finding {
	if name == "" {
		return findings
	}
	for i := range findings {
		findings[i].Environments = []string{name}
	}
	return findings
}
