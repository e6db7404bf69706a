package read

import (
	"testing"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestNoText has what is refused before any parser sees it.
func TestNoText(t *testing.T) {
	for _, file := range []string{"web.yaml", "web.json", "web.cue"} {
		testMistakes(t, file, []mistakeCase{
			{"empty", "", []string{file + ": schema/file: the file is empty"}},
			{"blank", " \n\t\r\n", []string{file + ": schema/file: the file is empty"}},
			{"only a byte order mark", "\ufeff", []string{file + ": schema/file: the file is empty"}},
			{"binary", "é: 1\né\x00\n", []string{"2:2: schema/file: the file is binary: it holds a NUL byte"}},
			{"Latin 1", "a: 1\né\xe9: 1\n", []string{"2:2: schema/file: the file is not UTF-8: save it as UTF-8"}},
			{"UTF-16", "\xff\xfea\x00", []string{"1:1: schema/file: the file is UTF-16: save it as UTF-8"}},
			{"UTF-16, big endian", "\xfe\xff\x00a", []string{"1:1: schema/file: the file is UTF-16: save it as UTF-8"}},
			{"too large", string(make([]byte, MaxFileSize+1)), []string{file + ": schema/file: the file is larger than 5 MiB and was not read"}},
		})
	}
}

func TestPos(t *testing.T) {
	for _, content := range []string{"", "a", "ab\ncd\n\nef", "äb\nc\u20acd\n\n\U0001f600f"} {
		text := newText(&tree.Source{}, []byte(content+"\n"), &report.Sink{})
		if text == nil {
			continue
		}
		want := map[int]tree.Pos{}
		pos := tree.Pos{Source: text.source, Line: 1, Col: 1}
		for offset, r := range content + "\n" {
			want[offset] = pos
			pos.Col++
			if r == '\n' {
				pos.Line, pos.Col = pos.Line+1, 1
			}
		}
		for _, step := range []int{1, 3, 7} { // also backwards
			for i := range len(content) + 1 {
				offset := i * step % (len(content) + 1)
				if w, isStart := want[offset]; isStart && text.pos(offset) != w {
					t.Errorf("%q: offset %d is at %v, want %v", content, offset, text.pos(offset), w)
				}
			}
		}
	}
}
