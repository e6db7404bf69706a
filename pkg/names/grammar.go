// Package names says what names of Kubernetes may be.
package names

import (
	"strconv"
	"strings"
)

// A Grammar is what a name of one sort may be. The functions do what
// k8s.io/apimachinery's do, without its regular expressions: they run some
// fifty times for every object.
type Grammar struct {
	what    string // "a DNS label"
	Longest int    // in bytes; 0: any length
	rule    string
	accepts func(string) bool // whatever the length
}

const keyRule = "up to 63 letters, digits, dashes, underscores and dots, a letter or digit at both ends, after an optional DNS name and a slash"

// The grammars.
var (
	DNSLabel      = Grammar{"a DNS label", 63, "lower-case letters, digits and dashes, a letter or digit at both ends", isLabel}
	DNSLabel1035  = Grammar{"a DNS label", 63, "lower-case letters, digits and dashes, a letter first and no dash last, before Kubernetes 1.36", isLabel1035}
	DNSName       = Grammar{"a DNS name", 253, "lower-case letters, digits, dashes and dots, a letter or digit around each dot and at both ends", isSubdomain}
	LabelKey      = Grammar{"a label key", 0, keyRule, isQualifiedName}
	AnnotationKey = Grammar{"an annotation key", 0, keyRule, isAnnotationKey}
	LabelValue    = Grammar{"a label value", 63, "letters, digits, dashes, underscores and dots, a letter or digit at both ends", isLabelValue}
	ConfigKey     = Grammar{"a key", 253, "letters, digits, dashes, underscores and dots, not beginning with two dots", isConfigKey}
	PortName      = Grammar{"a port name", 15, "lower-case letters, digits and single dashes, at least one letter, no dash at either end", isPortName}
	PathSegment   = Grammar{"a name", 0, "anything but . and .., without slash and percent sign", isPathSegment}
)

// Fits reports whether a name is one of the sort.
func (g *Grammar) Fits(name string) bool {
	return (g.Longest == 0 || len(name) <= g.Longest) && g.accepts(name)
}

// Accepts is Fits whatever the length of the name.
func (g *Grammar) Accepts(name string) bool { return g.accepts(name) }

// Complaint says why name does not fit; what it is the name of goes before it.
func (g *Grammar) Complaint(name string) string {
	if g.Longest > 0 && len(name) > g.Longest && g.accepts(name) {
		return strconv.Quote(name) + " has " + strconv.Itoa(len(name)) + " characters, " + g.what + " has at most " + strconv.Itoa(g.Longest)
	}
	return strconv.Quote(name) + " is not " + g.what + ": " + g.rule
}

func isLowerAlnum(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

// IsAlnum reports whether c is an ASCII letter or digit.
func IsAlnum(c byte) bool { return isLowerAlnum(c) || c >= 'A' && c <= 'Z' }

func isLabel(s string) bool {
	for i := range len(s) {
		if !isLowerAlnum(s[i]) && s[i] != '-' {
			return false
		}
	}
	return s != "" && s[0] != '-' && s[len(s)-1] != '-'
}

func isLabel1035(s string) bool { return isLabel(s) && s[0] >= 'a' }

func isSubdomain(s string) bool {
	for {
		label, rest, more := strings.Cut(s, ".")
		if !isLabel(label) {
			return false
		}
		if !more {
			return true
		}
		s = rest
	}
}

// isWord is the form of label values and of the name part of label keys.
func isWord(s string) bool {
	for i := range len(s) {
		if !IsAlnum(s[i]) && s[i] != '-' && s[i] != '_' && s[i] != '.' {
			return false
		}
	}
	return s != "" && IsAlnum(s[0]) && IsAlnum(s[len(s)-1])
}

func isLabelValue(s string) bool { return s == "" || isWord(s) }

func isQualifiedName(s string) bool {
	prefix, name, hasPrefix := strings.Cut(s, "/")
	if !hasPrefix {
		prefix, name = "", s
	}
	return len(name) <= 63 && isWord(name) && (!hasPrefix || len(prefix) <= 253 && isSubdomain(prefix))
}

// isAnnotationKey: the API server judges the key in lower case.
func isAnnotationKey(s string) bool { return isQualifiedName(strings.ToLower(s)) }

func isConfigKey(s string) bool {
	for i := range len(s) {
		if !IsAlnum(s[i]) && s[i] != '-' && s[i] != '_' && s[i] != '.' {
			return false
		}
	}
	return s != "" && s != "." && !strings.HasPrefix(s, "..")
}

func isPortName(s string) bool {
	hasLetter := false
	for i := range len(s) {
		hasLetter = hasLetter || s[i] >= 'a' && s[i] <= 'z'
	}
	return hasLetter && isLabel(s) && !strings.Contains(s, "--")
}

func isPathSegment(s string) bool {
	return s != "" && s != "." && s != ".." && !strings.ContainsAny(s, "/%")
}

// IsEnvName is the form of environment variables' names; from 1.32 on any
// printable ASCII but the equals sign.
func IsEnvName(s string, isRelaxed bool) bool {
	for i := range len(s) {
		c := s[i]
		if isRelaxed && (c < ' ' || c > '~' || c == '=') {
			return false
		}
		if !isRelaxed && (!IsAlnum(c) && c != '-' && c != '_' && c != '.' || i == 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return s != "" && (isRelaxed || s != "." && !strings.HasPrefix(s, ".."))
}
