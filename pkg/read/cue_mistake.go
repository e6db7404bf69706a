package read

import (
	"bytes"
	"fmt"
	"strings"

	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/scanner"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// reportSyntax reports why a file does not parse. After a mistake in the
// structure the parser stumbles over what is right, so of those only the first is
// reported, and beside it mistakes within one word, a line each.
func reportSyntax(t *text, err error, sink *report.Sink) {
	lines := map[int32]bool{}
	isLost := false
	for _, cause := range errors.Errors(err) {
		format, args := cause.Msg()
		isWord := isWithinWord(format)
		pos := t.pos(cause.Position().Offset())
		if isLost && !isWord || lines[pos.Line] || len(lines) == maxFailures {
			continue
		}
		isLost = isLost || !isWord
		lines[pos.Line] = true
		pos, message := syntaxMessage(t, pos, cause.Position().Offset(), format, args)
		id := schema.Syntax
		if strings.Contains(format, "maximum nesting depth") {
			id = schema.BadFile
		}
		sink.ErrorAt(pos, id, nil, "%s", message)
	}
	if len(lines) == 0 {
		sink.ErrorAt(t.pos(0), schema.Syntax, nil, "%s", err.Error())
	}
}

// isWithinWord reports whether the parser finds its way after a mistake.
func isWithinWord(format string) bool {
	for _, start := range []string{"illegal ", "unknown escape", "escape ", "identifiers starting"} {
		if strings.HasPrefix(format, start) {
			return true
		}
	}
	return false
}

// syntaxMessage says what is wrong at an offset in the words of the house, and
// where to look.
func syntaxMessage(t *text, pos tree.Pos, offset int, format string, args []any) (tree.Pos, string) {
	line := bytes.TrimLeft(t.lineText(int(pos.Line)), " \t")
	rest := t.data[min(offset, len(t.data)):]
	switch message := strings.TrimSpace(fmt.Sprintf(format, args...)); {
	case strings.Contains(format, "maximum nesting depth"):
		return pos, tooDeep
	case strings.HasPrefix(format, "expected newline after multiline quote"):
		return pos, "a new line is expected after " + multilineQuote(rest)
	case strings.HasPrefix(format, "non-matching whitespace"):
		return pos, "each line of this text must start with the spaces and tabs before its closing quotes"
	case strings.HasPrefix(format, "string literal not terminated"):
		return pos, "the quote opened here is not closed in its line"
	case format == "illegal integer number":
		return pos, "a number cannot start with 0: write it in quotes, or an octal one as 0o17"
	case bytes.HasPrefix(line, []byte("# ")) || bytes.HasPrefix(rest, []byte("/*")):
		return pos, "a comment starts with //"
	case bytes.HasPrefix(line, []byte("- ")):
		return pos, "a list is written [a, b], not with dashes"
	case bytes.HasPrefix(line, []byte("import ")) || bytes.HasPrefix(line, []byte("package ")):
		return pos, "package and import stand before all fields, package first"
	case strings.HasSuffix(message, "found 'EOF'"):
		if open, found := unclosed(t); found {
			return t.pos(open), fmt.Sprintf("this %c is never closed", t.data[open])
		}
		return pos, "the file ends in the middle of an expression"
	case strings.HasPrefix(message, "expected 'EOF', found"):
		return pos, "a " + string(rest[:1]) + " that closes nothing"
	case strings.HasPrefix(format, "missing ','"):
		return pos, missingComma(line, rest, message)
	case strings.HasPrefix(message, "expected label or ':'"):
		return pos, "a colon is missing after the key" + before(args)
	case strings.HasPrefix(message, "expected operand"):
		return pos, "a value is expected here" + before(args)
	case strings.HasPrefix(format, "expected %s"):
		return pos, strings.NewReplacer("'", "").Replace(fmt.Sprint("expected ", args[0])) + before(args)
	default:
		return pos, message
	}
}

func multilineQuote(rest []byte) string {
	if bytes.HasPrefix(bytes.TrimLeft(rest, "#"), []byte{'\''}) {
		return "'''"
	}
	return `"""`
}

// before names the word that stands where another was expected; a text could be
// a secret.
func before(args []any) string {
	if len(args) < 2 {
		return ""
	}
	switch kind := fmt.Sprint(args[1]); {
	case kind == "IDENT" && len(args) > 2:
		return ", before " + fmt.Sprint(args[2])
	case len(kind) < 3:
		return ", before " + kind
	}
	return ""
}

func missingComma(line, rest []byte, message string) string {
	if len(rest) > 0 && rest[0] == ':' {
		if key, _, _ := bytes.Cut(line, []byte{':'}); bytes.ContainsAny(key, "-./") && !bytes.ContainsAny(key, "\" ,[{") {
			return fmt.Sprintf("a key with - . or / needs quotes: %q", key)
		}
	}
	if strings.HasSuffix(message, "list literal") {
		return "the list before this is not closed, or a comma is missing in it"
	}
	return "a comma or a new line is missing before this; a text needs quotes"
}

// unclosed is the offset of the last bracket that is never closed.
func unclosed(t *text) (offset int, found bool) {
	var s scanner.Scanner
	s.Init(token.NewFile(t.source.Name, -1, len(t.data)), t.data, nil, 0)
	var open []int
	for {
		pos, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			if len(open) == 0 {
				return 0, false
			}
			return open[len(open)-1], true
		case token.INTERPOLATION:
			return 0, false // its end cannot be told here
		case token.LBRACE, token.LBRACK, token.LPAREN:
			open = append(open, pos.Offset())
		case token.RBRACE, token.RBRACK, token.RPAREN:
			open = open[:max(0, len(open)-1)]
		}
	}
}
