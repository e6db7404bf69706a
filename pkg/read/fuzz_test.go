package read

import (
	"bytes"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// seeds are shared by the fuzz targets: each reader gets the files of the others
// too.
var seeds = []string{
	webCUE, webYAML, `{"image": "web:1", "ports": {"http": 8080}, "args": [1.5, null, true]}`,
	"", "\ufeff", "\xff\xfe", "a: \x00", "a: \xe9", "a: &a [*a]\n", "a: &a {b: 1}\nc: {<<: [*a, {b: 2}]}\n",
	"a: 1\n---\nb: 2\n", "a: 1\na: 2\n", "a:\n\tb: 1\n", "a: \"x\ny: 1\n", "a: |\n x\n  y\n", "? [a]\n: b\n", "!!binary x: !foo y\n",
	"a: x\u2028b: [\n", "%YAML 1.1\n%TAG ! x\n--- !y\n", "a: *b\n", "a: [1, {b: 0644}]\r\n", "~: .inf\n", "? ab", "- a\n- b: c\n d\n",
	"{\"a\": 1,}", "{\"a\": // x\n 1}", "[1 2", "{\"a\": \"\\u12\"}", "{'a': 1}", "{\"a\":1}{}",
	"package x\nimport \"kgen.dev/schema\"\nservices: web: schema.#Service & {a: 1}\n", "a: b: 1\na: c: 0x1\n", "let x = 1\na: x\n",
	"a: \"\\(b)\"\nb: *1 | int\n", "#D: {x!: int}\na: #D & {y: 1}\n", "a: '''\n\tx\n\t'''\n", "a: [1, ...]\n", "if true {a: 1}\n", "a: {b: 1\n",
	"@extern(embed)\npackage x\n", "web-1: 2\n", "a: -1.5Ki\n", "a: #\"\\#(b)\"#\n", "[string]: int\n", "a: 1 @x(y)\n", "\"\"\"\r", "a~b: 1\n",
}

// checkReading demands what holds for any file: a tree or an error and never
// both, and a place in the file for each finding that is not about the file.
func checkReading(t *testing.T, data []byte, read func(*tree.Source, []byte, *report.Sink) *tree.Node) {
	t.Helper()
	var sink report.Sink
	source := &tree.Source{Name: "f", Dir: "."}
	n := read(source, bytes.Clone(data), &sink)
	if (n == nil) != report.HasErrors(sink.Findings) {
		t.Fatalf("%q is read to %s with %d findings", data, dump(n), len(sink.Findings))
	}
	last := int32(bytes.Count(data, []byte{'\n'}) + 1)
	for _, f := range sink.Findings {
		isWhole := f.ID == "schema/file" && f.Pos == tree.Pos{Source: source}
		if f.Pos.Source != source || !isWhole && (f.Pos.Line < 1 || f.Pos.Line > last || f.Pos.Col < 1) {
			t.Errorf("%q: %s is at no place in the file", data, lines(sink.Findings))
		}
		if f.Message == "" || strings.ContainsAny(f.Message, "\n\r") {
			t.Errorf("%q: the message is not one line: %q", data, f.Message)
		}
	}
	checkPlaces(t, data, n, last)
}

func checkPlaces(t *testing.T, data []byte, n *tree.Node, last int32) {
	if n == nil {
		return
	}
	if n.Pos.Line < 1 || n.Pos.Line > last || n.Pos.Col < 1 {
		t.Errorf("%q: %s is at %v", data, dump(n), n.Pos)
	}
	keys := map[string]bool{}
	for _, f := range n.Fields {
		if n.Kind == tree.Map && (keys[f.Key] || f.KeyPos.Line < 1) {
			t.Errorf("%q: the key %q is at %v, or there twice", data, f.Key, f.KeyPos)
		}
		keys[f.Key] = true
		checkPlaces(t, data, f.Value, last)
	}
}

func FuzzYAML(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkReading(t, data, YAML) })
}

func FuzzJSON(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkReading(t, data, JSON) })
}

func FuzzCUE(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 2000 || bytes.Contains(data, []byte("for")) || bytes.Contains(data, []byte("import")) {
			t.Skip("evaluation may take for ever")
		}
		checkReading(t, data, new(CUE).Read)
	})
}
