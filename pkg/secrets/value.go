package secrets

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
)

// isPlainValue reports whether the value of something with a secret's name is
// plainly none: a word that switches something, a short number or a time, a
// path, a URL without a password, a reference, a placeholder.
func isPlainValue(name, value string) bool {
	value = strings.TrimSpace(value)
	return isSwitch(value) || isMeasure(value) && !isPasswordName(name) || isPathValue(value) ||
		IsReference(value) || isURL(value) && !hasCredentials(value)
}

func isSwitch(value string) bool {
	switch strings.ToLower(value) {
	case "", "0", "1", "true", "false", "yes", "no", "on", "off", "none", "null", "nil", "enabled", "disabled",
		"auto", "default", "optional", "required", "always", "never":
		return true
	}
	return false
}

// isMeasure reports whether value is a number of up to six digits, perhaps with
// a unit of time, share or size: 4096, 0.5, 30s, 80%.
func isMeasure(value string) bool {
	digits := 0
	for digits < len(value) && (value[digits] >= '0' && value[digits] <= '9' || value[digits] == '.') {
		digits++
	}
	if digits == 0 || digits > 6 {
		return false
	}
	switch value[digits:] {
	case "", "ms", "s", "m", "h", "d", "%", "k", "Ki", "Mi", "Gi":
		return true
	}
	return false
}

// isPathValue reports whether value is a path; one absolute segment alone may
// be base64.
func isPathValue(value string) bool {
	isRelative := strings.HasPrefix(value, "./") || strings.HasPrefix(value, "../") || strings.HasPrefix(value, "~/")
	if !isRelative && (!strings.HasPrefix(value, "/") || !strings.Contains(value[1:], "/")) {
		return false
	}
	for i := range len(value) {
		if c := value[i]; !names.IsAlnum(c) && !strings.ContainsRune("/._-~", rune(c)) {
			return false
		}
	}
	return true
}

// IsReference reports whether the value stands somewhere else: it is put
// together from variables, filled in by a template or fetched from a store, or
// it is a placeholder.
func IsReference(value string) bool {
	for _, mark := range [...]string{"$(", "${", "{{", "ENC["} {
		if strings.Contains(value, mark) {
			return true
		}
	}
	for _, scheme := range [...]string{"vault:", "arn:", "ref+"} {
		if strings.HasPrefix(value, scheme) {
			return true
		}
	}
	return strings.HasPrefix(value, "<") && strings.HasSuffix(value, ">") || strings.Trim(value, "*") == "" || strings.Trim(value, "xX") == ""
}

func isURL(value string) bool {
	scheme, _, found := strings.Cut(value, "://")
	return found && isScheme(scheme)
}

// isScheme reports whether a URL may begin with s, as in postgresql+asyncpg.
func isScheme(s string) bool {
	for i := range len(s) {
		if c := s[i]; !names.IsAlnum(c) && c != '+' && c != '-' && c != '.' {
			return false
		}
	}
	return s != "" && !(s[0] >= '0' && s[0] <= '9')
}

// hasCredentials reports whether text holds a URL with user:password@.
func hasCredentials(text string) bool { return credentialsIn(text) >= 0 }

// credentialsIn is where in text the first URL with user:password@ has its
// "://", or -1. A password that is a reference is none.
func credentialsIn(text string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], "://")
		if i < 0 {
			return -1
		}
		start := from + i
		from = start + len("://")
		authority := text[from:]
		if end := strings.IndexAny(authority, "/?# \t\r\n\"'`<>\\"); end >= 0 {
			authority = authority[:end]
		}
		user := strings.LastIndexByte(authority, '@')
		if user < 0 {
			continue
		}
		if _, password, _ := strings.Cut(authority[:user], ":"); password != "" && !IsReference(password) {
			return start
		}
	}
}

// privateKeyIn is where a private key in PEM form begins in text, or -1.
func privateKeyIn(text string) int {
	const begin = "-----BEGIN "
	for from := 0; ; {
		i := strings.Index(text[from:], begin)
		if i < 0 {
			return -1
		}
		start := from + i
		from = start + len(begin)
		label, _, found := strings.Cut(text[from:], "-----")
		if found && strings.HasSuffix(label, "PRIVATE KEY") {
			return start
		}
	}
}
