package main

import (
	"bytes"
	"errors"
	"io"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// manifestReader reads the objects of manifests that are compared with others. What
// cannot be read gives findings.
type manifestReader struct {
	sink report.Sink
	take func(*lint.Object)
	// known, where it is set, takes a document that needs no reading, and says so.
	known func(text []byte) bool
}

// file reads the objects of a file.
func (r *manifestReader) file(name string) error {
	pieces, err := read.ManifestFile(name)
	if err != nil {
		return err
	}
	return r.stream(pieces, load.SourceOf(name))
}

// stream reads the objects of a stream to its end, and closes it.
func (r *manifestReader) stream(pieces *read.Pieces, source *tree.Source) error {
	defer pieces.Close()
	for {
		piece, err := pieces.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if r.known != nil {
			withoutKnown(piece.Data, r.known)
		}
		piece.Documents(source, &r.sink, r.document)
	}
}

// document takes the objects of a document.
func (r *manifestReader) document(document *tree.Node) {
	validate.Elements(document, func(n *tree.Node) {
		if n.At(tree.P("apiVersion")) != nil && n.At(tree.P("kind")) != nil {
			r.take(lint.FromNode(n, ""))
		}
	})
}

// withoutKnown makes documents that are known empty; the others stay in their lines.
func withoutKnown(data []byte, known func([]byte) bool) {
	for start := 0; start < len(data); {
		end := documentEnd(data, start)
		if text := data[start:end]; len(text) > 0 && known(text) {
			for i := range text {
				if text[i] != '\n' {
					text[i] = ' '
				}
			}
		}
		start = min(len(data), end+len("---\n"))
	}
}

// documentEnd is where the document that starts at a place ends: before a line that is
// ---, and nothing else.
func documentEnd(data []byte, start int) int {
	for at := start; ; {
		i := bytes.Index(data[at:], []byte("---\n"))
		if i < 0 {
			return len(data)
		}
		if at += i; at == start || data[at-1] == '\n' {
			return at
		}
		at += len("---\n")
	}
}
