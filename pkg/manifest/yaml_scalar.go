package manifest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// appendString appends s as a scalar that every YAML reader takes for exactly
// this string, plain where that is possible and in double quotes otherwise.
func appendString(dst []byte, s string) []byte {
	if isPlain(s) {
		return append(dst, s...)
	}
	return appendQuoted(dst, s)
}

// isPlain reports whether s needs no quotes, wherever it stands outside of [] and {}.
func isPlain(s string) bool {
	if s == "" || s[0] == ' ' || s[len(s)-1] == ' ' || s[len(s)-1] == ':' || !startsPlain(s) || isWord(s) || isNumber(s) {
		return false
	}
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 || !unicode.IsPrint(r) {
				return false
			}
			i += size
			continue
		case c < ' ' || c == 0x7F, c == ':' && s[i+1] == ' ', c == '#' && i > 0 && s[i-1] == ' ':
			return false
		}
		i++
	}
	return true
}

// startsPlain reports whether the first character of s is no indicator. A dash
// is none before another character: -c is a common argument.
func startsPlain(s string) bool {
	switch s[0] {
	case '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`':
		return false
	case '-':
		return len(s) > 1 && s[1] != ' ' && !strings.HasPrefix(s, "---")
	}
	return !strings.HasPrefix(s, "...")
}

// isWord reports whether some reader has s for a boolean, null, infinity, the
// merge key or the default key. No reader knows all these in all spellings; in
// quotes they are safe from each.
func isWord(s string) bool {
	if len(s) > 5 {
		return false
	}
	switch s[0] {
	case 'y', 'Y', 'n', 'N', 'o', 'O', 't', 'T', 'f', 'F', '~', '=', '<', '.', '+', '-':
	default:
		return false
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<", ".",
		".inf", "+.inf", "-.inf", ".nan", "+.nan", "-.nan":
		return true
	}
	return false
}

// isNumber reports whether some reader has s for a number, a time in base 60
// (1:30) or a date.
func isNumber(s string) bool {
	digits := s
	if s[0] == '+' || s[0] == '-' {
		digits = s[1:]
	}
	if digits == "" || (digits[0] < '0' || digits[0] > '9') && digits[0] != '.' {
		return false
	}
	if len(digits) > 2 && digits[0] == '0' {
		switch digits[1] {
		case 'x', 'X':
			return consistsOf(digits[2:], "0123456789abcdefABCDEF_")
		case 'o', 'O', 'b', 'B':
			return consistsOf(digits[2:], "01234567_")
		}
	}
	return isReal(digits) || strings.Contains(digits, ":") && consistsOf(digits, "0123456789_:.") || isDate(s)
}

func consistsOf(s, set string) bool { return strings.Trim(s, set) == "" }

// isReal reports whether s is a decimal number; some readers allow _ and , in it.
func isReal(s string) bool {
	end := len(s) - len(strings.TrimLeft(s, "0123456789_,."))
	mantissa, exponent := s[:end], s[end:]
	if strings.Count(mantissa, ".") > 1 || consistsOf(mantissa, "_,.") {
		return false
	}
	if exponent == "" {
		return true
	}
	if exponent[0] != 'e' && exponent[0] != 'E' {
		return false
	}
	exponent = strings.TrimPrefix(strings.TrimPrefix(exponent[1:], "+"), "-")
	return consistsOf(exponent, "0123456789_")
}

// isDate reports whether s starts as 2026-1-31, alone or before a time.
func isDate(s string) bool {
	rest := strings.TrimLeft(s, "0123456789")
	if len(s)-len(rest) != 4 {
		return false
	}
	for range 2 {
		if rest == "" || rest[0] != '-' {
			return false
		}
		after := strings.TrimLeft(rest[1:], "0123456789")
		if n := len(rest) - 1 - len(after); n < 1 || n > 2 {
			return false
		}
		rest = after
	}
	return rest == "" || rest[0] == 'T' || rest[0] == 't' || rest[0] == ' '
}

const hexDigits = "0123456789ABCDEF"

// appendQuoted appends s in double quotes. What nobody can see is escaped; what
// is no UTF-8 becomes U+FFFD, as in JSON.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case unicode.IsPrint(r):
			dst = utf8.AppendRune(dst, r)
		case r < 0x100:
			dst = append(dst, '\\', 'x', hexDigits[r>>4], hexDigits[r&0xF])
		case r < 0x10000:
			dst = appendHex(append(dst, '\\', 'u'), r, 4)
		default:
			dst = appendHex(append(dst, '\\', 'U'), r, 8)
		}
	}
	return append(dst, '"')
}

func appendHex(dst []byte, r rune, digits int) []byte {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		dst = append(dst, hexDigits[r>>shift&0xF])
	}
	return dst
}

// isBlock reports whether s may stand as a block scalar and read better so: it
// has several lines, none with invisible characters or space at its end, and
// the first with text starts at the margin, for readers find the margin by it.
func isBlock(s string) bool {
	if !strings.Contains(s, "\n") {
		return false
	}
	text := strings.TrimLeft(s, "\n")
	if text == "" || text[0] == ' ' || text[0] == '\t' || text[len(text)-1] == ' ' || text[len(text)-1] == '\t' {
		return false
	}
	for i, r := range s {
		switch {
		case r == '\n':
			if i > 0 && (s[i-1] == ' ' || s[i-1] == '\t') {
				return false
			}
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return false
			}
		case r != '\t' && !unicode.IsPrint(r):
			return false
		}
	}
	return true
}

// appendBlock appends s, for which isBlock holds, as a literal block scalar
// whose lines are indented by so many columns.
func appendBlock(dst []byte, s string, indent int) []byte {
	dst = append(dst, '|')
	body := strings.TrimRight(s, "\n")
	switch newlines := len(s) - len(body); {
	case newlines == 0:
		dst = append(dst, '-')
	case newlines > 1:
		dst = append(dst, '+')
	}
	for line := range strings.SplitSeq(body, "\n") {
		dst = append(dst, '\n')
		if line != "" {
			dst = append(appendSpaces(dst, indent), line...)
		}
	}
	for range len(s) - len(body) - 1 {
		dst = append(dst, '\n')
	}
	return dst
}

const spaces = "                                                                "

func appendSpaces(dst []byte, n int) []byte {
	for ; n > len(spaces); n -= len(spaces) {
		dst = append(dst, spaces...)
	}
	return append(dst, spaces[:n]...)
}
