package names

import "strings"

// MakeLabel makes a DNS label, that a Service may have in every release, of any text:
// its ASCII letters and digits, with dashes for the rest. Prefix goes before one that
// would begin with a digit, and what is longer than longest is cut off. It is empty where
// nothing is left.
func MakeLabel(text, prefix string, longest int) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	})
	label := strings.Join(words, "-")
	if label != "" && !DNSLabel1035.Accepts(label) {
		label = prefix + label
	}
	return strings.TrimRight(label[:min(len(label), longest)], "-")
}

// MakeEnvName makes the name of an environment variable, that every shell takes, of any
// text: its ASCII letters in upper case and digits, with single underscores for the rest.
func MakeEnvName(text string) string {
	words := strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool {
		return !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
	})
	name := strings.Join(words, "_")
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		return "_" + name
	}
	return name
}
