package read

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// maxTime bounds the time for any file, with room for a slow machine.
const maxTime = 20 * time.Second

// TestHostile reads what is made to exhaust time, memory or stack. Each must give
// one clear finding, or be read.
func TestHostile(t *testing.T) {
	const n = 200_000
	deep := "schema/file: nested more than 1,000 levels deep"
	long := "schema/file: an expression of more than 10,000 words and signs"
	for _, c := range []struct{ file, name, text, want string }{
		{"f.yaml", "braces", strings.Repeat("{", n), "f.yaml:1:1: " + deep},
		{"f.yaml", "maps in braces", strings.Repeat("{a: ", n), "f.yaml:1:1: " + deep},
		{"f.yaml", "brackets", strings.Repeat("[", n), "f.yaml:1:1: " + deep},
		{"f.yaml", "dashes", strings.Repeat("- ", n), "f.yaml:1:1: " + deep},
		{"f.yaml", "question marks", strings.Repeat("? ", n), "f.yaml:1:1: " + deep},
		{"f.yaml", "1,001 lists", strings.Repeat("[", 1002) + strings.Repeat("]", 1002), "f.yaml:1:1002: " + deep},
		{"f.yaml", "1,000 lists", strings.Repeat("[", 1001) + strings.Repeat("]", 1001), ""},
		{"f.yaml", "alias bomb", bomb(), "f.yaml:6:44: schema/file: the aliases add more than 1,000,000 nodes to the document"},
		{"f.yaml", "chain of merges", merges(5000), "f.yaml:708:7: schema/file: the aliases add more than 1,000,000 nodes to the document"},
		{"f.yaml", "comments", strings.Repeat("#\n", n) + "a: 1\n", ""},
		{"f.json", "braces", strings.Repeat("{", n), "f.json:1:2: schema/syntax: a key in double quotes is expected here"},
		{"f.json", "maps", strings.Repeat(`{"a":`, n), "f.json:1:5006: " + deep},
		{"f.json", "brackets", strings.Repeat("[", n), "f.json:1:1002: " + deep},
		{"f.json", "1,000 lists", strings.Repeat("[", 1001) + strings.Repeat("]", 1001), ""},
		{"f.cue", "braces", strings.Repeat("{", n), "f.cue:1:2001: " + deep},
		{"f.cue", "structs", strings.Repeat("a: {", n), "f.cue:1:4002: " + deep},
		{"f.cue", "structs that close", strings.Repeat("a: {", n) + strings.Repeat("}", n), "f.cue:1:4002: " + deep},
		{"f.cue", "labels", strings.Repeat("a: ", n) + "1", "f.cue:1:6002: " + deep},
		{"f.cue", "brackets", strings.Repeat("[", n), "f.cue:1:2001: " + deep},
		{"f.cue", "parentheses", "a: " + strings.Repeat("(", n), "f.cue:1:2003: " + deep},
		{"f.cue", "interpolations", "a: " + strings.Repeat(`"\(`, n), "f.cue:1:6003: " + deep},
		{"f.cue", "sum", "a: 1" + strings.Repeat("+1", n), "f.cue:1:10002: " + long},
		{"f.cue", "clauses", strings.Repeat("for a in ", n), "f.cue:1:30002: " + long},
		{"f.cue", "few levels too many", strings.Repeat("a: ", 1001) + "{}", "f.cue:1:3004: " + deep},
		{"f.cue", "1,000 levels", strings.Repeat("a: ", 1000) + "{}", ""},
		{"f.cue", "levels to evaluate", "x: 1\na: " + strings.Repeat("[", 1001) + "x" + strings.Repeat("]", 1001), "f.cue:2:1004: " + deep},
		{"f.cue", "levels for the parser", strings.Repeat("{", 15_000), "f.cue:1:10001: " + deep},
		{"f.cue", "sum to evaluate", "x: 1\na: x" + strings.Repeat("+x", 9000), "f.cue:2:4: " + deep},
	} {
		t.Run(c.file+" "+c.name, func(t *testing.T) {
			start := time.Now()
			root, findings := read(c.file, c.text)
			if got := strings.Join(findings, "\n"); got != c.want || (root != nil) != (c.want == "") {
				t.Errorf("got %.300s, want %s", got, c.want)
			}
			if took := time.Since(start); took > maxTime {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// TestHostileDocuments has the same for streams of manifests: the document below
// each is read.
func TestHostileDocuments(t *testing.T) {
	const n = 200_000
	for _, c := range []struct{ name, text, want string }{
		{"braces", strings.Repeat("{", n), "f.yaml:1:1: api/decode: nested more than 1,000 levels deep"},
		{"dashes", strings.Repeat("- ", n), "f.yaml:1:1: api/decode: nested more than 1,000 levels deep"},
		{"1,001 lists", "a: " + strings.Repeat("[", 1001) + strings.Repeat("]", 1001), "f.yaml:1:1004: api/decode: nested more than 1,000 levels deep"},
		{"1,000 lists", "a: " + strings.Repeat("[", 1000) + strings.Repeat("]", 1000), ""},
		{"JSON", strings.Repeat(`{"a":`, n), "f.yaml:1:5006: api/decode: nested more than 1,000 levels deep"},
		{"alias bomb", bomb(), "f.yaml:6:44: api/decode: the aliases add more than 1,000,000 nodes to the document"},
		{"most of it aliases", strings.Join(strings.SplitAfter(bomb(), "\n")[:4], ""), "f.yaml:1:1: api/decode: almost all of the document is made of aliases, which Kubernetes does not take"},
		{"comments", strings.Repeat("#\n", n), ""},
		{"a long line", "a: " + strings.Repeat("x ", n), ""},
		{"a long key", strings.Repeat("x", n) + ": a", "f.yaml:1:200001: api/decode: a colon where no key can stand: check the indentation, or quote the text that holds it"},
		{"many keys", keys(n), ""},
		{"many lines", "a: |\n" + strings.Repeat(" x\n", n), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			documents, findings := readDocuments("f.yaml", c.text+"\n---\nlast: 1\n")
			if got := strings.Join(findings, "\n"); got != c.want || len(documents) == 0 || !strings.HasSuffix(documents[len(documents)-1], "{last: 1}") {
				t.Errorf("got %.300s, want %s", got, c.want)
			}
			if took := time.Since(start); took > maxTime {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: %d\n", i, i)
	}
	return b.String()
}

// TestLargeDocument reads a document that is too large, and the one below it.
func TestLargeDocument(t *testing.T) {
	const below = "\n---\nlast: 1\n"
	stream := make([]byte, MaxDocumentSize+1+len(below))
	copy(stream[MaxDocumentSize+1:], below)
	var sink report.Sink
	count := 0
	Documents(&tree.Source{Name: "f.yaml"}, stream, &sink, func(*tree.Node) { count++ })
	if got := strings.Join(lines(sink.Findings), "\n"); count != 1 || got != "f.yaml:1:1: api/decode: the document is larger than 256 MiB and was not read" {
		t.Errorf("%d documents and %q", count, got)
	}
}

// TestManyValues reads documents with too many values.
func TestManyValues(t *testing.T) {
	p := plainReader{source: &tree.Source{}, most: 10}
	for text, want := range map[string]bool{
		strings.Repeat("- x\n", 9): true, strings.Repeat("- x\n", 11): false,
		"- [" + strings.Repeat("x, ", 7) + "x]\n": true, "- [" + strings.Repeat("x, ", 20) + "x]\n": false,
	} {
		if _, ok := p.document(text, 0); ok != want {
			t.Errorf("%q is read: %v", text, ok)
		}
	}
	crowded := strings.Repeat("\n", maxNodes) + "&a a:\n"
	documents, findings := readDocuments("f.yaml", crowded+"---\nlast: 1\n")
	if len(documents) != 1 || len(findings) != 1 || !strings.Contains(findings[0], "more than 10,000,000 lines") {
		t.Errorf("%d documents, %q", len(documents), findings)
	}
}

// TestManyMistakes reads files with more mistakes than anybody reads.
func TestManyMistakes(t *testing.T) {
	for file, text := range map[string]string{
		"f.yaml": strings.Repeat("a: 1\n", 100_000),
		"f.json": "{" + strings.Repeat("\"a\": 1,\n", 100_000) + "\"a\": 1}",
		"f.cue":  strings.Repeat("a: \"\\d\"\n", 100_000),
	} {
		root, findings := read(file, text)
		if root != nil || len(findings) == 0 || len(findings) > maxMistakes {
			t.Errorf("%s: %d findings, want 1 to %d", file, len(findings), maxMistakes)
		}
	}
}

// bomb has lists of aliases of lists of aliases.
func bomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x, x, x, x, x, x, x, x, x, x]\n")
	for c := byte('b'); c < 'i'; c++ {
		to := strings.Repeat(", *"+string(c-1), 10)[2:]
		b.WriteString(string(c) + ": &" + string(c) + " [" + to + "]\n")
	}
	b.WriteString("z: [*h]\n")
	return b.String()
}

// merges has maps that each merge the one before.
func merges(n int) string {
	var b strings.Builder
	b.WriteString("m0: &m0 {k0: 0}\n")
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "m%d: &m%d {<<: *m%d, k%d: 0}\n", i, i, i-1, i)
	}
	return b.String()
}
