package read

import (
	"bytes"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// MaxDocumentSize is the most bytes that one of several documents may have.
const MaxDocumentSize = 256 << 20

// Documents reads the manifests in data, a stream of YAML or JSON documents, as
// kubectl hands them to the API server, and calls each with every document in
// turn. One that cannot be read gives findings in sink, and the rest go on. Of a key
// that stands twice the last counts, as for kubectl, and it is a finding. Documents
// without content are passed over.
//
// Scalars are those of YAML 1.1, as sigs.k8s.io/yaml resolves them; numbers and
// keys stand in the tree as they do in the JSON that the server gets.
func Documents(source *tree.Source, data []byte, sink *report.Sink, each func(*tree.Node)) {
	p := Piece{Data: data}
	p.Documents(source, sink, each)
}

// Documents reads the manifests in a piece of a stream as the function does.
func (p *Piece) Documents(source *tree.Source, sink *report.Sink, each func(*tree.Node)) {
	d := documents{source: source, sink: sink, each: each, plain: newPlainReader(source, true)}
	if refuseUTF16(&text{source: source, ids: manifestIDs}, p.Data, sink) {
		return
	}
	for c := range p.chunks() {
		if !d.refuseSeparator(c) {
			d.read(&text{source: source, data: c.document, above: c.above, ids: manifestIDs})
		}
	}
}

// documents reads the documents of one stream.
type documents struct {
	source *tree.Source
	sink   *report.Sink
	each   func(*tree.Node)
	plain  plainReader
}

// refuseSeparator reports content on the line of "---", where kubectl takes none.
// What follows up to the next is part of the mistake.
func (d *documents) refuseSeparator(c chunk) bool {
	if len(c.separator) == 0 {
		return false
	}
	content := bytes.TrimSpace(c.separator[len(separator):])
	if len(content) == 0 || content[0] == '#' {
		return false
	}
	t := text{source: d.source, data: c.separator}
	pos := t.pos(len(separator) + bytes.Index(c.separator[len(separator):], content))
	pos.Line = c.above
	d.sink.ErrorAt(pos, manifestIDs.syntax, nil, "kubectl takes nothing but a comment after --- in its line").
		Fix = "begin the document in the next line"
	return true
}

// read reads what stands between two separators: a YAML document, or JSON values.
func (d *documents) read(t *text) {
	if len(t.data) > MaxDocumentSize {
		d.sink.ErrorAt(t.inFile(tree.Pos{Source: t.source, Line: 1, Col: 1}), t.ids.file, nil, "the document is larger than 256 MiB and was not read")
		return
	}
	t.data = bytes.TrimPrefix(t.data, []byte("\ufeff"))
	start := bytes.TrimLeft(t.data, " \r\n")
	if len(start) == 0 {
		return
	}
	isJSON := start[0] == '{'
	if !isJSON {
		if n, ok := d.plain.document(string(t.data), t.above); ok {
			d.take(n)
			return
		}
	}
	before := len(d.sink.Findings)
	switch {
	case !t.isText(d.sink):
	case isJSON:
		d.readJSON(t)
	default:
		d.take(readForeignYAML(t, d.sink))
	}
	if found := d.sink.Findings[before:]; len(found) > 0 && found[0].Fix == "" && bytes.Contains(t.data, []byte("{{")) {
		found[0].Fix = "render it first, if this is a template: helm template"
	}
}

// take hands on a document, unless there is nothing in it.
func (d *documents) take(n *tree.Node) {
	if n != nil && n.Kind != tree.Null {
		d.each(n)
	}
}
