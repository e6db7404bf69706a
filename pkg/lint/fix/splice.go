package fix

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// splice puts a text in the place of some bytes.
type splice struct {
	span
	text string
}

// spliceOf is an edit of an object as it changes the text that the object was read
// from, and the text of a scalar as it is typed there. It is not ok where that cannot
// be told for sure: behind an alias, or in several lines.
func (t *text) spliceOf(e *Edit, root *tree.Node) (s splice, typed string, ok bool) {
	parent, n := e.find(root)
	if n == nil {
		return splice{}, "", false
	}
	at := t.Offset(n.Pos)
	if e.kind == quote {
		where, isThere := t.plain(at)
		isScalar := n.Kind == tree.Bool || n.Kind == tree.Int || n.Kind == tree.Float
		if !isThere || !isScalar {
			return splice{}, "", false
		}
		typed = t.Data[where.from:where.to]
		return splice{where, `"` + typed + `"`}, typed, true
	}
	value, ok := t.scalar(at, e.was)
	if !ok {
		return splice{}, "", false
	}
	if e.kind == set {
		return splice{value, e.text}, e.text, true
	}
	key, isKey := e.At[len(e.At)-1].(string)
	if !isKey {
		return splice{}, "", false
	}
	keyAt := t.Offset(parent.Field(key).KeyPos)
	name, ok := t.key(keyAt, key)
	switch {
	case !ok:
		return splice{}, "", false
	case e.kind == rename:
		return splice{name, e.text}, e.text, true
	}
	entry, ok := t.entry(parent, span{keyAt, t.outer(value, at).to})
	return splice{entry, ""}, "", ok
}

// key is the span of a key that begins at an offset, without its quotes.
func (t *text) key(at int, key string) (inner span, ok bool) {
	if at < 0 || key == "" || strings.ContainsAny(key, "\\'\"\n\r") {
		return span{}, false
	}
	inner = span{at, at + len(key)}
	end := ""
	if sign := t.Data[at:min(at+1, len(t.Data))]; sign == `"` || sign == "'" {
		inner, end = span{at + 1, at + 1 + len(key)}, sign
	}
	rest, found := strings.CutPrefix(t.Data[inner.from:], key+end)
	return inner, found && strings.HasPrefix(strings.TrimLeft(rest, spaces), ":")
}

// entry widens the span of an entry of a map, to be removed, to what belongs to it:
// its line, or in a map in braces, the comma.
func (t *text) entry(parent *tree.Node, s span) (span, bool) {
	line := t.Data[t.LineStart(s.from):t.LineEnd(s.from)]
	if s.to > t.LineStart(s.from)+len(line) {
		return s, false // the value stands in another line
	}
	if open := t.Offset(parent.Pos); open >= 0 && open < len(t.Data) && t.Data[open] == '{' {
		return t.entryInBraces(open, s)
	}
	rest := strings.Trim(t.Data[s.to:t.LineEnd(s.to)], " \t\r\n")
	isAlone := strings.Trim(t.Data[t.LineStart(s.from):s.from], " ") == "" && (rest == "" || rest[0] == '#')
	return span{t.LineStart(s.from), t.LineEnd(s.to)}, isAlone
}

// entryInBraces is entry in a map in braces, all of which has to be in one line.
func (t *text) entryInBraces(open int, s span) (span, bool) {
	if t.LineStart(open) != t.LineStart(s.from) {
		return s, false
	}
	rest := strings.TrimLeft(t.Data[s.to:], spaces)
	if more, found := strings.CutPrefix(rest, ","); found {
		return span{s.from, len(t.Data) - len(strings.TrimLeft(more, spaces))}, true
	}
	before := strings.TrimRight(t.Data[:s.from], spaces)
	if !strings.HasPrefix(rest, "}") || !strings.HasSuffix(before, ",") {
		return s, false
	}
	return span{len(before) - 1, s.to}, true
}
