package secrets

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/names"
)

// Found is what looks like a secret in a text.
type Found struct {
	Sign Sign
	Name string // of the key; empty for what is told by its value
	Line int    // from 1
}

// Under are the secrets in a text, of which the whole may be one by the name that
// it has. Those of a text of one line have no Line.
func Under(name, text string) []Found {
	found := inText(text)
	whole := strings.TrimSpace(text)
	if strings.Contains(whole, "\n") {
		return found
	}
	for i := range found {
		found[i].Line = 0
	}
	if found == nil && IsName(name) && !isPlainValue(name, whole) {
		found = []Found{{Sign: ByName}}
	}
	return found
}

// inText finds URLs with passwords, private keys, tokens, and keys of a secret's
// name with a value: KEY=value, key: value, "key": "value".
func inText(text string) (found []Found) {
	for _, look := range [...]struct {
		sign Sign
		in   func(string) int
	}{{PrivateKey, privateKeyIn}, {Credentials, credentialsIn}, {Token, tokenIn}} {
		if i := look.in(text); i >= 0 {
			found = append(found, Found{Sign: look.sign, Line: lineOf(text, i)})
		}
	}
	if !mentionsSecret(text) {
		return found
	}
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.TrimSpace(line); isComment(line) || !mentionsSecret(line) {
			continue
		}
		for _, name := range assignments(line) {
			found = append(found, Found{ByName, name, number})
		}
	}
	return found
}

func lineOf(text string, offset int) int { return 1 + strings.Count(text[:offset], "\n") }

func isComment(line string) bool {
	for _, mark := range [...]string{"#", "//", ";", "--", "<!--", "/*", "* ", "%"} {
		if strings.HasPrefix(line, mark) {
			return !strings.HasPrefix(line, "-----")
		}
	}
	return false
}

// assignments are the names in a line that are a secret's and get a literal.
func assignments(line string) []string {
	var names []string
	for i := range len(line) {
		if line[i] != '=' && line[i] != ':' {
			continue
		}
		name := keyBefore(line[:i])
		if name == "" || !IsName(name) {
			continue
		}
		if value, isLiteral := valueAfter(line[i:]); isLiteral && !isPlainValue(name, value) {
			names = append(names, name)
		}
	}
	return names
}

// keyBefore is the name that ends before a separator, perhaps in quotes; "" for
// what is a comparison.
func keyBefore(text string) string {
	text = strings.TrimRight(text, " \t")
	text = strings.TrimSuffix(text, ":") // :=
	if text == "" || strings.ContainsRune("=!<>~+:", rune(text[len(text)-1])) {
		return ""
	}
	text = strings.TrimRight(text, " \t\"'`]")
	start := len(text)
	for start > 0 && (names.IsAlnum(text[start-1]) || strings.ContainsRune("_-.", rune(text[start-1]))) {
		start--
	}
	return strings.Trim(text[start:], ".-")
}

// valueAfter is the value from a separator on, and whether it is a literal: not
// an expression, not a sentence, not a further level of the text.
func valueAfter(text string) (value string, isLiteral bool) {
	text = text[1:]
	if strings.HasPrefix(text, "=") || strings.HasPrefix(text, ":") || strings.HasPrefix(text, "//") || strings.HasPrefix(text, "~") {
		return "", false // ==, ::, := (taken at its =) and ://
	}
	text = strings.TrimLeft(strings.TrimPrefix(text, ">"), " \t") // =>
	if text == "" {
		return "", false
	}
	if quote := text[0]; quote == '"' || quote == '\'' || quote == '`' {
		value, _, closed := strings.Cut(text[1:], string(quote))
		return value, closed && !strings.ContainsAny(value, " \t")
	}
	end := strings.IndexAny(text, " \t,;&}")
	if end < 0 {
		end = len(text)
	}
	value, rest := text[:end], strings.TrimLeft(text[end:], " \t")
	if rest != "" && !strings.ContainsRune("#;,&}/", rune(rest[0])) {
		return "", false
	}
	return value, !isExpression(value)
}

// isExpression reports whether an unquoted value is code, or YAML that refers to
// or opens something.
func isExpression(value string) bool {
	if strings.ContainsAny(value, "(){}[]<>|$") || value != "" && strings.ContainsRune("*&!|>%@", rune(value[0])) {
		return true
	}
	dot := strings.LastIndexByte(value, '.')
	return dot >= 0 && IsName(value[dot+1:]) // settings.PASSWORD
}
