package fix

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// text is the content of a file, by the places of what is in it.
type text struct {
	data  string
	lines []int // the offset at which each line starts
}

func newText(data []byte) *text {
	t := &text{data: string(data), lines: make([]int, 1, bytes.Count(data, []byte{'\n'})+1)}
	for i := range len(data) {
		if data[i] == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

const byteOrderMark = "\ufeff"

// offset is that of the byte at a place; -1 where the file has no such place.
func (t *text) offset(at tree.Pos) int {
	if at.Line < 1 || int(at.Line) > len(t.lines) || at.Col < 1 {
		return -1
	}
	i := t.lines[at.Line-1]
	if strings.HasPrefix(t.data[i:], byteOrderMark) { // which no column counts
		i += len(byteOrderMark)
	}
	for range at.Col - 1 {
		_, size := utf8.DecodeRuneInString(t.data[i:])
		if i += size; size == 0 {
			return -1
		}
	}
	return i
}

// lineStart is where the line begins that an offset is in, without what marks the file.
func (t *text) lineStart(offset int) int {
	start := strings.LastIndexByte(t.data[:offset], '\n') + 1
	if strings.HasPrefix(t.data[start:], byteOrderMark) {
		start += len(byteOrderMark)
	}
	return start
}

// lineEnd is where the next line begins.
func (t *text) lineEnd(offset int) int {
	if i := strings.IndexByte(t.data[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(t.data)
}

// span is the bytes from one offset to another.
type span struct{ from, to int }

// scalar is the span of a string that begins at an offset, without its quotes. It is
// not ok where something else stands there, or the string is written in several lines
// or with escapes.
func (t *text) scalar(at int, value string) (inner span, ok bool) {
	if at < 0 || at >= len(t.data) || strings.ContainsAny(value, "\\'\"\n\r") {
		return span{}, false
	}
	sign := t.data[at]
	if sign == '"' || sign == '\'' {
		inner = span{at + 1, at + 1 + len(value)}
		return inner, strings.HasPrefix(t.data[inner.from:], value+string(sign))
	}
	inner = span{at, at + len(value)}
	return inner, value != "" && strings.HasPrefix(t.data[at:], value) && t.endsScalar(inner.to)
}

// outer is a span with the quotes around it.
func (t *text) outer(inner span, at int) span {
	if inner.from > at {
		return span{at, inner.to + 1}
	}
	return inner
}

const (
	inNumbers = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_+.-"
	spaces    = " \t"
)

// plain is the span of the number or boolean that begins at an offset.
func (t *text) plain(at int) (s span, ok bool) {
	if at < 0 {
		return span{}, false
	}
	rest := t.data[at:]
	s = span{at, at + len(rest) - len(strings.TrimLeft(rest, inNumbers))}
	return s, s.to > s.from && t.endsScalar(s.to)
}

// endsScalar reports whether a scalar that has no quotes may end at an offset, and its
// line, or the list or map that it is in, goes on as if it did.
func (t *text) endsScalar(at int) bool {
	rest := strings.TrimLeft(t.data[at:], spaces)
	isApart := len(rest) < len(t.data)-at
	return rest == "" || strings.IndexByte("\n,]}", rest[0]) >= 0 || strings.HasPrefix(rest, "\r\n") || isApart && rest[0] == '#'
}
