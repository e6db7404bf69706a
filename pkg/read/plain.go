package read

import (
	"strings"
	"unicode/utf8"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// plainReader reads the plain part of YAML that rendered manifests are made of:
// block maps and lists, scalars of one line, block scalars, and flow maps and lists
// of simple scalars. It makes the tree that yamlReader makes, many times faster,
// and never says what is wrong: whatever it does not know for sure, it gives up.
type plainReader struct {
	source  *tree.Source
	foreign bool // scalars and keys are read as kubectl does
	most    int  // nodes of a document, above which it is given up

	s       string // ends in a line feed
	isASCII bool
	isOpen  bool // the line feed at the end is not in the file

	i     int   // what comes next
	start int   // where its line starts
	line  int32 // its line in the file
	col   int   // of the first token of a line, its column; -1 behind the last
	depth int
	count int // of the document's nodes

	// Of all documents of a stream: nodes and fields to be handed out, and the
	// fields of the maps and lists that are being read.
	nodes  []tree.Node
	fields []tree.Field
	stack  []tree.Field
}

func newPlainReader(source *tree.Source, foreign bool) plainReader {
	return plainReader{source: source, foreign: foreign, most: maxNodes}
}

// document reads a document above which there are so many lines in its file. It is
// not ok where it gives up; nil is read from a document without content.
func (p *plainReader) document(s string, above int32) (n *tree.Node, ok bool) {
	class := classOf(s)
	if class&classStrange != 0 || class&classWide != 0 && hasStrange(s) {
		return nil, false
	}
	if class&classReturn != 0 {
		s = strings.ReplaceAll(s, "\r\n", "\n")
		if strings.IndexByte(s, '\r') >= 0 {
			return nil, false
		}
	}
	p.isOpen = !strings.HasSuffix(s, "\n")
	if p.isOpen {
		s += "\n"
	}
	p.s, p.isASCII = s, class&classWide == 0
	p.i, p.start, p.line, p.depth, p.count, p.stack = 0, 0, above+1, 0, 0, p.stack[:0]
	if !p.firstToken() {
		return nil, false
	}
	if p.col < 0 {
		return nil, true
	}
	if p.isDash() {
		n = p.list(p.col)
	} else {
		n = p.mapping(p.col)
	}
	return n, n != nil && p.col < 0
}

// The classes of bytes that a document may hold.
const (
	classWide    = 1 << iota // part of a character beyond ASCII
	classReturn              // a carriage return
	classStrange             // a control character
)

var classes = func() (table [256]byte) {
	for c := range table {
		switch {
		case c >= utf8.RuneSelf:
			table[c] = classWide
		case c == '\r':
			table[c] = classReturn
		case c < ' ' && c != '\n' && c != '\t', c == 0x7f:
			table[c] = classStrange
		}
	}
	return table
}()

// classOf are the classes of all bytes in s.
func classOf(s string) (class byte) {
	for i := range len(s) {
		class |= classes[s[i]]
	}
	return class
}

// hasStrange reports whether s, of characters beyond ASCII, holds some that YAML
// takes for line ends or forbids, or is no UTF-8.
func hasStrange(s string) bool {
	for _, r := range s {
		if r >= 0x80 && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r >= 0xfff0 && r <= 0xffff {
			return true
		}
	}
	return !utf8.ValidString(s)
}

// firstToken moves to the first token of the document.
func (p *plainReader) firstToken() bool { return p.skipLines() }

// nextToken moves from the end of a value to the first token of a line below it.
// It is false where anything but a comment stands behind the value.
func (p *plainReader) nextToken() bool {
	p.skipSpaces()
	switch p.s[p.i] {
	case '#':
		if p.s[p.i-1] != ' ' {
			return false
		}
		p.skipLine()
	case '\n':
		p.skipLine()
	default:
		return false
	}
	return p.skipLines()
}

// skipLines moves from the start of a line to the next token.
func (p *plainReader) skipLines() bool {
	for p.start = p.i; p.i < len(p.s); p.start = p.i {
		p.skipSpaces()
		switch p.s[p.i] {
		case '\n', '#':
			p.skipLine()
		case '\t':
			return false
		default:
			p.col = p.i - p.start
			return p.col > 0 || !p.isMark()
		}
	}
	p.col = -1
	return true
}

// isMark reports whether the line is one of --- or ..., or starts like one.
func (p *plainReader) isMark() bool {
	rest := p.s[p.i:]
	return strings.HasPrefix(rest, "---") || strings.HasPrefix(rest, "...")
}

func (p *plainReader) skipSpaces() {
	for p.s[p.i] == ' ' {
		p.i++
	}
}

// skipLine moves to the start of the next line.
func (p *plainReader) skipLine() {
	p.i += strings.IndexByte(p.s[p.i:], '\n') + 1
	p.line++
}

// pos is the place of what stands at an offset in the line.
func (p *plainReader) pos(offset int) tree.Pos {
	col := offset - p.start
	if !p.isASCII {
		col = utf8.RuneCountInString(p.s[p.start:offset])
	}
	return tree.Pos{Source: p.source, Line: p.line, Col: int32(col + 1)}
}

func (p *plainReader) node(kind tree.Kind, pos tree.Pos, text string) *tree.Node {
	if len(p.nodes) == 0 {
		p.nodes = make([]tree.Node, p.slab())
	}
	n := &p.nodes[0]
	p.nodes = p.nodes[1:]
	n.Kind, n.Pos, n.Text = kind, pos, text
	p.count++
	return n
}

// slab is how many nodes or fields are allocated at once: about as many as the rest
// of the document needs, of a small one.
func (p *plainReader) slab() int { return min(16+(len(p.s)-p.i)/24, 1024) }

// close takes the fields above base off the stack: those of a map or list.
func (p *plainReader) close(base int) []tree.Field {
	count := len(p.stack) - base
	if count == 0 {
		return []tree.Field{}
	}
	if count > len(p.fields) {
		p.fields = make([]tree.Field, max(count, p.slab()))
	}
	fields := p.fields[:count:count]
	p.fields = p.fields[count:]
	copy(fields, p.stack[base:])
	p.stack = p.stack[:base]
	return fields
}
