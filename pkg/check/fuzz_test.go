package check

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// FuzzChecks: whatever decodes can be judged, and findings have their place.
func FuzzChecks(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range archive.Files {
			if strings.HasSuffix(c.Name, ".yaml") {
				f.Add(c.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var doc yaml.Node
		if yaml.Unmarshal(text, &doc) != nil || len(doc.Content) == 0 {
			return
		}
		for _, n := range doc.Content {
			if n.Kind == yaml.AliasNode || hasAlias(n) {
				return
			}
		}
		root := nodeOf(doc.Content[0], &tree.Source{Name: "x.yaml"})
		world := &schema.World{Kubernetes: schema.Version{Minor: 31}, Namespace: &schema.Namespace{Name: "a", PodSecurity: "restricted"}}
		s := &schema.Service{World: world, Name: "web"}
		tree.Decode(root, s)
		schema.ApplyDefaults(s)
		sink := report.Sink{Root: root}
		Service(s, &sink)
		subjects := []Subject{{Service: s, Pos: root.Pos, Tree: func() *tree.Node { return root }}}
		gather(world, subjects)
		for _, found := range append(sink.Findings, Environment(subjects, world)...) {
			if !found.Pos.IsValid() || found.Message == "" {
				t.Errorf("%+v", found)
			}
		}
	})
}

func hasAlias(n *yaml.Node) bool {
	for _, c := range n.Content {
		if c.Kind == yaml.AliasNode || hasAlias(c) {
			return true
		}
	}
	return false
}
