package manifests

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/schema"
)

// TestGroup tells where the objects of each archive go.
func TestGroup(t *testing.T) {
	archives, err := filepath.Glob("testdata/group/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives: ", err)
	}
	for _, file := range archives {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			from, err := filepath.Abs(file)
			if err != nil {
				t.Fatal(err)
			}
			want := unpack(t, archive)
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
			golden(t, from, archive, want, b.String())
		})
	}
}
