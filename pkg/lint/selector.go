package lint

import (
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// isControllerLabel reports whether a controller gives pods the label: it is never
// in a template.
func isControllerLabel(key string) bool {
	switch key {
	case "pod-template-hash", "controller-revision-hash", "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index",
		"job-name", "controller-uid", "pod-template-generation", "rollouts-pod-template-hash":
		return true
	}
	return strings.HasPrefix(key, "batch.kubernetes.io/")
}

// MatchesLabels reports whether labels have all of wanted, but for those that a
// controller adds.
func MatchesLabels(wanted, labels map[string]string) bool {
	for key, value := range wanted {
		if has, found := labels[key]; (!found || has != value) && !isControllerLabel(key) {
			return false
		}
	}
	return true
}

// Matches reports whether a selector selects pods with these labels, as the API
// means it: nil selects nothing, {} everything.
func Matches(s *metav1.LabelSelector, labels map[string]string) bool {
	if s == nil || !MatchesLabels(s.MatchLabels, labels) {
		return false
	}
	for i := range s.MatchExpressions {
		if !matchesExpression(&s.MatchExpressions[i], labels) {
			return false
		}
	}
	return true
}

func matchesExpression(e *metav1.LabelSelectorRequirement, labels map[string]string) bool {
	value, found := labels[e.Key]
	if isControllerLabel(e.Key) {
		return true
	}
	switch e.Operator {
	case metav1.LabelSelectorOpIn:
		return found && slices.Contains(e.Values, value)
	case metav1.LabelSelectorOpNotIn:
		return !found || !slices.Contains(e.Values, value)
	case metav1.LabelSelectorOpExists:
		return found
	case metav1.LabelSelectorOpDoesNotExist:
		return !found
	}
	return false
}

// IsEmptySelector reports whether a selector selects everything.
func IsEmptySelector(s *metav1.LabelSelector) bool {
	return s != nil && len(s.MatchLabels) == 0 && len(s.MatchExpressions) == 0
}
