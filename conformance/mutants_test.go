package conformance

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/conformance/mutant"
)

// amount is a number from the environment.
func amount(t testing.TB, name string, unset uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return unset
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// mutants is how many the run is to make.
func mutants(t testing.TB) uint64 { return amount(t, "KGEN_MUTANTS", 10_000) }

// eachMutant calls do with so many mutants of the seed KGEN_SEED, or with the one
// that KGEN_MUTANT names. Documents with a key twice are left
// out: kubectl loses one of them before the server sees it, which kgen does not.
func eachMutant(t *testing.T, server *Server, count uint64, do func(*mutant.Mutant)) (made uint64) {
	t.Helper()
	manifests := valid(t, server)
	maker := mutant.NewMaker(manifests, amount(t, "KGEN_SEED", 1))
	from := uint64(0)
	if one := os.Getenv("KGEN_MUTANT"); one != "" {
		from, count = amount(t, "KGEN_MUTANT", 0), 1
	}
	for number := from; number < from+count; number++ {
		m := maker.Make(number)
		if hasKeyTwice(m.Text) {
			continue
		}
		made++
		do(&m)
	}
	return made
}

// hasKeyTwice reports whether a map in the document has a key twice.
func hasKeyTwice(document []byte) bool {
	_, err := yaml.YAMLToJSONStrict(document)
	return err != nil && strings.Contains(err.Error(), "already set in map")
}

// valid are the manifests to make mutants of: those that the server takes.
func valid(t testing.TB, server *Server) (kept []mutant.Manifest) {
	t.Helper()
	for _, dir := range []string{goldenDir, seedDir, corpusDir} {
		for _, d := range documentsIn(t, dir) {
			if answer := server.Create(d.Text); answer.Stage == Accepted {
				kept = append(kept, d)
			}
		}
	}
	return kept
}

// differences gathers what differs, each kind of difference once.
type differences struct {
	count map[string]int
	first map[string]string
	order []string
}

func (d *differences) add(signature, text string) {
	if d.count == nil {
		d.count, d.first = map[string]int{}, map[string]string{}
	}
	if d.count[signature]++; d.count[signature] == 1 {
		d.first[signature] = text
		d.order = append(d.order, signature)
	}
}

// shown is how many differences are told in full.
const shown = 25

func (d *differences) report(t *testing.T, of uint64) {
	t.Helper()
	slices.SortStableFunc(d.order, func(a, b string) int { return d.count[b] - d.count[a] })
	total := 0
	for i, signature := range d.order {
		total += d.count[signature]
		if i < shown {
			t.Errorf("%d times: %s\n%s", d.count[signature], signature, d.first[signature])
		} else {
			t.Errorf("%d times: %s", d.count[signature], signature)
		}
	}
	if total > 0 {
		t.Errorf("%d of %d mutants differ, in %d ways", total, of, len(d.order))
	}
}

// describe is all that is needed to see what happened.
func describe(m *mutant.Mutant, verdicts string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "KGEN_SEED=%d KGEN_MUTANT=%d, from %s\n", m.Seed, m.Number, m.From)
	for _, step := range m.Steps {
		fmt.Fprintf(&b, "  changed: %s\n", step)
	}
	fmt.Fprintf(&b, "%s\n", verdicts)
	if os.Getenv("KGEN_MUTANT") != "" {
		fmt.Fprintf(&b, "%s\n", m.Text)
	}
	return b.String()
}
