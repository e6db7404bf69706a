package read

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// yamlWords says in the words of a person who writes YAML what the parser says in
// its own.
var yamlWords = []struct{ problem, message string }{
	{"mapping values are not allowed", "a colon where no key can stand: check the indentation, or quote the text that holds it"},
	{"could not find expected ':'", "a line that is neither \"key: value\" nor a list element"},
	{"did not find expected key", "this is not a key of the map above: check the indentation and the quotes"},
	{"did not find expected '-' indicator", "this is not an element of the list above: check the indentation"},
	{"did not find expected ',' or '}'", "a map that starts with { is not closed, or a comma is missing in it"},
	{"did not find expected ',' or ']'", "a list that starts with [ is not closed, or a comma is missing in it"},
	{"did not find expected node content", "a value is missing here"},
	{"did not find expected <document start>", "the document has ended before this line: check the indentation"},
	{"block sequence entries are not allowed", "a list element where none can stand: start the list on a line of its own"},
	{"found unexpected end of stream", "a quote opened here is not closed"},
	{"found unexpected document indicator", "a quote opened here is not closed"},
	{"found unknown escape character", "unknown escape after \\ in double quotes: use single quotes, or write \\\\"},
	{"did not find expected alphabetic or numeric", "a text that starts with * or & needs quotes"},
	{"did not find expected hexdecimal number", "an escape in double quotes is not complete: use single quotes, or write \\\\"},
	{"found invalid Unicode character escape", "an escape in double quotes names no character"},
	{"found a tab character", "a tab indents this line: YAML takes only spaces"},
	{"document contains excessive aliasing", "almost all of the document is made of aliases, which Kubernetes does not take"},
	{"found undefined tag handle", "the tag in this line means nothing here"},
	{"unknown anchor", "this alias refers to no anchor above it: quote the value if it is a text that starts with *"},
	{"anchor '", aliasInItself},
}

const aliasInItself = "this alias stands inside what it stands for"

// yamlMessage says what a problem is; content is the line it was found in. It quotes
// none of it, nor a word of the parser's that may: in a Secret that is a secret.
func yamlMessage(problem string, content []byte) string {
	if problem == "found character that cannot start any token" {
		return "a text that starts with " + unquotable(content) + " needs quotes"
	}
	for _, w := range yamlWords {
		if strings.HasPrefix(problem, w.problem) {
			return w.message
		}
	}
	for _, constant := range []string{"found ", "did not find ", "could not find ", "mapping keys "} {
		if strings.HasPrefix(problem, constant) {
			return problem
		}
	}
	return "this is no YAML that kubectl reads"
}

// unquotable finds the character that no text without quotes can start with.
func unquotable(content []byte) string {
	for _, c := range []string{"@", "`", "%"} {
		if bytes.HasPrefix(content, []byte(c)) || bytes.Contains(content, []byte(" "+c)) {
			return c
		}
	}
	return "@, ` or %"
}

// controlCharacter finds what the parser does not take for a character of a text.
func controlCharacter(t *text) (tree.Pos, string) {
	for i := 0; i < len(t.data); {
		r, size := utf8.DecodeRune(t.data[i:])
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' && r != '\u0085' || r == '\ufffe' || r == '\uffff' {
			return t.pos(i), "the control character " + strconv.QuoteRuneToASCII(r) + " cannot stand in YAML: escape it in double quotes"
		}
		i += size
	}
	return t.pos(0), "a control character cannot stand in YAML: escape it in double quotes"
}
