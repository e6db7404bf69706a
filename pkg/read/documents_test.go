package read

import (
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// readDocuments reads a stream and dumps its documents, each with its place.
func readDocuments(name, stream string) (dumped, findings []string) {
	var sink report.Sink
	Documents(&tree.Source{Name: name}, []byte(stream), &sink, func(n *tree.Node) {
		dumped = append(dumped, strings.TrimPrefix(n.Pos.String(), name+":")+" "+dump(n))
	})
	return dumped, lines(sink.Findings)
}

func TestDocuments(t *testing.T) {
	for _, c := range []struct {
		name, stream   string
		want, findings []string
	}{
		{"one", "a: 1\n", []string{"1:1 {a: 1}"}, nil},
		{"three", "a: 1\n---\nb: 2\n---\nc: 3", []string{"1:1 {a: 1}", "3:1 {b: 2}", "5:1 {c: 3}"}, nil},
		{"first separator", "---\na: 1\n", []string{"2:1 {a: 1}"}, nil},
		{"nothing between", "---\n---\n# x\n---\n\n--- # y\na: 1\n---\n", []string{"7:1 {a: 1}"}, nil},
		{"null", "null\n---\n~\n---\na: 1\n", []string{"5:1 {a: 1}"}, nil},
		{"Windows", "a: 1\r\n---\r\nb: 1\r\n", []string{"1:1 {a: 1}", "3:1 {b: 1}"}, nil},
		{"byte order marks", "\ufeffa: 1\n---\n\ufeffb: 1\n", []string{"1:1 {a: 1}", "3:1 {b: 1}"}, nil},
		{"no line end after a block", "a: |\n  x", []string{`1:1 {a: "x\n"}`}, nil},
		{"content", "a: 1\n--- b: 2\nc: 3\n---\nd: 4\n", []string{"1:1 {a: 1}", "5:1 {d: 4}"},
			[]string{"f.yaml:2:5: api/decode: kubectl takes nothing but a comment after --- in its line"}},
		{"four dashes", "----\na: 1\n", nil, []string{"f.yaml:1:4: api/decode: kubectl takes nothing but a comment after --- in its line"}},
		{"one broken", "a: 1\n---\nb: \"\n---\nc: 1\n", []string{"1:1 {a: 1}", "5:1 {c: 1}"},
			[]string{"f.yaml:3:4: api/decode: a quote opened here is not closed"}},
		{"words", "[y, Y, yes, Off, 'on', 0444, 1_000, 0x1F, 1e3, 3.0, 0.10, 2020-01-01, 18446744073709551615, 123456789012345678901234567890]",
			[]string{`1:1 [true, true, true, false, "on", 292, 1000, 31, 1000, 3, float 0.1, "2020-01-01", 18446744073709552000, float 1.2345678901234568e+29]`}, nil},
		{"keys", "on: 1\n1.10: 2\n0x10: 3\nx: 4\n", []string{`1:1 {true: 1, 1.1: 2, 16: 3, x: 4}`}, nil},
		{"a key that is no string", "? a\n: b\n", []string{`1:1 {a: "b"}`}, nil},
		{"tags", "a: !!str 1\nb: !!int '2'\nc: !!float 3\nd: !!binary aGk=\ne: !x yes\nf: ! yes\ng: !!null ''\nh: !!bool yes\n",
			[]string{`1:1 {a: "1", b: 2, c: 3, d: "hi", e: "yes", f: "yes", g: null, h: true}`}, nil},
		{"merges", "a: &a {x: 1, w: 2}\nb: {<<: *a, x: 3}\nc: {x: 3, <<: *a}\nd: {<<: [{z: 1}, {z: 2}]}\n",
			[]string{"1:1 {a: {x: 1, w: 2}, b: {x: 3, w: 2}, c: {x: 1, w: 2}, d: {z: 1}}"}, nil},
		{"escapes", `a: "\u0041\u00e9\t\r\/\\\""` + "\nb: 'c''d'\n", []string{`1:1 {a: "Aé\t\r/\\\"", b: "c'd"}`}, nil},
		{"blocks", "a: |+ # x\n\n  b\n   c\n\nd: >-\n  e\n  f\n\n   g\n  h\n", []string{`1:1 {a: "\nb\n c\n\n", d: "e f\n\n g\nh"}`}, nil},
		{"strange keys", ".inf: 1\n-.inf: 2\n.nan: 3\n1e30: 4\n0b-1: 5\n2020-01-01: 6\n1_0.5: 7\n", []string{"1:1 {.inf: 1, -.inf: 2, .nan: 3, 1e+30: 4, -1: 5, 2020-01-01: 6, 10.5: 7}"}, nil},
		{"bytes", "a: !!binary 8J!\n---\nb: !!binary /////w==\n", nil, []string{
			"f.yaml:1:4: api/decode: a: the value does not fit its tag !!binary: it is not base64",
			"f.yaml:3:4: api/decode: b: !!binary content that is no text has its place in binaryData, as a base64 string without the tag"}},
		{"no merges", "<<: 1\n---\n<<: [{a: 1}, [b]]\n", nil, []string{"f.yaml:1:5: api/decode: << takes a map or a list of maps, not an integer",
			"f.yaml:3:14: api/decode: << takes a map or a list of maps, not a list"}},
		{"directive", "%YAML 1.1\n---\na: 1\n", []string{"3:1 {a: 1}"}, []string{"f.yaml:1:1: api/decode: kubectl takes no directives such as %YAML"}},
		{"directive below a comment", "#\n%YAML 1.2\n", nil, []string{"f.yaml:2:1: api/decode: kubectl takes no directives such as %YAML"}},
		{"more below", "a: 1\n...\n--- # x\nb: 1\n...\nc: 1\n", []string{"1:1 {a: 1}"},
			[]string{"f.yaml:6:1: api/decode: the document has ended before this line: check the indentation"}},
		{"further to the left", "  a: 1\nb: 1\n", nil, []string{"f.yaml:2:1: api/decode: the document has ended before this line: check the indentation"}},
		{"infinite", "a: [1, .inf]\n", nil, []string{"f.yaml:1:8: api/decode: a[1]: .inf is not a number that Kubernetes can hold: quote it if it is a text"}},
		{"keys", "~: 1\n---\n18446744073709551615: 1\n", nil,
			[]string{"f.yaml:1:1: api/decode: ~ is no key: quote it", "f.yaml:3:1: api/decode: 18446744073709551615 is no key: quote it"}},
		{"duplicates", "a: 1\nb: {c: 1, c: 2}\na: 2\n---\n1: a\n'1': b\n", []string{"1:1 {a: 2, b: {c: 2}}", `5:1 {1: "b"}`}, []string{
			`f.yaml:2:11: api/duplicate-field: b: the key "c" is already in line 2`, `f.yaml:3:1: api/duplicate-field: the key "a" is already in line 1`,
			`f.yaml:6:1: api/duplicate-field: the key "1" is already in line 5`}},
		{"characters", "\ufeff# é\r\n---\r\n\ufeff\"é\": 1\r\n\"日\": {\"😀\": 1, \"😀\": 2}\r\n", []string{`3:1 {é: 1, 日: {😀: 2}}`},
			[]string{`f.yaml:4:15: api/duplicate-field: ["日"]: the key "😀" is already in line 4`}},
		{"an end in the middle", "a: b\n---\nb: [c\n---\nd: \"e", []string{`1:1 {a: "b"}`}, []string{
			"f.yaml:3:1: api/decode: a list that starts with [ is not closed, or a comma is missing in it", "f.yaml:5:4: api/decode: a quote opened here is not closed"}},
		{"no text", "a: \x00\n---\nb: \xff\n---\nc: \x1b\n---\nd: 1\n", []string{"7:1 {d: 1}"}, []string{"f.yaml:1:4: api/decode: the file is binary: it holds a NUL byte",
			"f.yaml:3:4: api/decode: the file is not UTF-8: save it as UTF-8", `f.yaml:5:4: api/decode: the control character '\x1b' cannot stand in YAML: escape it in double quotes`}},
		{"UTF-16", "\xff\xfea\x00", nil, []string{"f.yaml:1:1: api/decode: the file is UTF-16: save it as UTF-8"}},
		{"a tab before a comment", "a: 1\n\t# x\n", nil, []string{"f.yaml:2:1: api/decode: a tab indents this line: YAML takes only spaces"}},
		{"JSON", `{"a": 1.0, "b": 1e3, "c": 18446744073709551615} {"d": true}` + "\n# x\n---\n{}",
			[]string{"1:1 {a: 1, b: 1000, c: 18446744073709552000}", "1:49 {d: true}", "4:1 {}"}, nil},
		{"flow and no JSON", "{a: y,\n b: [1]}\n", []string{"1:1 {a: true, b: [1]}"}, nil},
		{"more than JSON", "{\"a\": 1} b: 1\n", []string{"1:1 {a: 1}"},
			[]string{"f.yaml:1:10: api/decode: the JSON value ends before this: the next starts with { or below a line of ---"}},
		{"JSON with mistakes", "{\"a\": 1, \"a\": 2}\n{\"b\": 1e999} {\"c\": 1}\n", []string{"1:1 {a: 2}", "2:14 {c: 1}"}, []string{
			`f.yaml:1:10: api/duplicate-field: the key "a" is already in line 1`, "f.yaml:2:7: api/decode: b: the number is larger than any that Kubernetes can hold"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, findings := readDocuments("f.yaml", c.stream)
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") || strings.Join(findings, "\n") != strings.Join(c.findings, "\n") {
				t.Errorf("%q is read to\n%s\n%s\nwant\n%s\n%s", c.stream, strings.Join(got, "\n"), strings.Join(findings, "\n"),
					strings.Join(c.want, "\n"), strings.Join(c.findings, "\n"))
			}
		})
	}
}

