package templates_test

import (
	"bytes"
	"testing"

	"sigs.k8s.io/randfill"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// FuzzObjects renders services that nobody would write: nothing panics, and the
// same service gives the same bytes again, its defaults applied twice.
func FuzzObjects(f *testing.F) {
	for seed := range 64 {
		f.Add(bytes.Repeat([]byte{byte(seed * 7), byte(seed), byte(seed * 31)}, 300+seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fill := randfill.NewFromGoFuzz(data).NilChance(0.3).NumElements(0, 2).MaxDepth(12).Funcs(
			func(**tree.Node, randfill.Continue) {},    // patches and objects are not the templates'
			func(**schema.World, randfill.Continue) {}, // the one below is everybody's
		)
		w := &schema.World{}
		fill.Fill(w)
		for _, s := range w.Services {
			if s.Value != nil {
				s.Value.World = w
			}
		}
		s := &schema.Service{}
		fill.Fill(s)
		s.World = w
		s.Kind = kindNames[len(data)%len(kindNames)]
		schema.ApplyDefaults(s)
		first := rendered(append(templates.ProjectObjects(w), templates.Objects(s, sourcesAsValues)...))
		schema.ApplyDefaults(s)
		second := rendered(append(templates.ProjectObjects(w), templates.Objects(s, sourcesAsValues)...))
		if first != second {
			t.Errorf("rendered again:\n%s\nafter:\n%s", second, first)
		}
	})
}
