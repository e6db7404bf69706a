package manifests

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// TestSettle takes services as mappers might have written them, in NAME.service, and
// tells what becomes of them.
func TestSettle(t *testing.T) {
	eachArchive(t, "settle", func(t *testing.T, archive *txtar.Archive) string {
		in := &input{minor: schema.NewestKubernetes}
		if err := in.read(Options{Paths: []string{"in.yaml"}}); err != nil {
			t.Fatal(err)
		}
		c := &converter{draft: convert.NewDraft(), objects: in.objects, leftOut: map[*Object]string{}}
		c.group()
		for _, g := range c.groups {
			g.service = &convert.Service{Name: g.Name, Root: written(t, archive, g.Name)}
			c.draft.Services = append(c.draft.Services, g.service)
		}
		p := &Project{Draft: c.draft}
		if err := c.finish(p); err != nil {
			t.Fatal(err)
		}
		return settled(t, p)
	})
}

// written is the service of a name in an archive.
func written(t *testing.T, archive *txtar.Archive, name string) *tree.Node {
	t.Helper()
	for _, f := range archive.Files {
		if f.Name != name+".service" {
			continue
		}
		sink := &report.Sink{}
		n := read.YAML(&tree.Source{Name: f.Name}, f.Data, sink)
		if n == nil {
			t.Fatal(sink.Findings)
		}
		return bare(load.LongForm(n))
	}
	return &tree.Node{Kind: tree.Map}
}

// settled tells what a project came to.
func settled(t *testing.T, p *Project) string {
	t.Helper()
	files, err := p.Draft.Tree("yaml")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&b, "# %s\n%s", f.Path, f.Data)
	}
	p.Draft.Report.Sort()
	b.WriteString(told(&input{report: p.Draft.Report}))
	for _, c := range p.Compared {
		fmt.Fprintf(&b, "%s in %q: ", c.Object.Ref(), c.Service)
		if len(c.Differences) == 0 {
			fmt.Fprintf(&b, "identical, %d of %d patched\n", c.Patched, c.Leaves)
		}
		for _, d := range c.Differences {
			fmt.Fprintln(&b, strings.Join([]string{d.Path, d.Old, d.New, d.Reason}, " | "))
		}
	}
	return b.String()
}