// TestTemplate has what is said of a chart's template.
func TestTemplate(t *testing.T) {
	for _, stream := range []string{"{{- if .x }}\na: b\n{{- end }}\n", "a: {{ .x }}\n", "a: b\n{{ .x }}\n"} {
		var sink report.Sink
		Documents(&tree.Source{Name: "f.yaml"}, []byte(stream), &sink, func(*tree.Node) {})
		if len(sink.Findings) != 1 || !strings.Contains(sink.Findings[0].Fix, "helm template") {
			t.Errorf("%q gives %+v", stream, sink.Findings)
		}
	}
}

// TestJSONFile has what is said of a file that is called JSON.
func TestJSONFile(t *testing.T) {
	for stream, want := range map[string]string{
		"{\"a\": 1,}":          "",
		"a: 1":                 "",
		"{\"a\": }\n":          "",
		"{\"a\": \"}\n":        "f.json:1:7: api/decode: a text in JSON cannot go over lines, nor hold a tab: write \\n or \\t",
		"\n{\"a\": 1\n---\n{}": "f.json:2:8: api/decode: the file ends in the middle of a value: a bracket or a quote is not closed",
	} {
		if _, findings := readDocuments("f.json", stream); strings.Join(findings, "\n") != want {
			t.Errorf("%q gives\n%s\nwant\n%s", stream, strings.Join(findings, "\n"), want)
		}
	}
}

func TestWordsSayWhatTheyAre(t *testing.T) {
	var sink report.Sink
	Documents(&tree.Source{Name: "f.yaml"}, []byte("a: y\nb: 'y'\nc: true\n"), &sink, func(n *tree.Node) {
		var into struct{ A, B, C string }
		for i, want := range []string{"to Kubernetes this word is one without quotes", "", "expected a string, found a boolean"} {
			part := &tree.Node{Kind: tree.Map, Fields: []tree.Field{{Key: string("ABC"[i]), Value: n.Fields[i].Value}}}
			errs := tree.Decode(part, &into)
			if (len(errs) > 0) != (want != "") || want != "" && (!strings.Contains(errs[0].Message, want) || errs[0].Fix != "put it in quotes") {
				t.Errorf("%s: %v", n.Fields[i].Key, errs)
			}
			if tree.IsAmbiguous(n.Fields[i].Value) {
				t.Errorf("%s is ambiguous", n.Fields[i].Key)
			}
		}
	})
}
