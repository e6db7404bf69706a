package read

import (
	"math/rand"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// plainDifference compares what the fast reader makes of a document, unless it
// gives it up, with what the slow one makes of it.
func plainDifference(document []byte, foreign bool) (difference string, isPlain bool) {
	source := &tree.Source{Name: "f.yaml"}
	p := newPlainReader(source, foreign)
	got, ok := p.document(string(document), 7)
	if !ok {
		return "", false
	}
	var sink report.Sink
	var want *tree.Node
	t := &text{source: source, data: document, ids: manifestIDs, above: 7}
	switch isContent := len(strings.TrimSpace(string(document))) > 0; {
	case !t.isText(&sink):
	case foreign && isContent:
		want = readForeignYAML(t, &sink)
	case !foreign:
		want = readYAML(t, &sink)
		if len(sink.Findings) == 1 && strings.Contains(sink.Findings[0].Message, "empty") {
			sink.Findings = nil
		}
	}
	if len(sink.Findings) > 0 {
		return "read to " + dump(got) + ", but\n" + strings.Join(lines(sink.Findings), "\n"), true
	}
	if reflect.DeepEqual(want, got) {
		return "", true
	}
	return cmp.Diff(want, got), true
}

// TestPlain compares the two readers on all manifests at hand, and on mutants of
// them; almost none of the manifests may be given up.
func TestPlain(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	var all [][]byte
	plain, count := 0, 0
	check := func(name string, document []byte) {
		for _, foreign := range []bool{true, false} {
			difference, isPlain := plainDifference(document, foreign)
			if difference != "" {
				t.Errorf("%s, foreign %v: %q: %s", name, foreign, document, difference)
			}
			if isPlain && foreign {
				plain++
			}
		}
		count++
	}
	for _, name := range manifests(t) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for c := range (&Piece{Data: data}).chunks() {
			check(name, c.document)
			all = append(all, c.document)
		}
	}
	t.Logf("%d of %d documents are plain", plain, count)
	if plain < count*9/10 {
		t.Errorf("only %d of %d documents are plain", plain, count)
	}
	plain, count = 0, 0
	for range 10000 {
		check("mutant", mutate(random, all))
		if t.Failed() {
			break
		}
	}
	t.Logf("%d of %d mutants are plain", plain, count)
}
