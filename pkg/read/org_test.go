package read

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
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

// TestDescribe demands that what is known of fields is told, and nothing stricter.
func TestDescribe(t *testing.T) {
	org := orgOf(t, `
import (
	"kgen.dev/schema"
	"strings"
)
#Service: {
	schema.#Service
	// team is who is called
	// at night.
	team!: =~"^(shop|payments)$" @msg("team is shop or payments")
	tier?: "gold" | "silver"
	oncall?: {
		// channel is theirs.
		channel!: strings.HasPrefix("#")
		hours?: int & <24
	}
	costs?: [string]: number
	links?: [...string]
	open?: {a: int, ...}
	any?: _
	either?: string | {a: int}
	if team == "shop" {
		oncall?: channel!: "#shop"
	}
}
`)
	var lines []string
	var walk func(at string, own []schema.OwnField)
	walk = func(at string, own []schema.OwnField) {
		for _, f := range own {
			lines = append(lines, fmt.Sprint(at, f.Name, " ", f.Kinds, " ", f.IsRequired, " ", f.Pattern, " [", f.Message, "] ", f.Doc, " ", f.Pos.Line))
			walk(at+f.Name+".", f.Fields)
			if f.Each != nil {
				walk(at+f.Name+".*", []schema.OwnField{*f.Each})
			}
		}
	}
	walk("", org.Describe(nil))
	want := `team [a string] true ^(shop|payments)$ [team is shop or payments] team is who is called at night. 10
tier [a string] false ^(gold|silver)$ ["gold" | "silver"]  11
oncall [a map] false  []  12
oncall.channel [a string] true  [strings.HasPrefix("#")] channel is theirs. 14
oncall.hours [an integer] false  [int & <24]  15
costs [a map] false  []  17
costs.* [an integer a number] false  []  17
links [a list] false  []  18
links.* [a string] false  []  18
open [a map] false  []  19
any [a boolean an integer a number a string a list a map] false  []  20
either [a boolean an integer a number a string a list a map] false  [string | {a: int}]  21`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got:\n%s", got)
	}
}
