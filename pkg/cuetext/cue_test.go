package cuetext

import (
	"strings"
	"testing"

	"cuelang.org/go/cue/format"
	"github.com/google/go-cmp/cmp"

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
	n := readYAML(t, sample)
	got, err := File(n)
	if err != nil {
		t.Fatal(err)
	}
	again(t, n, got)
}

// TestLines says what stands in one line and what in several.
func TestLines(t *testing.T) {
	for _, c := range []struct{ name, yaml, want string }{
		{"few values", "image: {registry: ghcr.io, tag: '1.10'}", `image: {registry: "ghcr.io", tag: "1.10"}`},
		{"a number", "'a b': -1.5e3", `"a b": -1.5e+3`},
		{"a chain", "deep: {of: {one: {chain: true}}}", "deep: of: one: chain: true"},
		{"chains", "probes: {readiness: {httpGet: {path: /}}, liveness: {httpGet: {path: /}}}",
			`probes: {readiness: httpGet: path: "/", liveness: httpGet: path: "/"}`},
		{"a chain to several", "resources: {requests: {cpu: 1, memory: 1Gi}}", `resources: requests: {cpu: 1, memory: "1Gi"}`},
		{"many values", "a: {b: 1, c: 2, d: 3, e: 4, f: 5}", "a: {\n\tb: 1\n\tc: 2\n\td: 3\n\te: 4\n\tf: 5\n}"},
		{"structs in a struct", "w: {a: {b: 1, c: 2}, d: {e: {f: 1, g: 2}}}", "w: {\n\ta: {b: 1, c: 2}\n\td: e: {f: 1, g: 2}\n}"},
		{"lines of text", "a: {b: {c: \"x\\ny\"}, d: 1}", "a: {\n\tb: c: \"\"\"\n\t\tx\n\t\ty\n\t\t\"\"\"\n\td: 1\n}"},
		{"words", "args: [a, b]\nnone: []", "args: [\"a\", \"b\"]\nnone: []"},
		{"many words", "args: [" + strings.Repeat("thirty-characters-are-a-lot-now, ", 3) + "]",
			"args: [\n" + strings.Repeat("\t\"thirty-characters-are-a-lot-now\",\n", 3) + "]"},
		{"short structs", "rules: [{groups: [''], resources: [pods, deployments], verbs: [get, list]}, {resources: [services], verbs: [get]}]",
			"rules: [\n\t{groups: [\"\"], resources: [\"pods\", \"deployments\"], verbs: [\"get\", \"list\"]},\n\t{resources: [\"services\"], verbs: [\"get\"]},\n]"},
		{"a long struct", "l: [{a: 1, b: 2, c: 3, d: 4, e: 5}, {a: 1}]", "l: [{\n\ta: 1\n\tb: 2\n\tc: 3\n\td: 4\n\te: 5\n}, {a: 1}]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := readYAML(t, c.yaml)
			got, err := File(n)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want+"\n", string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			again(t, n, got)
		})
	}
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
