package scaffold

import (
	"strconv"
	"strings"
)

// shellWord is text as one word of a shell.
func shellWord(text string) string {
	isPlain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._/-+=@", r)
	}
	if strings.TrimFunc(text, isPlain) == "" && !strings.HasPrefix(text, "-") {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// noFlag is a path as an argument that no program takes for a flag.
func noFlag(path string) string {
	if strings.HasPrefix(path, "-") {
		return "./" + path
	}
	return path
}

// yamlString is text as a string of YAML, in quotes where it could be taken for
// something else.
func yamlString(text string) string {
	// A leading @ is reserved, and = and + have a meaning of their own.
	if shellWord(text) == text && strings.ContainsRune(text, '/') && !strings.ContainsAny(text[:1], "@=+") {
		return text
	}
	return strconv.Quote(text) // whose escapes are those of YAML
}
