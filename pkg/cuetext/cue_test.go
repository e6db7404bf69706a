package cuetext

import (
	"testing"

	"cuelang.org/go/cue/format"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const sample = `
name: web
image: {registry: ghcr.io, tag: "1.10"}
"a b": -1.5e3
ports: {http: {containerPort: 8080}, grpc: {containerPort: 9}}
args: ["--x", "--y"]
empty: {}
none: []
deep: {of: {one: {chain: true}}}
text: "one\n\ttwo\n"
nested: {list: [{a: 1, b: "x\ny\n"}, {c: 2}]}
"_hidden": 1
"#d": "\u0001\"\\(x)"
`

func TestFile(t *testing.T) {
	const want = `name: "web"
image: {
	registry: "ghcr.io"
	tag:      "1.10"
}
"a b": -1.5e+3
`
	n := readYAML(t, sample)
	got, err := File(n)
	if err != nil {
		t.Fatal(err)
	}
	if string(got[:len(want)]) != want {
		t.Errorf("got\n%s", got)
	}
	again(t, n, got)
}

func readYAML(t *testing.T, text string) *tree.Node {
	t.Helper()
	sink := &report.Sink{}
	n := read.YAML(&tree.Source{Name: "x.yaml"}, []byte(text), sink)
	if n == nil {
		t.Skip(sink.Findings)
	}
	return n
}

// again demands that CUE reads what was written as n, and that it is formatted.
func again(t *testing.T, n *tree.Node, written []byte) {
	t.Helper()
	sink := &report.Sink{}
	back := (&read.CUE{}).Read(&tree.Source{Name: "x.cue", Dir: "."}, written, sink)
	if back == nil {
		t.Fatalf("%v in\n%s", sink.Findings, written)
	}
	if want, got := string(n.AppendJSON(nil)), string(back.AppendJSON(nil)); want != got {
		t.Fatalf("%s\nbecame\n%s\nand then\n%s", want, written, got)
	}
	formatted, err := format.Source(written)
	if err != nil || string(formatted) != string(written) {
		t.Fatalf("not formatted: %v\n%s\nbut\n%s", err, written, formatted)
	}
}

func FuzzFile(f *testing.F) {
	f.Add(sample)
	f.Add("a: \"\\\"\\\"\\\"\\n#\\r\\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		n := readYAML(t, text)
		if n.Kind != tree.Map || len(n.Fields) == 0 || !isFinite(n) {
			t.Skip()
		}
		written, err := File(n)
		if err != nil {
			t.Fatal(err)
		}
		again(t, n, written)
	})
}

// isFinite reports whether CUE has a literal for every number, and JSON a key once.
func isFinite(n *tree.Node) bool {
	if n.Kind == tree.Float || n.Kind == tree.Int {
		_, ok := n.Decimal()
		return ok
	}
	for i := range n.Fields {
		if !isFinite(n.Fields[i].Value) {
			return false
		}
	}
	return true
}
