package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/tree"
)

func TestFirstOf(t *testing.T) {
	for want, names := range map[string][]string{
		"":                   nil,
		"a, b, c":            {"a", "b", "c"},
		"a, b, c and 2 more": {"a", "b", "c", "d", "e"},
	} {
		if got := firstOf(names, 3); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestMessagesAreBounded names a few of many workloads; all are related.
func TestMessagesAreBounded(t *testing.T) {
	const many = 40
	text := "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}}}\n"
	for i := range many {
		text += fmt.Sprintf("---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: web-%d}, spec: {template: {metadata: {labels: {app: web}}}}}\n", i)
	}
	settings := Settings{Rules: []Chosen{{Rule: &serviceSelectsSeveralWorkloads}}}
	objects := readable(&tree.Source{Name: "a.yaml"}, text)
	for _, o := range objects {
		o.Dir = "a"
	}
	found := settings.Lint(NewIndex(Open, 36, nil, objects), nil, nil, "", 1)
	if len(found) != 1 || len(found[0].Related) != many {
		t.Fatalf("%d findings", len(found))
	}
	if m := found[0].Message; len(m) > 250 || strings.Count(m, "and 37 more") != 2 {
		t.Error(m)
	}
}
