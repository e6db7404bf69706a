package read

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// text is the content of a file that holds text: UTF-8, without a byte order
// mark. It knows the line and column of each offset.
type text struct {
	source  *tree.Source
	data    []byte
	isASCII bool
	starts  []int32 // the offset of each line's first byte
	ids     ids     // of what is found
	above   int32   // lines of the file above the text, which pos does not count

	// The place asked for last, from which the next is usually not far.
	line, offset, col int
}

// newText checks what must hold before a parser sees the file, and returns nil
// where it does not.
func newText(source *tree.Source, data []byte, sink *report.Sink) *text {
	whole := tree.Pos{Source: source}
	if len(data) > MaxFileSize {
		sink.ErrorAt(whole, schema.BadFile, nil, "the file is larger than 5 MiB and was not read")
		return nil
	}
	t := &text{source: source, data: bytes.TrimPrefix(data, []byte("\ufeff")), ids: serviceIDs}
	if refuseUTF16(t, data, sink) {
		return nil
	}
	if len(bytes.TrimSpace(t.data)) == 0 {
		sink.ErrorAt(whole, schema.BadFile, nil, "the file is empty")
		return nil
	}
	if !t.isText(sink) {
		return nil
	}
	return t
}

// refuseUTF16 reports a file in the other encoding that editors write.
func refuseUTF16(t *text, data []byte, sink *report.Sink) bool {
	isUTF16 := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
	if isUTF16 {
		sink.ErrorAt(tree.Pos{Source: t.source, Line: 1, Col: 1}, t.ids.file, nil, "the file is UTF-16: save it as UTF-8")
	}
	return isUTF16
}

// isText reports what is no character of a text.
func (t *text) isText(sink *report.Sink) bool {
	if i := bytes.IndexByte(t.data, 0); i >= 0 {
		sink.ErrorAt(t.place(i), t.ids.file, nil, "the file is binary: it holds a NUL byte")
		return false
	}
	t.isASCII = isASCII(t.data)
	if !t.isASCII && !utf8.Valid(t.data) {
		sink.ErrorAt(t.place(invalidUTF8(t.data)), t.ids.file, nil, "the file is not UTF-8: save it as UTF-8")
		return false
	}
	return true
}

// place is the place in the file of the byte at offset.
func (t *text) place(offset int) tree.Pos { return t.inFile(t.pos(offset)) }

// inFile is the place in the file of a place in the text.
func (t *text) inFile(pos tree.Pos) tree.Pos {
	pos.Line += t.above
	return pos
}

func isASCII(data []byte) bool {
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// invalidUTF8 is the offset of the first byte that is no character.
func invalidUTF8(data []byte) int {
	i := 0
	for i < len(data) {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		i += size
	}
	return i
}

// pos is the place in the text of the byte at offset. Places asked for in rising
// order cost little, wherever they are.
func (t *text) pos(offset int) tree.Pos {
	offset = max(0, min(offset, len(t.data)))
	if t.starts == nil {
		t.starts = lineStarts(t.data)
	}
	start := int(t.starts[t.line])
	if offset < start || t.line+1 < len(t.starts) && offset >= int(t.starts[t.line+1]) {
		t.line = sort.Search(len(t.starts), func(i int) bool { return int(t.starts[i]) > offset }) - 1
		start = int(t.starts[t.line])
		t.offset, t.col = start, 1
	}
	switch {
	case t.isASCII:
		t.col = offset - start + 1
	case offset < t.offset || t.col == 0:
		t.col = 1 + utf8.RuneCount(t.data[start:offset])
	default:
		t.col += utf8.RuneCount(t.data[t.offset:offset])
	}
	t.offset = offset
	return tree.Pos{Source: t.source, Line: int32(t.line + 1), Col: int32(t.col)}
}

func lineStarts(data []byte) []int32 {
	starts := make([]int32, 1, bytes.Count(data, []byte{'\n'})+1)
	for i, c := range data {
		if c == '\n' {
			starts = append(starts, int32(i+1))
		}
	}
	return starts
}

// lineText is the content of a line, counted from 1, without its end.
func (t *text) lineText(line int) []byte {
	if t.starts == nil {
		t.starts = lineStarts(t.data)
	}
	if line < 1 || line > len(t.starts) {
		return nil
	}
	rest := t.data[t.starts[line-1]:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	return bytes.TrimSuffix(rest, []byte{'\r'})
}

// lineStart is the place of the first character in a line that is no space.
func (t *text) lineStart(line int) tree.Pos {
	content := t.lineText(line)
	if content == nil {
		return t.pos(len(t.data))
	}
	indent := len(content) - len(bytes.TrimLeft(content, " \t"))
	if indent == len(content) {
		indent = 0
	}
	return t.pos(int(t.starts[line-1]) + indent)
}
