package read

import (
	"github.com/kgen-dev/kgen/pkg/tree"
)

// isBlank reports whether what stands at an offset ends a token: a space or the
// end of the line.
func (p *plainReader) isBlank(offset int) bool {
	return p.s[offset] == ' ' || p.s[offset] == '\n'
}

// isDash reports whether a list element starts here.
func (p *plainReader) isDash() bool { return p.s[p.i] == '-' && p.isBlank(p.i+1) }

// mapping reads a block map whose keys stand in column indent, from its first key.
func (p *plainReader) mapping(indent int) *tree.Node {
	if p.depth++; p.depth > MaxDepth {
		return nil
	}
	m := p.node(tree.Map, p.pos(p.i), "")
	base := len(p.stack)
	var index keyIndex
	for ok := true; ok; ok = p.col == indent {
		pos := p.pos(p.i)
		key, isKey := p.key()
		if !isKey || index.find(p.stack[base:], key) >= 0 {
			return nil
		}
		value := p.value(indent, true)
		if value == nil {
			return nil
		}
		p.stack = append(p.stack, tree.Field{Key: key, KeyPos: pos, Value: value})
	}
	m.Fields = p.close(base)
	p.depth--
	return p.ended(m, indent)
}

// list reads a block list whose dashes stand in column indent, from its first.
func (p *plainReader) list(indent int) *tree.Node {
	if p.depth++; p.depth > MaxDepth {
		return nil
	}
	l := p.node(tree.List, p.pos(p.i), "")
	base := len(p.stack)
	for ok := true; ok; ok = p.col == indent && p.isDash() {
		p.i++
		value := p.value(indent, false)
		if value == nil {
			return nil
		}
		p.stack = append(p.stack, tree.Field{Value: value})
	}
	l.Fields = p.close(base)
	p.depth--
	return p.ended(l, indent)
}

// ended is n, unless the line below it stands where none can.
func (p *plainReader) ended(n *tree.Node, indent int) *tree.Node {
	if p.col > indent {
		return nil
	}
	return n
}

// value reads what stands behind a colon or a dash of a map or list in column
// indent, in the line or below.
func (p *plainReader) value(indent int, inMap bool) *tree.Node {
	if p.count > p.most {
		return nil
	}
	after := p.pos(p.i)
	p.skipSpaces()
	if c := p.s[p.i]; c != '\n' && c != '#' {
		if inMap {
			return p.scalar(indent)
		}
		p.col = p.i - p.start
		return p.block(indent)
	}
	if !p.nextToken() {
		return nil
	}
	switch {
	case p.col > indent:
		return p.block(indent)
	case inMap && p.col == indent && p.isDash():
		return p.list(indent)
	}
	return p.node(tree.Null, after, "")
}

// block reads the value that starts with the first token of a line, or with the
// first behind a dash, in a map or list in column indent.
func (p *plainReader) block(indent int) *tree.Node {
	switch {
	case p.isDash():
		return p.list(p.col)
	case p.isKey():
		return p.mapping(p.col)
	}
	return p.scalar(indent)
}
