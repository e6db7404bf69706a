package edit

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// fileOf is a file with a content, by its extension.
func fileOf(ext, data string) *File {
	source := &tree.Source{Name: "web." + ext, Dir: "."}
	return &File{Source: source, Data: []byte(data), Read: func(data []byte) (*tree.Node, []report.Finding) {
		sink := &report.Sink{Source: source}
		switch ext {
		case "cue":
			return (&read.CUE{}).Read(source, data, sink), sink.Findings
		case "json":
			return read.JSON(source, data, sink), sink.Findings
		}
		return read.YAML(source, data, sink), sink.Findings
	}}
}

func text(s string) *tree.Node   { return &tree.Node{Kind: tree.String, Text: s} }
func number(s string) *tree.Node { return &tree.Node{Kind: tree.Int, Text: s} }

// pathOf is a path of keys, between slashes.
func pathOf(s string) (at tree.Path) {
	for key := range strings.SplitSeq(s, "/") {
		at = append(at, key)
	}
	return at
}

func TestApply(t *testing.T) {
	for _, tt := range []struct {
		name, ext, at string
		value         *tree.Node
		before, want  string // want is a part of the refusal where it begins with !
	}{
		{"a scalar", "cue", "a", text("y"), "// h\na: \"x\" // c\n", "// h\na: \"y\" // c\n"},
		{"no final line break", "cue", "a", number("2"), "a: 1", "a: 2"},
		{"a line in CRLF", "cue", "b", number("2"), "a: 1\r\n", "a: 1\r\nb: 2\r\n"},
		{"a line without final line break", "cue", "b", number("2"), "a: 1", "a: 1\nb: 2"},
		{"below a chain", "cue", "a/b/d", number("2"), "a: b: c: 1\ne: 2\n", "a: b: c: 1\na: b: d: 2\ne: 2\n"},
		{"in one line", "cue", "m/c", number("3"), "m: {a: 1, b: 2} // c\n", "m: {a: 1, b: 2, c: 3} // c\n"},
		{"in braces with nothing", "cue", "m/c", number("3"), "m: {}\n", "m: {c: 3}\n"},
		{"in braces with a comment", "cue", "m/c", number("3"), "m: {\n\t// none\n}\n", "m: {\n\tc: 3\n\t// none\n}\n"},
		{"before the environments", "cue", "b", number("3"), "a: 1\n\nenvironments: dev: a: 2\n", "a: 1\nb: 3\n\nenvironments: dev: a: 2\n"},
		{"aligned", "cue", "m/c", number("3"), "m: {\n\taa:   1\n\tbbbb: 2\n}\n", "m: {\n\taa:   1\n\tbbbb: 2\n\tc:    3\n}\n"},
		{"not aligned", "cue", "m/cccccc", number("3"), "m: {\n\taa: 1\n\tbbbb: 2\n}\n", "m: {\n\taa: 1\n\tbbbb: 2\n\tcccccc: 3\n}\n"},
		{"with commas", "cue", "m/c", number("3"), "m: {\n\ta: 1,\n\tb: 2,\n}\n", "m: {\n\ta: 1,\n\tb: 2,\n\tc: 3,\n}\n"},
		{"quoted labels", "cue", "m/c", number("3"), "m: {\"a\": 1}\n", "m: {\"a\": 1, \"c\": 3}\n"},
		{"a label that needs quotes", "cue", "m/a.b~1c", number("3"), "m: a: 1\n", "m: a: 1\nm: \"a.b~1c\": 3\n"},
		{"a conjunction", "cue", "m/a", number("3"), "#D: a: int\nm: #D & {a: 1}\n", "#D: a: int\nm: #D & {a: 3}\n"},
		{"into a conjunction", "cue", "m/b", number("3"), "#D: {a: int, b?: int}\nm: #D & {\n\ta: 1\n}\n", "#D: {a: int, b?: int}\nm: #D & {\n\ta: 1\n\tb: 3\n}\n"},
		{"several fields of a name", "cue", "m/b", number("3"), "m: {a: 1}\nm: {b: 2}\n", "m: {a: 1}\nm: {b: 3}\n"},
		{"the same value twice", "cue", "m/b", number("3"), "m: b: 2\nm: b: 2\n", "m: b: 3\nm: b: 3\n"},
		{"a reference", "cue", "a", text("2"), "_t: {web: \"1\"}\na: _t.web\n", "_t: {web: \"2\"}\na: _t.web\n"},
		{"a shared reference", "cue", "a", text("2"), "_t: \"1\"\na: _t\nb: _t\n", "!shared: with it would change b at web.cue:3:4"},
		{"a reference to a reference", "cue", "a", text("2"), "_t: _u\n_u: \"1\"\na: _t\n", "!refers to _t, which is no plain value"},
		{"an interpolation", "cue", "a", text("r:2"), "let r = \"r\"\nlet t = \"1\"\na: \"\\(r):\\(t)\"\n", "let r = \"r\"\nlet t = \"2\"\na: \"\\(r):\\(t)\"\n"},
		{"an expression", "cue", "a", number("3"), "a: 1 + 1\n", "!web.cue:1:4: a is computed"},
		{"a comprehension", "cue", "a", number("2"), "for k in [\"a\"] {(k): 1}\n", "!a is computed"},
		{"a list", "cue", "a", &tree.Node{Kind: tree.List, Fields: []tree.Field{{Value: text("x")}}}, "a: [\n\t\"y\",\n]\n", "a: [\"x\"]\n"},
		{"comments inside", "cue", "m", text("x"), "m: {\n\ta: 1 // c\n}\n", "!comments in the value"},
		{"taken out", "cue", "m/b", nil, "m: {\n\ta: 1\n\tb: 2 // c\n}\n", "m: {\n\ta: 1\n}\n"},
		{"taken out of a line", "cue", "m/a", nil, "m: {a: 1, b: 2}\n", "m: {b: 2}\n"},
		{"the last of a line taken out", "cue", "m/b", nil, "m: {a: 1, b: 2}\n", "m: {a: 1}\n"},
		{"a chain taken out", "cue", "m", nil, "m: a: b: 1\nn: 1\n", "n: 1\n"},

		{"JSON", "json", "a", text("é\""), "{\n  \"a\": \"x\"\n}\n", "{\n  \"a\": \"é\\\"\"\n}\n"},
		{"a line of JSON", "json", "b/c", number("2"), "{\n    \"a\": 1\n}\n", "{\n    \"a\": 1,\n    \"b\": {\n        \"c\": 2\n    }\n}\n"},
		{"compact JSON", "json", "b/c", number("2"), `{"a":1}`, `{"a":1,"b":{"c":2}}`},
		{"no JSON", "json", "b", number("2"), "{}\n", "{\"b\": 2}\n"},
		{"taken out of JSON", "json", "b", nil, "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "{\n  \"a\": 1\n}\n"},
		{"the first taken out of JSON", "json", "a", nil, "{\n  \"a\": 1,\n  \"b\": 2\n}\n", "{\n  \"b\": 2\n}\n"},

		{"beside two halves of a character", "json", "b", number("2"), `{"a":"\ud83d\ude00\/","b":1}`, `{"a":"\ud83d\ude00\/","b":2}`},

		{"plain", "yaml", "a", text("w"), "# h\na: x  # c\n", "# h\na: w  # c\n"},
		{"needs quotes", "yaml", "a", text("on"), "a: x\n", "a: \"on\"\n"},
		{"keeps quotes", "yaml", "a", text("it's"), "a: 'x'\n", "a: 'it''s'\n"},
		{"in braces", "yaml", "m/a", text("x,y"), "m: {a: x, b: 1}\n", "m: {a: \"x,y\", b: 1}\n"},
		{"YAML line in CRLF", "yaml", "b", number("2"), "a: 1\r\n", "a: 1\r\nb: 2\r\n"},
		{"YAML without final line break", "yaml", "b", number("2"), "a: 1", "a: 1\nb: 2"},
		{"four columns", "yaml", "m/q/o", number("2"), "m:\n    a: 1\n    # tail\nx: 1\n", "m:\n    a: 1\n    q:\n        o: 2\n    # tail\nx: 1\n"},
		{"YAML before the environments", "yaml", "b", number("2"), "a: 1\nenvironments:\n  dev: {a: 2}\n", "a: 1\nb: 2\nenvironments:\n  dev: {a: 2}\n"},
		{"below nothing", "yaml", "m/a", number("2"), "m: # c\nx: 1\n", "m: # c\n  a: 2\nx: 1\n"},
		{"quotes of the others", "yaml", "m/c", text("z"), "m:\n  a: \"x\"\n  b: \"y\"\n", "m:\n  a: \"x\"\n  b: \"y\"\n  c: \"z\"\n"},
		{"after a block of text", "yaml", "m/c", text("z"), "m:\n  a: |\n    x\n\n    y\n\nn: 1\n", "m:\n  a: |\n    x\n\n    y\n  c: z\n\nn: 1\n"},
		{"a block of text", "yaml", "a", text("z"), "a: |\n  x\n  y\nb: 1\n", "a: z\nb: 1\n"},
		{"several lines", "yaml", "a", text("z"), "a: x\n  y\nb: 1\n", "a: z\nb: 1\n"},
		{"quotes in several lines", "yaml", "a", text("z"), "a: \"x\n  y\"\nb: 1\n", "a: \"z\"\nb: 1\n"},
		{"a list in lines", "yaml", "a", &tree.Node{Kind: tree.List, Fields: []tree.Field{{Value: text("x")}, {Value: text("y z")}}}, "a:\n- \"k\"\nb: 1\n", "a:\n- \"x\"\n- \"y z\"\nb: 1\n"},
		{"a map by a scalar", "yaml", "m", text("x"), "m:\n  a: 1\nb: 1\n", "m: x\nb: 1\n"},
		{"an alias", "yaml", "b", text("y"), "a: &x x\nb: *x\n", "!web.yaml:2:4: b is the alias of a value that is shared, in line 1"},
		{"an anchor", "yaml", "a", text("y"), "a: &x x\nb: *x\n", "!web.yaml:1:4: a is shared: line 2 has an alias of it"},
		{"over a merge", "yaml", "b/k", text("w"), "a: &x {k: x}\nb:\n  <<: *x\n  l: 1\n", "a: &x {k: x}\nb:\n  <<: *x\n  l: 1\n  k: w\n"},
		{"into a merge", "yaml", "b/k/j", text("y"), "a: &x {k: {i: x}}\nb:\n  <<: *x\n  l: 1\n", "!would change b.k.i"},
		{"YAML comments inside", "yaml", "m", text("x"), "m:\n  a: 1 # c\n  b: 2\n", "!comments in the value"},
		{"taken out of YAML", "yaml", "m/b", nil, "m:\n  a: 1\n  b:\n    c: 2\nn: 1\n", "m:\n  a: 1\nn: 1\n"},
		{"taken out of braces", "yaml", "m/b", nil, "m: {a: 1, b: 2}\n", "m: {a: 1}\n"},
		{"a tag", "yaml", "a", text("y"), "a: !!str 1\n", "!has a tag"},
		{"a mark", "yaml", "a", text("w"), "\ufeff---\na: x\n", "\ufeff---\na: w\n"},
		{"a mark before a line", "cue", "b", text("y"), "\ufeffa: \"x\"\n", "\ufeffa: \"x\"\nb: \"y\"\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := fileOf(tt.ext, tt.before).Apply([]Change{{pathOf(tt.at), tt.value}})
			if part, isRefused := strings.CutPrefix(tt.want, "!"); isRefused {
				var refusal *Refusal
				if !errors.As(err, &refusal) || !strings.Contains(err.Error(), part) {
					t.Fatalf("got %v, want %s\n%s", err, part, got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
