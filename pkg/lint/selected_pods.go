package lint

import (
	"maps"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// selectsNothing reports whether it is certain that a selector of an object matches no
// pods of its namespace: not where labels of pods there cannot be read, nor where the
// files with the pods are probably others.
func (x *Index) selectsNothing(by *Object, s *metav1.LabelSelector) bool {
	space := by.space()
	if by.isPart() || x.unseen[space] || x.World == Partial && len(x.bySpace[space]) == 0 {
		return false
	}
	return len(x.matching(by, s)) == 0
}

// selectorText is a selector as kubectl takes it: app=web,tier in (a,b).
func selectorText(s *metav1.LabelSelector) string {
	var terms []string
	for _, key := range slices.Sorted(maps.Keys(s.MatchLabels)) {
		terms = append(terms, key+"="+s.MatchLabels[key])
	}
	for i := range s.MatchExpressions {
		switch e := &s.MatchExpressions[i]; e.Operator {
		case metav1.LabelSelectorOpExists:
			terms = append(terms, e.Key)
		case metav1.LabelSelectorOpDoesNotExist:
			terms = append(terms, "!"+e.Key)
		default:
			terms = append(terms, e.Key+" "+strings.ToLower(string(e.Operator))+" ("+strings.Join(e.Values, ",")+")")
		}
	}
	return strings.Join(terms, ",")
}
