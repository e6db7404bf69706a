package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/tree"
)

func TestFingerprints(t *testing.T) {
	r := sample()
	before := r.Fingerprints()
	if n := len(slices.Compact(slices.Sorted(slices.Values(before)))); n != len(r.Findings) {
		t.Errorf("%d of %d findings are told apart: %q", n, len(r.Findings), before)
	}
	for i := range r.Findings {
		r.Findings[i].Pos.Line += 10
		r.Findings[i].Message += " and more"
		r.Findings[i].Severity = Info
	}
	if after := r.Fingerprints(); !slices.Equal(before, after) {
		t.Errorf("lines moved: %q became %q", before, after)
	}
	r.Dir = ""
	for i := range r.Findings {
		if file := r.Findings[i].Pos.File(); file != "" && file != stdin {
			r.Findings[i].Pos.Source = &tree.Source{Name: "shop/" + file}
		}
	}
	if after := r.Fingerprints(); !slices.Equal(before, after) {
		t.Errorf("run from the root: %q became %q", before, after)
	}
}

func TestFingerprintsNumberRepeats(t *testing.T) {
	source := &tree.Source{Name: "a.yaml"}
	one := Finding{ID: "x", Pos: tree.Pos{Source: source, Line: 1}, Objects: []string{"Pod/a"}, Field: "spec"}
	two, other, path := one, one, one
	two.Pos.Line = 2
	other.ID = "y"
	path.Field, path.Objects, path.Path = "", nil, tree.P("spec")
	r := &Report{Findings: []Finding{one, two, other, path}}
	prints := r.Fingerprints()
	first, number, _ := strings.Cut(prints[0], ":")
	if number != "1" || prints[1] != first+":2" || strings.HasPrefix(prints[2], first) || strings.HasPrefix(prints[3], first) {
		t.Error(prints)
	}
}

func TestFingerprintsStayWhenElementsMove(t *testing.T) {
	source := &tree.Source{Name: "a.yaml"}
	of := func(field, named string, services ...string) string {
		r := &Report{Findings: []Finding{{ID: "x", Pos: tree.Pos{Source: source}, Objects: []string{"Pod/a"}, Field: field, Named: named, Services: services}}}
		return r.Fingerprints()[0]
	}
	web := of("spec.containers[0].image", "spec.containers[web].image")
	if moved := of("spec.containers[1].image", "spec.containers[web].image"); moved != web {
		t.Error("another container came before it, and the fingerprint changed")
	}
	if of("spec.containers[0].image", "spec.containers[proxy].image") == web {
		t.Error("two containers have one fingerprint")
	}
	if of("spec.containers[0].image", "") != of("spec.containers[1].image", "") {
		t.Error("an element without a name moved, and the fingerprint changed")
	}
	if of("args[0]", "args[a]", "web") != of("args[1]", "args[b]", "web") {
		t.Error("a finding that services share is told by one of them")
	}
}
