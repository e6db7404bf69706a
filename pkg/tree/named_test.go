package tree_test

import (
	"testing"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

func TestNamed(t *testing.T) {
	root := read.YAML(&tree.Source{}, []byte(`
metadata: {labels: {app.kubernetes.io/name: web}}
containers:
- name: web
  args: [a]
  ports:
  - containerPort: 80
  env:
  - {name: MODE, value: x}
rules:
- host: a.example
- {}
`), &report.Sink{})
	for _, tt := range []struct {
		path tree.Path
		want string
	}{
		{nil, ""},
		{tree.P("metadata", "labels", "app.kubernetes.io/name"), `metadata.labels["app.kubernetes.io/name"]`},
		{tree.P("containers", 0, "env", 0, "value"), "containers[web].env[MODE].value"},
		{tree.P("containers", 0, "ports", 0), "containers[web].ports[80]"},
		{tree.P("containers", 0, "args", 0), "containers[web].args[]"},
		{tree.P("rules", 0, "host"), "rules[a.example].host"},
		{tree.P("rules", 1), "rules[]"},
		{tree.P("rules", 7, "host"), "rules[].host"},
		{tree.P(0), "[]"},
	} {
		if got := root.Named(tt.path); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.path, got, tt.want)
		}
	}
}
