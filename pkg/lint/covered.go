package lint

import "slices"

// covered tells which findings, of those that stand object by object, say less of a
// value than another rule does: one cause is reported once, and ignored once.
func covered(found []Finding) []bool {
	isCovered := make([]bool, len(found))
	for begin, end := 0, 0; begin < len(found); begin = end {
		for end = begin; end < len(found) && found[end].Object == found[begin].Object; end++ {
		}
		ofOne := found[begin:end]
		for i := range ofOne {
			if len(ofOne[i].Rule.Covers) == 0 {
				continue
			}
			for j := range ofOne {
				isCovered[begin+j] = isCovered[begin+j] || ofOne[i].covers(&ofOne[j])
			}
		}
	}
	return isCovered
}

// covers reports whether a finding says more than another of the same value. What is
// worse is not lost: of two rules that cover each other it is said.
func (f *Finding) covers(other *Finding) bool {
	if !slices.Contains(f.Rule.Covers, other.Rule.ID) || !f.At.IsAlong(other.At) || f.Severity < other.Severity {
		return false
	}
	return f.Severity > other.Severity || len(f.At) >= len(other.At)
}
