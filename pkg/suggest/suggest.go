// Package suggest finds the name that somebody probably meant.
package suggest

import "strings"

// Nearest returns the candidate that name is most likely a slip of, or "" when
// none is near. A name that differs only in case, dashes or underscores always
// wins; otherwise one edit in three letters is forgiven, swapped neighbours
// counting as one. Of equally near candidates the first is taken; only the first
// 5,000 are looked at.
func Nearest(name string, candidates []string) string {
	folded := fold(name)
	best, limit := "", max(1, min(len(folded)/3, maxEdits))+1
	for _, c := range candidates[:min(len(candidates), maxCandidates)] {
		other := fold(c)
		if other == folded {
			return c
		}
		// An edit of every letter is another word, not a slip.
		if d := distance(folded, other, limit); d < limit && d < min(len(folded), len(other)) {
			best, limit = c, d
		}
	}
	return best
}

// Hint is the end of a message about an unknown name: `, did you mean "x"?`, or
// nothing where no candidate is near.
func Hint(name string, candidates []string) string {
	if nearest := Nearest(name, candidates); nearest != "" {
		return `, did you mean "` + nearest + `"?`
	}
	return ""
}

// maxEdits bounds the slips forgiven in a long name.
const maxEdits = 4

// maxCandidates bounds the work for one name: every service of a project may be
// a candidate, and every name in it wrong.
const maxCandidates = 5000

var separators = strings.NewReplacer("-", "", "_", "")

// fold removes what people get wrong without misspelling.
func fold(s string) string { return separators.Replace(strings.ToLower(s)) }

// distance is the optimal string alignment distance of a and b in bytes, or
// limit where it is not below limit.
func distance(a, b string, limit int) int {
	if diff := len(a) - len(b); diff >= limit || -diff >= limit {
		return limit
	}
	before, previous, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, previous, row = previous, row, before
		row[0] = i
		nearest := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(previous[j]+1, row[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			nearest = min(nearest, row[j])
		}
		if nearest > limit {
			return limit
		}
	}
	return min(row[len(b)], limit)
}
