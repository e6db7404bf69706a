package read

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// goldenStream is all that the examples render to, as one stream.
func goldenStream(b testing.TB) (stream []byte, documents int) {
	var all bytes.Buffer
	for _, name := range manifests(b) {
		if !strings.Contains(name, "/golden/") || !strings.HasSuffix(name, ".yaml") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(data)
		all.WriteString("---\n")
	}
	for range (&Piece{Data: all.Bytes()}).chunks() {
		documents++
	}
	return all.Bytes(), documents
}

// BenchmarkDocuments reads all that the examples render to; YAMLParser is the
// parser of the slow way alone.
func BenchmarkDocuments(b *testing.B) {
	stream, documents := goldenStream(b)
	source := &tree.Source{Name: "golden.yaml"}
	for _, bench := range []struct {
		name string
		read func()
	}{
		{"Plain", func() { Documents(source, stream, &report.Sink{}, func(*tree.Node) {}) }},
		{"Given up", func() {
			for c := range (&Piece{Data: stream}).chunks() {
				readForeignYAML(&text{source: source, data: c.document, ids: manifestIDs}, &report.Sink{})
			}
		}},
		{"YAMLParser", func() {
			for c := range (&Piece{Data: stream}).chunks() {
				_ = yaml.Unmarshal(c.document, &yaml.Node{})
			}
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(stream)))
			for b.Loop() {
				bench.read()
			}
			b.ReportMetric(float64(documents*b.N)/b.Elapsed().Seconds(), "documents/s")
		})
	}
}
