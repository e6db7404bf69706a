package validate

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/workers"
)

// inputReader reads one input and judges what is in it, several pieces of a large
// one at a time. What comes of it does not depend on how many.
type inputReader struct {
	judge   *Judge
	strict  bool
	keep    func(*tree.Node) any
	customs bool
	workers int
	in      *Input
	out     *outcome

	source *tree.Source
	mutex  sync.Mutex
	pieces *read.Pieces
	isOver bool
	parts  []*part // in the order of the pieces, from the first that is not done
	kept   []*read.Piece
}

// part is one piece of an input.
type part struct {
	reading
	piece  *read.Piece
	isDone bool
}

func (r *inputReader) read() {
	var err error
	if r.pieces, err = r.in.open(); err != nil {
		r.out.err = err
		return
	}
	defer r.pieces.Close()
	r.source = &tree.Source{Name: r.in.Name, Dir: filepath.Dir(r.in.File)}
	workers.Each(min(r.workers, r.pieces.AtMost()), r.workers, func(int, int) {
		for p := r.next(); p != nil; p = r.next() {
			p.read(p.piece, r.source, r.in.File)
			r.done(p)
		}
	})
	r.out.isEmpty = r.out.err == nil && r.out.documents+len(r.out.unread.Findings) == 0
	if r.in.Stream != nil {
		r.in.Stream, r.in.Held = nil, r.kept
	}
}

// open opens the input. A stream can be read once.
func (in *Input) open() (*read.Pieces, error) {
	switch {
	case in.File != "":
		return read.ManifestFile(in.File)
	case in.Stream != nil:
		return in.Stream, nil
	}
	return read.Held(in.Held), nil
}

// next is the next piece to read, nil at the end.
func (r *inputReader) next() *part {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.isOver {
		return nil
	}
	piece, err := r.pieces.Next()
	if err != nil {
		r.isOver = true
		if !errors.Is(err, io.EOF) {
			r.out.err = fmt.Errorf("%s: %w", r.in.Name, err)
		}
		return nil
	}
	p := &part{reading: reading{judge: r.judge, strict: r.strict, keep: r.keep, customs: r.customs}, piece: piece}
	r.parts = append(r.parts, p)
	return p
}

// done takes what came of a piece, and of those after it that are done already.
func (r *inputReader) done(p *part) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	p.isDone = true
	for len(r.parts) > 0 && r.parts[0].isDone {
		first := r.parts[0]
		r.parts = r.parts[1:]
		r.out.take(&first.out)
		if r.in.Stream != nil && first.out.hasCustom {
			r.kept = append(r.kept, first.piece) // it will be read again
		}
	}
}

// take adds what came of a piece.
func (o *outcome) take(part *outcome) {
	o.unread.Take(&part.unread)
	o.judged.Take(&part.judged)
	o.findings = append(o.findings, part.findings...)
	o.objects = append(o.objects, part.objects...)
	o.claims = append(o.claims, part.claims...)
	o.crds = append(o.crds, part.crds...)
	o.kept = append(o.kept, part.kept...)
	o.hasCustom = o.hasCustom || part.hasCustom
	o.documents += part.documents
	o.skipped += part.skipped
}
