package check

import (
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
	"github.com/kgen-dev/kgen/schema"
)

// TestLists: the lists of checks are sorted, so that two people who add one do
// not meet in the same line.
func TestLists(t *testing.T) {
	for name, list := range map[string]any{"service": serviceChecks, "environment": environmentChecks, "project": projectChecks} {
		var names []string
		for v := reflect.ValueOf(list); len(names) < v.Len(); {
			names = append(names, runtime.FuncForPC(v.Index(len(names)).Pointer()).Name())
		}
		if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
			t.Errorf("%s: not sorted: %q", name, names)
		}
	}
}

func TestGates(t *testing.T) {
	for _, f := range features {
		if f.gate != "" && !versions.IsGate(f.gate) {
			t.Errorf("%s: no gate %s", f.what, f.gate)
		}
	}
}

// TestNoValue: what testdata/secrets.txtar hides stands in no finding.
func TestNoValue(t *testing.T) {
	data, err := os.ReadFile("testdata/secrets.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if strings.Contains(line, "schema/") || strings.HasPrefix(line, "\tfix:") {
			for _, value := range []string{"hunter2", "ter2", "s3cr3t", "abc", "sk_live", "1234"} {
				if strings.Contains(line, value) {
					t.Errorf("%q in %s", value, line)
				}
			}
		}
	}
}

// TestNothing: the checks hold on a service that says nothing and stands nowhere.
func TestNothing(t *testing.T) {
	s := &schema.Service{}
	Service(s, &report.Sink{})
	Environment([]Subject{{}, {Service: s}}, nil)
	Project(&schema.Project{}, &report.Sink{})
	if got := Duplicates(nil); got != nil {
		t.Error(got)
	}
}

func TestDuplicates(t *testing.T) {
	source := &tree.Source{Name: "x.yaml"}
	root := func(line int32) *tree.Node {
		return &tree.Node{Kind: tree.Map, Pos: tree.Pos{Source: source, Line: line, Col: 1}}
	}
	web := Subject{Service: &schema.Service{Name: "web"}, Tree: func() *tree.Node { return root(1) }}
	objects := []Rendered{
		{Kind: "ConfigMap", Namespace: "shop", Name: "app", Owner: web, Path: tree.P("configMaps", "app")},
		{Kind: "ConfigMap", Namespace: "other", Name: "app", Owner: web},
		{Kind: "Secret", Namespace: "shop", Name: "app", Owner: web},
		{Group: "example.com", Kind: "ConfigMap", Namespace: "shop", Name: "app", Owner: web},
		{Kind: "ConfigMap", Namespace: "shop", Name: "app", Owner: Subject{Tree: func() *tree.Node { return root(7) }}, Path: tree.P("objects", "app")},
	}
	var out strings.Builder
	if err := (report.Text{Brief: true}).Print(&out, Duplicates(objects)); err != nil {
		t.Fatal(err)
	}
	want := "x.yaml:7:1: error schema/duplicate-object: objects.app: service web (x.yaml:1:1) makes a ConfigMap \"app\" too\n" +
		"\tfix: rename one of them, or keep one and mark the other existing: true\n"
	if out.String() != want {
		t.Errorf("got %swant %s", out.String(), want)
	}
}
