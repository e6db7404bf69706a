package read

import (
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

func orgOf(t *testing.T, text string) *Org {
	t.Helper()
	sink := &report.Sink{}
	_, org := (&CUE{}).ReadProject(&tree.Source{Name: "kgen.cue"}, []byte(text), sink, nil)
	if org == nil {
		t.Fatalf("nothing was set aside: %v", sink.Findings)
	}
	if org.Compile(nil, sink); len(sink.Findings) > 0 {
		t.Fatal(sink.Findings)
	}
	return org
}

func nodeOf(t *testing.T, text string) *tree.Node {
	t.Helper()
	sink := &report.Sink{}
	n := (&CUE{}).Read(&tree.Source{Name: "web.cue"}, []byte(text), sink)
	if n == nil {
		t.Fatal(sink.Findings)
	}
	return n
}

// TestOrgOutlivesItsContexts judges more services than one context takes.
func TestOrgOutlivesItsContexts(t *testing.T) {
	org := orgOf(t, "import \"kgen.dev/schema\"\n#Service: {schema.#Service, team!: string, image: registry!: \"ghcr.io\"}\nrender: {service: _, labels: team: service.team}\n")
	if strings.Join(org.Fields, " ") != "team" {
		t.Errorf("the fields are %v", org.Fields)
	}
	right := nodeOf(t, `image: {registry: "ghcr.io", repository: "web", tag: "1"}, team: "shop", replicas: -1, ports: http: containerPort: 0x1F90`)
	wrong := nodeOf(t, `image: {registry: "docker.io", repository: "web"}`)
	r, sink := org.Runner(nil), &report.Sink{}
	for range 2*valuesPerContext + 1 {
		if got := r.Service(right, sink); len(got) > 0 {
			t.Fatal(got)
		}
		if got := r.Service(wrong, sink); len(got) != 1 || got[0].Path.String() != "image.registry" {
			t.Fatal(got)
		}
		n := r.Render(right, "", sink)
		if n == nil || n.At(tree.P("labels", "team")).Text != "shop" {
			t.Fatal(sink.Findings)
		}
	}
}

// TestSetAsideLeavesLiterals demands that data beside what is set aside is read without
// CUE's evaluator, imports included that only this needs.
func TestSetAsideLeavesLiterals(t *testing.T) {
	isEvaluated := false
	c := &CUE{OnEvaluate: func(string) func() { isEvaluated = true; return func() {} }}
	text := "import \"strings\"\npartOf: \"shop\"\n#Service: {name: strings.HasPrefix(\"web\"), ...}\npolicy: Deployment: {}\n"
	n, org := c.ReadProject(&tree.Source{Name: "kgen.cue"}, []byte(text), &report.Sink{}, nil)
	if n == nil || len(n.Fields) != 1 || org == nil || isEvaluated {
		t.Errorf("%v, %v, evaluated: %v", n, org, isEvaluated)
	}
}
