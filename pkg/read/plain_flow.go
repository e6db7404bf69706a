package read

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// flow reads a map or list in brackets, and anything in one.
func (p *plainReader) flow() *tree.Node {
	switch c := p.s[p.i]; {
	case c == '{' || c == '[':
		return p.brackets(c)
	case c == '"' || c == '\'':
		pos := p.pos(p.i)
		text, ok := p.quoted()
		if !ok {
			return nil
		}
		return p.node(tree.String, pos, text)
	}
	pos := p.pos(p.i)
	text := p.flowWord()
	if text == "" {
		return nil
	}
	return p.resolved(pos, text)
}

// brackets reads a map or list in brackets. Between its parts there may be line
// ends and comments.
func (p *plainReader) brackets(open byte) *tree.Node {
	if p.depth++; p.depth > MaxDepth {
		return nil
	}
	n, end := p.node(tree.List, p.pos(p.i), ""), byte(']')
	if open == '{' {
		n.Kind, end = tree.Map, '}'
	}
	base := len(p.stack)
	var index keyIndex
	p.i++
	if !p.skipFlow() {
		return nil
	}
	for isFirst := true; isFirst || p.s[p.i] == ','; isFirst = false {
		if !isFirst {
			p.i++
			if !p.skipFlow() {
				return nil
			}
		} else if p.s[p.i] == end {
			break
		}
		f, ok := p.flowField(n.Kind)
		if !ok || n.Kind == tree.Map && index.find(p.stack[base:], f.Key) >= 0 {
			return nil
		}
		p.stack = append(p.stack, f)
		if !p.skipFlow() {
			return nil
		}
	}
	if p.s[p.i] != end {
		return nil
	}
	p.i++
	p.depth--
	n.Fields = p.close(base)
	return n
}

// flowField reads an entry of a map in brackets, or an element of a list.
func (p *plainReader) flowField(in tree.Kind) (f tree.Field, ok bool) {
	if in == tree.Map {
		f.KeyPos = p.pos(p.i)
		if f.Key, ok = p.flowKey(); !ok || !p.skipFlow() {
			return f, false
		}
	}
	f.Value = p.flow()
	return f, f.Value != nil && p.count <= p.most
}

// flowKey reads a key in brackets, and the colon behind it.
func (p *plainReader) flowKey() (key string, ok bool) {
	if c := p.s[p.i]; c == '"' || c == '\'' {
		key, ok = p.quoted()
	} else if word := p.flowWord(); word != "" {
		key, ok = p.plainKey(word)
	}
	if !ok || len(key) > maxKey || p.s[p.i] != ':' || !p.isBlank(p.i+1) {
		return "", false
	}
	p.i++
	return key, true
}

// flowWord reads a scalar without quotes in brackets, of the simplest: letters,
// digits and what stands in names, and single spaces. It is empty where another
// character ends it than may.
func (p *plainReader) flowWord() string {
	start := p.i
	for p.isWordByte(p.i) || p.s[p.i] == ' ' && p.i > start && p.isWordByte(p.i+1) ||
		p.s[p.i] == ':' && p.i > start && p.isWordByte(p.i+1) {
		p.i++
	}
	switch p.s[p.i] {
	case ',', ']', '}', ':', '\n', ' ':
	default:
		return ""
	}
	if p.i > start && strings.IndexByte("-:", p.s[start]) >= 0 {
		return ""
	}
	return p.s[start:p.i]
}

// isWordByte reports whether a byte has no meaning to YAML, wherever it stands in
// a scalar.
func (p *plainReader) isWordByte(offset int) bool {
	c := p.s[offset]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_./+=$()@~;<", c) >= 0
}

// skipFlow moves to the next part of what is in brackets.
func (p *plainReader) skipFlow() bool {
	p.skipSpaces()
	if c := p.s[p.i]; c != '\n' && c != '#' {
		return c != '\t'
	}
	return p.nextToken() && p.col >= 0
}
