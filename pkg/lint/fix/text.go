package fix

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/edit"
)

// text is the content of a file, by the places of what is in it.
type text struct{ *edit.Text }

func newText(data []byte) *text { return &text{edit.NewText(nil, data)} }

// span is the bytes from one offset to another.
type span struct{ from, to int }

// scalar is the span of a string that begins at an offset, without its quotes. It is
// not ok where something else stands there, or the string is written in several lines
// or with escapes.
func (t *text) scalar(at int, value string) (inner span, ok bool) {
	if at < 0 || at >= len(t.Data) || strings.ContainsAny(value, "\\'\"\n\r") {
		return span{}, false
	}
	sign := t.Data[at]
	if sign == '"' || sign == '\'' {
		inner = span{at + 1, at + 1 + len(value)}
		return inner, strings.HasPrefix(t.Data[inner.from:], value+string(sign))
	}
	inner = span{at, at + len(value)}
	return inner, value != "" && strings.HasPrefix(t.Data[at:], value) && t.endsScalar(inner.to)
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
	rest := t.Data[at:]
	s = span{at, at + len(rest) - len(strings.TrimLeft(rest, inNumbers))}
	return s, s.to > s.from && t.endsScalar(s.to)
}

// endsScalar reports whether a scalar that has no quotes may end at an offset, and its
// line, or the list or map that it is in, goes on as if it did.
func (t *text) endsScalar(at int) bool {
	rest := strings.TrimLeft(t.Data[at:], spaces)
	isApart := len(rest) < len(t.Data)-at
	return rest == "" || strings.IndexByte("\n,]}", rest[0]) >= 0 || strings.HasPrefix(rest, "\r\n") || isApart && rest[0] == '#'
}
