package apiserver

import (
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// withoutPlainLabels runs a validation while the object's labels are out of its
// sight, if they are beyond doubt valid. The server's regular expressions for them
// are more than half the work on a small object, and no other rule reads them.
func withoutPlainLabels(meta *metav1.ObjectMeta, validate func() field.ErrorList) field.ErrorList {
	labels := meta.Labels
	if arePlain(labels) {
		meta.Labels = nil
		defer func() { meta.Labels = labels }()
	}
	return validate()
}

// arePlain reports whether labels are valid; when it says no, the server's own
// validation has to tell.
func arePlain(labels map[string]string) bool {
	for key, value := range labels {
		prefix, name, hasPrefix := strings.Cut(key, "/")
		if !hasPrefix {
			prefix, name = "a", key
		}
		if !isPlainPrefix(prefix) || !isPlainWord(name) || value != "" && !isPlainWord(value) {
			return false
		}
	}
	return true
}

// isPlainWord is a label's value or the name in its key: up to 63 characters, of
// which the first and the last are alphanumeric.
func isPlainWord(s string) bool {
	if len(s) == 0 || len(s) > 63 || !isAlphanumeric(s[0]) || !isAlphanumeric(s[len(s)-1]) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isAlphanumeric(c) && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}

// isPlainPrefix is a DNS subdomain: labels of lower case, joined by single dots.
func isPlainPrefix(s string) bool {
	if len(s) == 0 || len(s) > 253 {
		return false
	}
	previous := byte('.')
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '.' && (previous == '.' || previous == '-'), c == '-' && previous == '.':
			return false
		case c != '.' && c != '-' && (!isAlphanumeric(c) || 'A' <= c && c <= 'Z'):
			return false
		}
		previous = c
	}
	return previous != '.' && previous != '-'
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
