package read

import (
	"bytes"
	"iter"
)

// separator begins the line between two documents.
const separator = "---"

// chunk is a document of a stream, with the line that separates it from the one
// before.
type chunk struct {
	separator []byte // empty above the first
	document  []byte
	above     int32 // lines above the document
}

// chunks takes a piece apart as kubectl does the stream: a line that begins with
// --- ends a document, whatever it may mean to YAML.
func (p *Piece) chunks() iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		stream, lines := p.Data, p.above
		take := func(n int) []byte {
			taken := stream[:n:n]
			stream = stream[n:]
			lines += int32(bytes.Count(taken, []byte{'\n'}))
			return taken
		}
		for len(stream) > 0 {
			var c chunk
			if bytes.HasPrefix(stream, []byte(separator)) {
				c.separator = take(lineEnd(stream))
			}
			c.above = lines
			c.document = take(documentEnd(stream))
			if !yield(c) {
				return
			}
		}
	}
}

// lineEnd is the offset at which the second line starts.
func lineEnd(data []byte) int {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1
	}
	return len(data)
}

// documentEnd is the offset of the next separator.
func documentEnd(data []byte) int {
	if bytes.HasPrefix(data, []byte(separator)) {
		return 0
	}
	if i := bytes.Index(data, []byte("\n"+separator)); i >= 0 {
		return i + 1
	}
	return len(data)
}
