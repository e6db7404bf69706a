package report

import (
	"cmp"
	"slices"
	"strings"
)

// Merge sorts findings by file, line and column, and makes one of those that
// several environments, services or objects share.
func Merge(findings []Finding) []Finding {
	slices.SortStableFunc(findings, compare)
	var merged []Finding
	for _, f := range findings {
		if n := len(merged); n > 0 && isSame(&merged[n-1], &f) {
			merged[n-1].Environments = union(merged[n-1].Environments, f.Environments)
			merged[n-1].Services = union(merged[n-1].Services, f.Services)
			if merged[n-1].Owner != f.Owner {
				merged[n-1].Owner = ""
			}
			merged[n-1].Objects = union(merged[n-1].Objects, f.Objects)
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
	return cmp.Or(
		cmp.Compare(a.Path.String(), b.Path.String()),
		cmp.Compare(lastName(a.Field), lastName(b.Field)),
		cmp.Compare(general(a.Message), general(b.Message)),
		cmp.Compare(b.Severity, a.Severity),
	)
}

func isSame(a, b *Finding) bool { return compare(*a, *b) == 0 }

// general is a message of the API server without the map that it quotes: those of
// two services differ in labels that have nothing to do with the mistake.
func general(message string) string {
	before, quoted, hasMap := strings.Cut(message, "Invalid value: {")
	if end := strings.LastIndex(quoted, "}: "); hasMap && end >= 0 {
		return before + quoted[end:]
	}
	return message
}

// lastName is the end of a field's path. One value may be rendered more than once:
// as metadata.labels and spec.template.metadata.labels, say. Two values that are
// missing may have the same place, and are told apart by their names.
func lastName(field string) string { return field[strings.LastIndexByte(field, '.')+1:] }

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
