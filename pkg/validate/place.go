package validate

import (
	"cmp"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// In is the path in the manifest n that the problem is at.
func (p *Problem) In(n *tree.Node) tree.Path {
	if p.Path != nil {
		return p.Path
	}
	return p.entryIn(n, volumeIn(n, pathIn(n, cmp.Or(p.near, p.Field))))
}

// volumeIn is the path of a volume in the manifest n: before the volumes of a
// StatefulSet's template the server counts one for each claim template.
func volumeIn(n *tree.Node, at tree.Path) tree.Path {
	claims := n.At(tree.P("spec", "volumeClaimTemplates"))
	if len(at) < 5 || textAt(n, "kind") != "StatefulSet" || claims == nil || at[:4].String() != "spec.template.spec.volumes" {
		return at
	}
	i, _ := at[4].(int)
	var first []int // of the claim templates of one name
	names := map[string]bool{}
	for j := range claims.Fields {
		if name := textAt(claims.Fields[j].Value, "metadata", "name"); !names[name] {
			names[name], first = true, append(first, j)
		}
	}
	if i < len(first) {
		return tree.P("spec", "volumeClaimTemplates", first[i])
	}
	return at[:4].With(i - len(first)).With(at[5:]...)
}

// Finding is the problem of the object o, as the server words it, where it stands:
// at a path, and a place, of what o is made of. That a kind has no schema is about
// no one object.
func (p *Problem) Finding(o *manifest.Object, at tree.Path, pos tree.Pos) report.Finding {
	f := report.Finding{Pos: pos, Severity: p.Severity, ID: p.ID, Message: p.Message, Fix: p.Fix}
	if !p.isUnchecked() {
		f.Path, f.Objects, f.Field = at, []string{o.Ref()}, p.Field
	}
	return f
}

// report adds a problem of the manifest sink.Root to sink.
func (p *Problem) report(o *manifest.Object, sink *report.Sink) {
	at := p.In(sink.Root)
	f := sink.Add(p.Finding(o, at, p.place(sink.Root, at)))
	f.Named = sink.Root.Named(at)
	if f.Fix == "" && p.ID == Required && sink.Root.At(at) == nil {
		f.Fix = "add " + at.String()
	}
}

// place is where the value at a path of the manifest n begins, or its nearest
// parent that exists. A field that does not belong there, and a key that is wrong,
// is placed at the key.
func (p *Problem) place(n *tree.Node, at tree.Path) tree.Pos {
	if p.isAtKey(at) {
		return n.Nearest(at, true)
	}
	return n.Begin(at)
}
