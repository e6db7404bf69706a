package edit

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Text is the content of a file, by the places of what is in it.
type Text struct {
	Data   string
	source *tree.Source
	lines  []int // the offset at which each line starts
}

// NewText is the text of a file, whose source may be nil.
func NewText(source *tree.Source, data []byte) *Text {
	t := &Text{Data: string(data), source: source, lines: make([]int, 1, bytes.Count(data, []byte{'\n'})+1)}
	for i := range len(data) {
		if data[i] == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

const byteOrderMark = "\ufeff"

// Offset is that of the byte at a place; -1 where the file has no such place.
func (t *Text) Offset(at tree.Pos) int {
	if at.Line < 1 || int(at.Line) > len(t.lines) || at.Col < 1 {
		return -1
	}
	i := t.lines[at.Line-1]
	if strings.HasPrefix(t.Data[i:], byteOrderMark) { // which no column counts
		i += len(byteOrderMark)
	}
	for range at.Col - 1 {
		_, size := utf8.DecodeRuneInString(t.Data[i:])
		if i += size; size == 0 {
			return -1
		}
	}
	return i
}

// Pos is the place of the byte at an offset.
func (t *Text) Pos(offset int) tree.Pos {
	i, found := slices.BinarySearch(t.lines, offset)
	if !found {
		i--
	}
	return tree.Pos{Source: t.source, Line: int32(i + 1), Col: int32(utf8.RuneCountInString(t.Data[t.LineStart(offset):offset]) + 1)}
}

// LineStart is where the line begins that an offset is in, without what marks the file.
func (t *Text) LineStart(offset int) int {
	start := strings.LastIndexByte(t.Data[:offset], '\n') + 1
	if start <= offset-len(byteOrderMark) && strings.HasPrefix(t.Data[start:], byteOrderMark) {
		start += len(byteOrderMark)
	}
	return start
}

// LineEnd is where the next line begins.
func (t *Text) LineEnd(offset int) int {
	if i := strings.IndexByte(t.Data[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(t.Data)
}

// indent is the white space that the line of an offset begins with.
func (t *Text) indent(offset int) string {
	line := t.Data[t.LineStart(offset):offset]
	return line[:len(line)-len(strings.TrimLeft(line, blanks))]
}

// newline is how the lines of the file end.
func (t *Text) newline() string {
	if end := strings.IndexByte(t.Data, '\n'); end > 0 && t.Data[end-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// lineAfter puts lines below the line that an offset is in.
func (t *Text) lineAfter(offset int, lines string) Splice {
	end := t.LineEnd(offset)
	if end > 0 && t.Data[end-1] == '\n' {
		return Splice{end, end, lines + t.newline()}
	}
	return Splice{end, end, t.newline() + lines}
}

// isFirstInLine reports whether only white space stands before an offset in its line.
func (t *Text) isFirstInLine(offset int) bool {
	return strings.TrimLeft(t.Data[t.LineStart(offset):offset], blanks) == ""
}

const blanks = " \t"

// Splice puts a text in the place of the bytes from one offset to another.
type Splice struct {
	From, To int
	Text     string
}

// With is the text with splices made, which do not overlap.
func (t *Text) With(splices []Splice) []byte {
	slices.SortStableFunc(splices, func(a, b Splice) int { return a.From - b.From })
	var b strings.Builder
	at := 0
	for _, s := range splices {
		if s.From < at {
			continue
		}
		b.WriteString(t.Data[at:s.From] + s.Text)
		at = s.To
	}
	b.WriteString(t.Data[at:])
	return []byte(b.String())
}
