package validate

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

// longStream has some of everything in every piece; of a few mistakes more than an
// input may have, where it is told so.
func longStream(isHopeless bool) string {
	var b strings.Builder
	for i := range 6000 {
		fmt.Fprintf(&b, "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: m%d}\ndata: {a: %s}\n", i-i%500/499, strings.Repeat("x", 100))
		switch {
		case isHopeless:
			b.WriteString("date: {}\n---\na: *b\n")
		case i%70 == 0:
			fmt.Fprintf(&b, "data: {b: c}\n---\n# nothing\n---\na: b\n---\na: [b\n---\napiVersion: x.io/v1\nkind: X\nmetadata: {name: x%d}\nspec: {size: a}\n", i)
		case i == 3000:
			b.WriteString(`---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: xs.x.io}
spec:
  group: x.io
  names: {plural: xs, singular: x, kind: X, listKind: XList}
  scope: Namespaced
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}}
`)
		}
	}
	return b.String()
}

// TestLongInput demands the same of an input read with one goroutine and with
// several, from a file, a stream, and memory.
func TestLongInput(t *testing.T) {
	for _, isHopeless := range []bool{false, true} {
		text := longStream(isHopeless)
		name := filepath.Join(t.TempDir(), "long.yaml")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		held, err := read.NewPieces(io.NopCloser(strings.NewReader(text))).Hold()
		if err != nil || len(held) < 3 {
			t.Fatal(len(held), err)
		}
		var want string
		for _, workers := range []int{1, 2, 5} {
			for _, in := range []Input{{File: name}, {Stream: read.NewPieces(io.NopCloser(strings.NewReader(text)))}, {Held: held}} {
				in.Name, in.Release = "long.yaml", apiserver.Release{Minor: 36}
				set := Set{Workers: workers, Schemas: &custom.Schemas{}, Inputs: []Input{in}}
				if err := set.Judge(); err != nil {
					t.Fatal(err)
				}
				set.JudgeCustom()
				got := summary(t, &set)
				if want == "" {
					want = got
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("hopeless %v, workers %d: %s", isHopeless, workers, diff)
				}
			}
		}
		checkSummary(t, want, isHopeless)
	}
}

// checkSummary demands that all kinds of mistakes are told, or that there are more.
func checkSummary(t *testing.T, text string, isHopeless bool) {
	wanted := map[string]int{"the same object": 12, "already in line": 86, "is not closed": 86, "spec.size in body": 86, "which are not listed": 0}
	if isHopeless {
		wanted = map[string]int{"the same object": 12, "refers to no anchor": 1001, "unknown field": 1001, "which are not listed": 2}
	}
	for part, count := range wanted {
		if got := strings.Count(text, part); got != count {
			t.Errorf("hopeless %v: %q is told %d times, want %d\n%.300s", isHopeless, part, got, count, text)
		}
	}
}

func summary(t *testing.T, set *Set) string {
	var b strings.Builder
	if err := (report.Text{}).Print(&b, report.Merge(set.Findings)); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(&b, set.Objects, set.Skipped)
	return b.String()
}

// TestBrokenStream demands that what came before a stream broke is judged.
func TestBrokenStream(t *testing.T) {
	broken := io.MultiReader(strings.NewReader(longStream(true)), iotest.ErrReader(io.ErrClosedPipe))
	set := Set{Schemas: &custom.Schemas{}, Inputs: []Input{{Name: "<stdin>", Stream: read.NewPieces(io.NopCloser(broken)), Release: apiserver.Release{Minor: 36}}}}
	err := set.Judge()
	set.JudgeCustom()
	if err == nil || !strings.Contains(err.Error(), "<stdin>: ") || len(set.Findings) < 1001 || set.Objects == 0 {
		t.Errorf("%v, %d findings about %d objects", err, len(set.Findings), set.Objects)
	}
}
