package read

import (
	"bytes"
	"errors"
	"io"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// readForeignYAML reads one document; nil where there is none, or where it
// reported mistakes.
func readForeignYAML(t *text, sink *report.Sink) (n *tree.Node) {
	defer func() {
		if cause := recover(); cause != nil {
			sink.ErrorAt(t.place(0), t.ids.syntax, nil, "the YAML parser broke on this document")
			n = nil
		}
	}()
	if t.isCrowded() {
		sink.ErrorAt(t.place(0), t.ids.file, nil, "the document has more than 10,000,000 lines, dashes, colons, commas and brackets: split it")
		return nil
	}
	t.data = bytes.ReplaceAll(t.data, []byte("\r\n"), []byte{'\n'}) // so does kubectl
	if t.data[len(t.data)-1] != '\n' {                              // kubectl adds it, and block scalars end in it
		t.data = append(t.data, '\n')
	}
	document, more, err := parseForeign(t.data)
	if err != nil {
		foreignMistake(t, err, sink)
		return nil
	}
	if document == nil {
		return settle(t, &tree.Node{Pos: t.place(0)}, sink)
	}
	r := newYAMLReader(t, sink)
	r.foreign = true
	if more != nil {
		r.errorf(r.pos(more), t.ids.syntax, "kubectl reads no further than the document above, which ends before this line")
		return nil
	}
	// Of keys that are one in JSON, that reader takes either.
	if n = r.root(document); n != nil && r.repeated == 0 {
		n = settle(t, n, sink)
	}
	return n
}

// foreignMistake reports why a document does not parse.
func foreignMistake(t *text, err error, sink *report.Sink) {
	offset := 0
	for line := range bytes.Lines(t.data) {
		if line[0] == '%' {
			sink.ErrorAt(t.place(offset), t.ids.syntax, nil, "kubectl takes no directives such as %%YAML").Fix = "remove the line"
			return
		}
		offset += len(line)
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			break
		}
	}
	pos, id, message := yamlMistake(t, err)
	sink.ErrorAt(t.inFile(pos), id, nil, "%s", message)
}

// isCrowded reports whether a document may hold more than maxNodes values; most of
// them take a byte or two, and hundreds in memory.
func (t *text) isCrowded() bool {
	count := 0
	for _, sign := range "\n-:,[{" {
		count += bytes.Count(t.data, []byte(string(sign)))
	}
	return count > maxNodes
}

// parseForeign parses the document that kubectl reads, nil where there is none,
// and what stands below it.
func parseForeign(data []byte) (document, more *yaml.Node, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	for err == nil && more == nil {
		d := &yaml.Node{}
		if err = decoder.Decode(d); err != nil {
			break
		}
		switch {
		case document == nil:
			document = d
		case !isNothing(d):
			more = d
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return document, more, err
}
