package manifests

import (
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// FuzzSettle brings back what was read without making it short, which takes most of the
// time of FuzzConvert: of every difference somebody knows why.
func FuzzSettle(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		in := &input{minor: schema.NewestKubernetes}
		if err := in.documentsOf("fuzz.yaml", text); err != nil {
			t.Fatal(err)
		}
		in.leaveDuplicates()
		for _, space := range in.spaces("") {
			c := space.converter()
			c.draw()
			if namespace := space.namespace; namespace != "" {
				c.draft.Project.Set("namespace", tree.Pos{}, stringNode(namespace, tree.Pos{}))
			}
			stage := convert.NewStage(c.draft)
			if err := c.settleAll(stage); err != nil {
				t.Fatal(err)
			}
			r, err := stage.Render()
			if err != nil {
				t.Fatal(err)
			}
			for _, compared := range c.prove(r) {
				for _, d := range compared.Differences {
					if d.Reason == unexplained || strings.HasPrefix(d.Reason, notRendered) {
						t.Errorf("%s %s: %s -> %s: %s", compared.Object.Ref(), d.Path, d.Old, d.New, d.Reason)
					}
				}
			}
		}
	})
}
