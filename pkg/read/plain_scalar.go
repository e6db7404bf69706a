package read

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// isPlainStart reports whether a scalar without quotes may start here; of what may
// in some places only, it says no.
func (p *plainReader) isPlainStart() bool {
	switch c := p.s[p.i]; c {
	case '-':
		return !p.isBlank(p.i+1) && p.s[p.i+1] != '\t'
	case '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', '\t', ' ', '\n':
		return false
	}
	return true
}

// plainEnd is the offset at which a scalar without quotes ends: at a colon, a
// comment or the end of the line. It is -1 where there is a tab.
func (p *plainReader) plainEnd() int {
	for i := p.i; ; i++ {
		switch p.s[i] {
		case '\n':
			return i
		case ':':
			if p.isBlank(i + 1) {
				return i
			}
		case '#':
			if p.s[i-1] == ' ' {
				return i
			}
		case '\t':
			return -1
		}
	}
}

// maxKey bounds the length of a key; YAML's own bound is a little above.
const maxKey = 1000

// isKey reports whether a key starts here. It may be wrong about what is no scalar
// either.
func (p *plainReader) isKey() bool {
	start := p.i
	switch {
	case p.s[start] == '"' || p.s[start] == '\'':
		_, ok := p.quoted()
		p.skipSpaces()
		ok = ok && p.s[p.i] == ':'
		p.i = start
		return ok
	case !p.isPlainStart():
		return false
	}
	end := p.plainEnd()
	return end >= 0 && p.s[end] == ':'
}

// key reads a key, and the colon behind it.
func (p *plainReader) key() (key string, ok bool) {
	start := p.i
	isQuoted := p.s[p.i] == '"' || p.s[p.i] == '\''
	switch {
	case isQuoted:
		if key, ok = p.quoted(); !ok {
			return "", false
		}
		p.skipSpaces()
	case p.isPlainStart():
		if p.i = p.plainEnd(); p.i < 0 {
			return "", false
		}
		key = strings.TrimRight(p.s[start:p.i], " ")
	default:
		return "", false
	}
	if p.s[p.i] != ':' || !p.isBlank(p.i+1) || p.i-start > maxKey {
		return "", false
	}
	p.i++
	if isQuoted {
		return key, true
	}
	return p.plainKey(key)
}

// plainKey is the string that a key without quotes stands for.
func (p *plainReader) plainKey(typed string) (key string, ok bool) {
	if typed == "<<" {
		return "", false
	}
	r := resolve(typed)
	if p.foreign {
		return r.key()
	}
	return typed, r.kind != tree.Null
}

// scalar reads a scalar, or a map or list in brackets, in a map or list in column
// indent, and moves to the next token.
func (p *plainReader) scalar(indent int) *tree.Node {
	var n *tree.Node
	switch p.s[p.i] {
	case '"', '\'':
		n = p.node(tree.String, p.pos(p.i), "")
		text, ok := p.quoted()
		if !ok {
			return nil
		}
		n.Text = text
	case '{', '[':
		n = p.flow()
	case '|', '>':
		return p.literal(indent)
	default:
		n = p.plain()
	}
	if n == nil || !p.nextToken() {
		return nil
	}
	return n
}

// plain reads a scalar without quotes.
func (p *plainReader) plain() *tree.Node {
	if !p.isPlainStart() {
		return nil
	}
	start, end := p.i, p.plainEnd()
	if end < 0 || p.s[end] == ':' {
		return nil
	}
	p.i = end
	return p.resolved(p.pos(start), strings.TrimRight(p.s[start:end], " "))
}

// quoted reads a scalar in quotes that ends in the line.
func (p *plainReader) quoted() (text string, ok bool) {
	quote := p.s[p.i]
	start := p.i + 1
	for i := start; ; i++ {
		switch c := p.s[i]; {
		case c == '\n':
			return "", false
		case c == '\\' && quote == '"', c == quote && quote == '\'' && p.s[i+1] == quote:
			return p.escaped(start, i)
		case c == quote:
			p.i = i + 1
			return p.s[start:i], true
		}
	}
}

// escaped reads a scalar in quotes that has its first escape at offset i.
func (p *plainReader) escaped(start, i int) (text string, ok bool) {
	quote := p.s[start-1]
	b := make([]byte, i-start, i-start+16)
	copy(b, p.s[start:i])
	for ; ; i++ {
		switch c := p.s[i]; {
		case c == '\n':
			return "", false
		case c == '\\' && quote == '"':
			size := 0
			if b, size = appendEscape(b, p.s[i+1:]); size == 0 {
				return "", false
			}
			i += size
		case c == quote && quote == '\'' && p.s[i+1] == quote:
			b = append(b, c)
			i++
		case c == quote:
			p.i = i + 1
			return string(b), true
		default:
			b = append(b, c)
		}
	}
}

// appendEscape appends the character that an escape in double quotes stands for,
// and returns the length of the escape; 0 where it is not an ordinary one.
func appendEscape(b []byte, escape string) ([]byte, int) {
	switch escape[0] {
	case '"', '\\', '/':
		return append(b, escape[0]), 1
	case 'n':
		return append(b, '\n'), 1
	case 't':
		return append(b, '\t'), 1
	case 'r':
		return append(b, '\r'), 1
	case 'u':
		r := rune(0)
		for i := 1; i <= 4; i++ {
			digit := strings.IndexByte("0123456789abcdef", escape[i]|0x20)
			if digit < 0 {
				return b, 0
			}
			r = r<<4 | rune(digit)
		}
		if !utf8.ValidRune(r) {
			return b, 0
		}
		return utf8.AppendRune(b, r), 5
	}
	return b, 0
}

// resolved is a scalar without quotes.
func (p *plainReader) resolved(pos tree.Pos, typed string) *tree.Node {
	if !p.foreign {
		return p.typed(pos, typed)
	}
	r := resolve(typed)
	if !r.isFinite() {
		return nil
	}
	n := p.node(r.kind, pos, r.text)
	n.Plain = r.isWord
	return n
}

// typed is a scalar without quotes as YAML 1.2 has it.
func (p *plainReader) typed(pos tree.Pos, typed string) *tree.Node {
	n := p.node(tree.String, pos, typed)
	switch tag := tagOf(typed); tag {
	case "!!null":
		n.Kind, n.Text = tree.Null, ""
	case "!!bool":
		n.Kind, n.Text = tree.Bool, strings.ToLower(typed)
	case "!!int":
		n.Kind = tree.Int
	case "!!float":
		if n.Kind = floatKind(typed); n.Kind == tree.Null {
			return nil
		}
	default:
		n.Plain = true
	}
	return n
}

// tagOf is the tag to which yaml.v3 resolves a scalar without quotes.
func tagOf(typed string) string {
	switch {
	case isShortDecimal(typed):
		return "!!int"
	case len(typed) > longestWord && strings.IndexByte("0123456789+-.", typed[0]) < 0:
		return "!!str"
	}
	n := yaml.Node{Kind: yaml.ScalarNode, Value: typed}
	return n.ShortTag()
}
