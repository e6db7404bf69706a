package tree

import "strings"

// IsAmbiguous reports whether YAML readers take the scalar n for different
// things: an unquoted word that YAML 1.1 reads as a boolean, as the API server
// does, or an unquoted number with a leading zero, octal to some.
func IsAmbiguous(n *Node) bool {
	switch n.Kind {
	case Int, Float:
		return hasLeadingZero(n.Text)
	case String:
		return n.Plain && (isYAML11Word(n.Text) || hasLeadingZero(n.Text))
	}
	return false
}

// isYAML11Word reports whether s is a boolean in YAML 1.1 and a string in 1.2.
func isYAML11Word(s string) bool {
	if len(s) == 0 || len(s) > 3 {
		return false
	}
	lower := strings.ToLower(s)
	if s != lower && s != strings.ToUpper(s) && s != strings.ToUpper(s[:1])+lower[1:] {
		return false
	}
	switch lower {
	case "y", "n", "yes", "no", "on", "off":
		return true
	}
	return false
}

// hasLeadingZero reports whether s is a whole number that starts with a zero.
func hasLeadingZero(s string) bool {
	digits := strings.TrimLeft(s, "+-")
	return len(digits) > 1 && digits[0] == '0' && strings.Trim(digits, "0123456789_") == ""
}
