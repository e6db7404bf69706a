package schema

import (
	"regexp"
	"testing"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// sampleStrings has a valid value for every pattern of the schema.
var sampleStrings = []string{
	"name", "Deployment", "/path", "TCP", "HTTP", "restricted", "soft", "RollingUpdate", "25%", "10Gi", "0440", "bmFtZQ==",
	"ReadWriteOnce", "ClusterIP", "ClientIP", "Local", "SingleStack", "Prefix", "IfHealthyBudget", "ClusterFirst", "Always",
	"Indexed", "Retain", "Parallel", "Forbid", "StatefulSet", "HostToContainer", "FailJob", "Failed", "In", "True",
	"TriggerAuthentication", "ECDSA", "ServiceMonitor", "SecretStore", "Initial", "AverageValue", "RequestsOnly", "http", "cpu", "https://shop.example.com",
	"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "status.podIP", "limits.memory",
	"keda", "aws", "PKCS1", "replace", "Owner", "Periodic", "None", "Default", "Merge", "static", "TargetHigherThanRequests", "20", "Auto",
	"1.36", "object", "isolated", "strict", "warning", "2027-01-31", "10m", "GitRepository",
	"Exact", "GET", "ReplaceFullPath", "CORS", "blue", "eks",
}

// sampleOf is a valid value for s in which every field stands.
func sampleOf(t testing.TB, s *shape) *tree.Node {
	t.Helper()
	switch {
	case s.kinds.has(tree.Map):
		n := &tree.Node{Kind: tree.Map}
		if s.body != nil {
			for i := range s.body.fields {
				f := &s.body.fields[i]
				n.Set(f.name, tree.Pos{}, sampleOf(t, &f.shape))
			}
		} else if s.each != nil {
			n.Set("key", tree.Pos{}, sampleOf(t, s.each))
		}
		return n
	case s.kinds.has(tree.List):
		return &tree.Node{Kind: tree.List, Fields: []tree.Field{{Value: sampleOf(t, s.each)}}}
	case s.kinds.has(tree.String):
		return &tree.Node{Kind: tree.String, Text: sampleString(t, s.pattern)}
	case s.kinds.has(tree.Int):
		return &tree.Node{Kind: tree.Int, Text: "1"}
	}
	return &tree.Node{Kind: tree.Bool, Text: "true"}
}

func sampleString(t testing.TB, pattern string) string {
	t.Helper()
	p, err := regexp.Compile(pattern)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sampleStrings {
		if p.MatchString(s) {
			return s
		}
	}
	t.Fatalf("sampleStrings has nothing for %s", pattern)
	return ""
}

// visit calls do for every node below n and what may stand there.
func visit(s *shape, n *tree.Node, at tree.Path, do func(s *shape, f *tree.Field, at tree.Path)) {
	for i := range n.Fields {
		f := &n.Fields[i]
		under, path := s.under(f.Key), at.With(f.Key)
		if n.Kind == tree.List {
			path = at.With(i)
		}
		if under != nil {
			visit(under, f.Value, path, do)
			do(under, f, path)
		}
	}
}

// TestSample demands that a service with every field is valid, and that every
// level finds a field that does not exist.
func TestSample(t *testing.T) {
	root := sampleOf(t, &serviceShape)
	if found := findings(root); len(found) > 0 {
		t.Fatal(found)
	}
	levels := 0
	misspell := func(s *shape, n *tree.Node, at tree.Path) {
		if s.body == nil {
			return
		}
		levels++
		n.Set("wrongNameOfField", tree.Pos{}, &tree.Node{Kind: tree.Bool, Text: "true"})
		found := findings(root)
		if len(found) != 1 || found[0].ID != UnknownField || found[0].Path.String() != at.With("wrongNameOfField").String() {
			t.Errorf("%s: a field that does not exist: %v", at, found)
		}
		n.Delete("wrongNameOfField")
	}
	misspell(&serviceShape, root, nil)
	visit(&serviceShape, root, nil, func(s *shape, f *tree.Field, at tree.Path) { misspell(s, f.Value, at) })
	if levels < 100 {
		t.Errorf("only %d levels were looked at", levels)
	}
}
