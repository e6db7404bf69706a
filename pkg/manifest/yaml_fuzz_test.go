package manifest_test

import (
	"bytes"
	"strings"
	"testing"

	"cuelang.org/go/cue/cuecontext"
	cueyaml "cuelang.org/go/encoding/yaml"
	"github.com/google/go-cmp/cmp"
	yamlv3 "go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"
	sigsyaml "sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/manifest"
)

// samples are strings that readers take for something else, or cannot take at
// all, when they are written carelessly.
var samples = []string{
	"", " ", "yes", "No", "on", "OFF", "y", "N", "true", "False", "null", "~", "=", "<<", "012", "0o17", "1e3", "1_000", "0x1F", "0b1", "1:30",
	"190:20:30", "2026-01-01", "2026-01-01T10:00:00Z", ".inf", "-.INF", ".NaN", "1.", ".5", "+1", "-", "--", "---", "...", "- a", "-c", "? a", ": a",
	"a: b", "a:", "a #b", "#a", "a\nb", "a\nb\n", "a\nb\n\n", "\n", "\n\na", " a\nb", "a\n b\n", "a\n\tb\n", "\ta\nb", "a \nb", "a\n\nb", "a\r\nb",
	"a\tb", "a\x00b", "a\u0085b", "a\u2028b", "\ufeffa", "é", "日本", "😀", "a\u00a0b", "\xff", "{a}", "[a]", "&a", "*a", "!a", "|", ">", "'a'", `"a"`,
	"%a", "@a", "`a", "a,b", "1,000", "$(A)", "\\n", "\x7f", "a\n#b\n", "a\n---\nb\n", "a\n...\n", strings.Repeat("k", 1100),
	strings.Repeat("a ", 200), "a\n\t\n", "a\n\n\n  b\n\n", "1.2.3", "0.", "0_", "0x", "1e", "08", "٣", "\U000E0001", "a\n\u200b", "x\n%y\n",
}

// nested is a document in which a string stands in every place that a string can.
type nested struct {
	Value string              `json:"value" yaml:"value"`
	Map   map[string]string   `json:"map" yaml:"map"`
	List  []string            `json:"list" yaml:"list"`
	Deep  []map[string]string `json:"deep" yaml:"deep"`
	Lists [][]string          `json:"lists" yaml:"lists"`
	Inner struct {
		Value string `json:"value" yaml:"value"`
	} `json:"inner" yaml:"inner"`
}

func nest(value, key string) *nested {
	n := &nested{Value: value, Map: map[string]string{key: value, "z": value}, List: []string{value, value},
		Deep: []map[string]string{{key: value}}, Lists: [][]string{{value, "x"}, {value}}}
	n.Inner.Value = value
	return n
}

// FuzzAppendStrings: what is written, every reader decodes to the same strings.
func FuzzAppendStrings(f *testing.F) {
	for _, s := range samples {
		f.Add(s, "key")
		f.Add("value", s)
	}
	f.Fuzz(func(t *testing.T, value, key string) {
		// What is no UTF-8 becomes U+FFFD, as in JSON.
		want := nest(string([]rune(value)), string([]rune(key)))
		written := manifest.Append(nil, nest(value, key))
		if again := manifest.Append(nil, nest(value, key)); !bytes.Equal(written, again) {
			t.Fatal("written twice, other bytes")
		}
		var sigs, cue nested
		if err := sigsyaml.UnmarshalStrict(written, &sigs); err != nil {
			t.Fatalf("sigs.k8s.io/yaml: %v\n%s", err, written)
		}
		if diff := cmp.Diff(want, &sigs); diff != "" {
			t.Fatalf("sigs.k8s.io/yaml (-want +got):\n%s\n%s", diff, written)
		}
		var v3 nested
		if err := yamlv3.Unmarshal(written, &v3); err != nil {
			t.Fatalf("go.yaml.in/yaml/v3: %v\n%s", err, written)
		}
		if diff := cmp.Diff(want, &v3); diff != "" {
			t.Fatalf("go.yaml.in/yaml/v3 (-want +got):\n%s\n%s", diff, written)
		}
		if !norm.NFC.IsNormalString(string([]rune(key))) {
			return // CUE itself composes labels, whatever file they come from
		}
		file, err := cueyaml.Extract("x.yaml", written)
		if err != nil {
			t.Fatalf("CUE: %v\n%s", err, written)
		}
		if err := cuecontext.New().BuildFile(file).Decode(&cue); err != nil {
			t.Fatalf("CUE: %v\n%s", err, written)
		}
		if diff := cmp.Diff(want, &cue); diff != "" {
			t.Fatalf("CUE (-want +got):\n%s\n%s", diff, written)
		}
	})
}

// FuzzAppendNode: a manifest without a Go type keeps its values, and of each
// whether it is a string or a number.
func FuzzAppendNode(f *testing.F) {
	for _, s := range samples {
		f.Add(s)
	}
	for _, s := range []string{
		"{a: 0x1F, b: 0o17, c: 017, d: 1_000, e: 1e3, f: .5, g: 5., h: +1, i: -0, j: 1.10}", "[[], {}, [[a], {b: c}], null, ~, true, 'true', 08, .inf]",
		"a: |\n  b\n  c\n", "? [a]\n: b", "a: &x {b: c}\nd: *x", "- - - a\n    - b", "!!int x", "1e999999999999", "a: 123456789012345678901234567890",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, ok := tryParse(text)
		if !ok {
			t.Skip()
		}
		written := manifest.Append(nil, n)
		again, ok := tryParse(string(written))
		if !ok {
			t.Fatalf("is no YAML:\n%s", written)
		}
		if diff := cmp.Diff(string(n.AppendJSON(nil)), string(again.AppendJSON(nil))); diff != "" {
			t.Fatalf("-want +got\n%s\n%s", diff, written)
		}
		if twice := manifest.Append(nil, again); !bytes.Equal(written, twice) {
			t.Fatalf("read back, it is written otherwise:\n%s", cmp.Diff(string(written), string(twice)))
		}
	})
}
