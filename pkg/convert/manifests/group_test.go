package manifests

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/schema"
)

// TestGroup tells where the objects of each archive go.
func TestGroup(t *testing.T) {
	eachArchive(t, "group", func(t *testing.T, _ *txtar.Archive) string {
		in := &input{minor: schema.NewestKubernetes}
		if err := in.read(Options{Paths: []string{"."}}); err != nil {
			t.Error(err)
		}
		var b bytes.Buffer
		spaces := in.spaces("")
		in.objects = nil
		b.WriteString(told(in))
		for _, s := range spaces {
			c := &converter{draft: convert.NewDraft(), namespace: s.namespace, objects: s.objects}
			c.group()
			c.tellDangling()
			fmt.Fprintf(&b, "namespace %q\n", s.namespace)
			for _, g := range c.groups {
				fmt.Fprintf(&b, "  %s: %s\n", g.Name, g.Workload.Ref())
				for _, o := range g.Others {
					fmt.Fprintf(&b, "    %s\n", o.Ref())
				}
			}
			for _, o := range c.objects {
				if c.owners[o] == nil {
					fmt.Fprintf(&b, "  %s\n", o.Ref())
				}
			}
			b.WriteString(told(&input{report: c.draft.Report}))
		}
		return b.String()
	})
}
