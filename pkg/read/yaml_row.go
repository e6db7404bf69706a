package read

import (
	"bytes"
	"unicode/utf8"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// yamlRows are the offsets at which YAML starts a line, where that is not where
// editors do: YAML 1.1 breaks lines also at a lone carriage return and at three
// characters of Unicode. It is nil for almost every file.
func yamlRows(t *text) []int32 {
	isPlain := t.isASCII || !bytes.Contains(t.data, []byte("\u0085")) &&
		!bytes.Contains(t.data, []byte("\u2028")) && !bytes.Contains(t.data, []byte("\u2029"))
	if isPlain && bytes.Count(t.data, []byte{'\r'}) == bytes.Count(t.data, []byte("\r\n")) {
		return nil
	}
	rows := []int32{0}
	for i := 0; i < len(t.data); {
		r, size := utf8.DecodeRune(t.data[i:])
		i += size
		if r == '\r' && i < len(t.data) && t.data[i] == '\n' {
			continue
		}
		switch r {
		case '\n', '\r', '\u0085', '\u2028', '\u2029':
			rows = append(rows, int32(i))
		}
	}
	return rows
}

// rowPos is the place of a row and column of YAML, both counted from 1.
func (t *text) rowPos(rows []int32, row, col int) tree.Pos {
	row = max(1, min(row, len(rows)))
	offset := int(rows[row-1])
	for ; col > 1 && offset < len(t.data); col-- {
		_, size := utf8.DecodeRune(t.data[offset:])
		offset += size
	}
	return t.pos(offset)
}
