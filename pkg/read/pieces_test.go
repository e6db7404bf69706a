package read

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestPieces demands of pieces what the stream gives in one.
func TestPieces(t *testing.T) {
	name := filepath.Join(t.TempDir(), "all.yaml")
	for _, size := range []int{0, 1, 10, 1000, pieceSize - 1, pieceSize, pieceSize + 1, 3 * pieceSize} {
		for _, unit := range []string{"a: b\n---\n", "---\r\na: [é\r\n", "--- x\na: b\n---\n---\nc: d\n", "a: b\n", "a: " + strings.Repeat("b", pieceSize/2) + "\n---\n", "---"} {
			stream := "\ufeff" + strings.Repeat(unit, size/len(unit)+1)
			want, wantFindings := readDocuments("f.yaml", stream)
			if err := os.WriteFile(name, []byte(stream), 0o600); err != nil {
				t.Fatal(err)
			}
			file, err := ManifestFile(name)
			if err != nil {
				t.Fatal(err)
			}
			half := iotest.HalfReader(strings.NewReader(stream))
			for _, pieces := range []*Pieces{file, NewPieces(io.NopCloser(strings.NewReader(stream))), NewPieces(io.NopCloser(half))} {
				got, findings, err := readPieces(pieces)
				if err != nil || !slices.Equal(got, want) || !slices.Equal(findings, wantFindings) {
					t.Errorf("%d bytes of %.20q: %d documents, want %d; %d findings, want %d; %v",
						len(stream), unit, len(got), len(want), len(findings), len(wantFindings), err)
				}
			}
		}
	}
}

func readPieces(pieces *Pieces) (dumped, findings []string, err error) {
	var sink report.Sink
	err = pieces.Documents(&tree.Source{Name: "f.yaml"}, &sink, func(n *tree.Node) {
		dumped = append(dumped, strings.TrimPrefix(n.Pos.String(), "f.yaml:")+" "+dump(n))
	})
	return dumped, lines(sink.Findings), err
}

// TestPiecesAreSmall demands that no more is read at once than a document needs, and
// a small file needs no more than it has.
func TestPiecesAreSmall(t *testing.T) {
	name := filepath.Join(t.TempDir(), "all.yaml")
	for _, size := range []int{0, 1000, pieceSize, 4 * pieceSize} {
		content := bytes.Repeat([]byte("a: b\n---\n"), size/9+1)
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := ManifestFile(name)
		if err != nil {
			t.Fatal(err)
		}
		count, atMost := 0, file.AtMost()
		for piece, err := file.Next(); err == nil; piece, err = file.Next() {
			if count++; cap(piece.Data) > min(len(content)+1, pieceSize+9) {
				t.Errorf("a piece of %d bytes in %d", len(content), cap(piece.Data))
			}
		}
		if err := file.Close(); err != nil || count > atMost {
			t.Errorf("%d bytes in %d pieces, at most %d; %v", len(content), count, atMost, err)
		}
	}
}

// TestHeldPieces demands that what was looked at, or put aside, is read as well.
func TestHeldPieces(t *testing.T) {
	stream := strings.Repeat("a: b\n---\n", pieceSize/3)
	want, _ := readDocuments("f.yaml", stream)
	pieces := NewPieces(io.NopCloser(strings.NewReader(stream)))
	if first, isAll, err := pieces.First(); err != nil || isAll || !strings.HasPrefix(stream, string(first.Data)) {
		t.Errorf("the first piece has %d bytes; %v %v", len(first.Data), isAll, err)
	}
	held, err := pieces.Hold()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got, _, err := readPieces(Held(held)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%d documents, want %d; %v", len(got), len(want), err)
		}
	}
	if first, isAll, err := NewPieces(io.NopCloser(strings.NewReader("a: b\n"))).First(); err != nil || !isAll || string(first.Data) != "a: b\n" {
		t.Errorf("all in one is %q, %v, %v", first.Data, isAll, err)
	}
	if _, isAll, err := NewPieces(io.NopCloser(strings.NewReader(""))).First(); err != nil || !isAll {
		t.Errorf("nothing is not all: %v", err)
	}
}

func TestUnreadablePieces(t *testing.T) {
	if _, err := ManifestFile(t.TempDir()); err == nil {
		t.Error("a directory is read")
	}
	broken := io.MultiReader(strings.NewReader("a: b\n"), iotest.ErrReader(io.ErrClosedPipe))
	if _, _, err := readPieces(NewPieces(io.NopCloser(broken))); err != io.ErrClosedPipe {
		t.Errorf("a broken pipe gives %v", err)
	}
}

func TestTooManyManifests(t *testing.T) {
	name := filepath.Join(t.TempDir(), "all.yaml")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(MaxManifestsSize + 1); err != nil {
		t.Skip(err)
	}
	if _, err := ManifestFile(name); err == nil || !strings.Contains(err.Error(), "all.yaml: larger than 1 GiB") {
		t.Error(err)
	}
	stream := NewPieces(io.NopCloser(manyDocuments(strings.Repeat("a: b\n---\n", 1<<16))))
	for err = nil; err == nil; {
		_, err = stream.Next()
	}
	if !strings.Contains(err.Error(), "larger than 1 GiB") {
		t.Error(err)
	}
}

// manyDocuments is a stream without an end.
type manyDocuments string

func (m manyDocuments) Read(p []byte) (int, error) { return copy(p, m), nil }
