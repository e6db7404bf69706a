package read

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const (
	// MaxManifestsSize is the most bytes that a stream of manifests may have, all
	// documents together.
	MaxManifestsSize = 1 << 30
	// pieceSize is how many bytes of a stream are read at once.
	pieceSize = 256 << 10
)

// Piece is a part of a stream, of whole documents.
type Piece struct {
	Data  []byte
	above int32 // lines of the stream above it
}

// Pieces reads a stream of manifests piece by piece, for it may be larger than
// memory should be.
type Pieces struct {
	in    io.ReadCloser
	size  int64 // of the stream, where it is known
	taken int64
	lines int32
	rest  []byte // of the next piece, what was read with the last
	isEnd bool
	held  []*Piece // to be handed out first
}

// ManifestFile opens a file of manifests, which has to be regular, and of no more
// than MaxManifestsSize bytes.
func ManifestFile(name string) (*Pieces, error) {
	f, size, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	if size > MaxManifestsSize {
		return nil, errors.Join(&fs.PathError{Op: "read", Path: name, Err: errTooLarge}, f.Close())
	}
	return &Pieces{in: f, size: size}, nil
}

// NewPieces is what r gives; after MaxManifestsSize bytes that is an error.
func NewPieces(r io.ReadCloser) *Pieces { return &Pieces{in: r, size: MaxManifestsSize} }

// Held is a stream of pieces in memory.
func Held(pieces []*Piece) *Pieces { return &Pieces{held: pieces} }

// Close ends the reading.
func (p *Pieces) Close() error {
	if p.in == nil {
		return nil
	}
	return p.in.Close()
}

// AtMost is a number of pieces that there are not more of, unless a file grows.
func (p *Pieces) AtMost() int { return len(p.held) + int(p.size/pieceSize) + 1 }

// Documents reads all documents to the end, and closes the stream.
func (p *Pieces) Documents(source *tree.Source, sink *report.Sink, each func(*tree.Node)) error {
	defer p.Close()
	for {
		piece, err := p.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		piece.Documents(source, sink, each)
	}
}

// First is the first piece, of which Next will tell again, and whether it is the
// whole stream.
func (p *Pieces) First() (first *Piece, isAll bool, err error) {
	first, err = p.Next()
	if errors.Is(err, io.EOF) {
		return &Piece{}, true, nil
	}
	p.held = append(p.held, first)
	return first, p.isEnd, err
}

// Hold reads all that is left, to be kept in memory.
func (p *Pieces) Hold() (held []*Piece, err error) {
	for {
		piece, err := p.Next()
		if errors.Is(err, io.EOF) {
			return held, nil
		}
		if err != nil {
			return nil, err
		}
		held = append(held, piece)
	}
}

// Next reads the next piece. The error is io.EOF when there is none.
func (p *Pieces) Next() (*Piece, error) {
	if len(p.held) > 0 {
		next := p.held[0]
		p.held = p.held[1:]
		return next, nil
	}
	if p.in == nil {
		return nil, io.EOF
	}
	data, err := p.read()
	if err != nil {
		return nil, err
	}
	piece := &Piece{Data: data, above: p.lines}
	p.lines += int32(bytes.Count(data, []byte{'\n'}))
	return piece, nil
}

// read reads on until it has whole documents.
func (p *Pieces) read() ([]byte, error) {
	left := p.size - p.taken + 1 // with room to see the end
	data := make([]byte, len(p.rest), int64(len(p.rest))+max(1, min(left, pieceSize)))
	copy(data, p.rest)
	p.rest = nil
	for !p.isEnd {
		if len(data) == cap(data) {
			if i := bytes.LastIndex(data, []byte("\n"+separator)); i >= 0 {
				p.rest = data[i+1:]
				return data[: i+1 : i+1], nil
			}
			more := min(int64(cap(data)), max(pieceSize, p.size-p.taken+1))
			data = append(make([]byte, 0, int64(cap(data))+more), data...)
		}
		n, err := p.in.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		p.taken += int64(n)
		switch {
		case p.taken > MaxManifestsSize:
			return nil, errTooLarge
		case err == io.EOF:
			p.isEnd = true
		case err != nil:
			return nil, err
		}
	}
	if len(data) == 0 {
		return nil, io.EOF
	}
	return data, nil
}

// openRegular opens a file that is no directory, pipe or device.
func openRegular(name string) (f *os.File, size int64, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, &fs.PathError{Op: "read", Path: name, Err: errNotRegular}
	}
	f, err = os.Open(name)
	return f, info.Size(), err
}
