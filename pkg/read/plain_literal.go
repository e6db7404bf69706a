package read

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// literal reads a block scalar (| or >) in a map or list in column indent, and
// moves to the next token.
func (p *plainReader) literal(indent int) *tree.Node {
	n := p.node(tree.String, p.pos(p.i), "")
	b := blockScalar{isFolded: p.s[p.i] == '>'}
	p.i++
	if c := p.s[p.i]; c == '+' || c == '-' {
		b.chomp = c
		p.i++
	}
	p.skipSpaces()
	if c := p.s[p.i]; c != '\n' && (c != '#' || p.s[p.i-1] != ' ') {
		return nil
	}
	p.skipLine()
	b.indent = p.literalIndent()
	if b.indent <= indent {
		return nil
	}
	for {
		line, isIn := p.literalLine(b.indent)
		if !isIn {
			break
		}
		b.add(line)
	}
	if p.i == len(p.s) && p.isOpen && !p.foreign {
		return nil
	}
	n.Text = b.end()
	if !p.skipLines() {
		return nil
	}
	return n
}

// literalIndent is how far a block scalar is indented, as its first line with
// content tells; 0 where that is not plain.
func (p *plainReader) literalIndent() int {
	blank := 0
	for i := p.i; i < len(p.s); i++ {
		start := i
		for p.s[i] == ' ' {
			i++
		}
		switch indent := i - start; {
		case p.s[i] == '\n':
			blank = max(blank, indent)
		case p.s[i] == '\t' || blank > indent:
			return 0
		default:
			return indent
		}
	}
	return 0
}

// literalLine takes the next line of a block scalar, less the indentation. What
// ends the scalar is not in it.
func (p *plainReader) literalLine(indent int) (line string, isIn bool) {
	i := p.i
	for i < len(p.s) && p.s[i] == ' ' && i-p.i < indent {
		i++
	}
	if i == len(p.s) || i-p.i < indent && p.s[i] != '\n' {
		return "", false
	}
	p.i = i
	p.skipLine()
	return p.s[i : p.i-1], true
}

// blockScalar is the text of a block scalar that is being read.
type blockScalar struct {
	isFolded bool
	chomp    byte // + or -, else 0
	indent   int

	text     []byte
	isAny    bool // there was a line with content
	isSpaced bool // the last of them starts with a blank, and is not folded
	breaks   int  // empty lines since then
}

// add adds a line.
func (b *blockScalar) add(line string) {
	if line == "" {
		b.breaks++
		return
	}
	isSpaced := line[0] == ' ' || line[0] == '\t'
	switch {
	case !b.isAny:
	case !b.isFolded || b.isSpaced || isSpaced:
		b.text = append(b.text, '\n')
	case b.breaks == 0:
		b.text = append(b.text, ' ')
	}
	for range b.breaks {
		b.text = append(b.text, '\n')
	}
	b.text = append(b.text, line...)
	b.isAny, b.isSpaced, b.breaks = true, isSpaced, 0
}

// end is the whole text.
func (b *blockScalar) end() string {
	if b.chomp == '-' {
		return string(b.text)
	}
	text := append(b.text, '\n')
	if b.chomp == '+' {
		text = append(text, strings.Repeat("\n", b.breaks)...)
	}
	return string(text)
}
