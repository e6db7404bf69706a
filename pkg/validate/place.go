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
	return volumeIn(n, pathIn(n, cmp.Or(p.near, p.Field)))
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

// Text is the problem as one line about the object o: its name, the field and
// what is wrong, as the server words it. That a kind has no schema is about no one
// object.
func (p *Problem) Text(o *manifest.Object) string {
	if p.isUnchecked() {
		return p.Message
	}
	text := o.Ref()
	if p.Field != "" {
		text += " " + p.Field
	}
	return text + ": " + p.Message
}

// report adds a problem of the manifest sink.Root to sink.
func (p *Problem) report(o *manifest.Object, sink *report.Sink) {
	at := p.In(sink.Root)
	pos := p.place(sink.Root, at)
	f := sink.ErrorAt(pos, p.ID, at, "%s", p.Text(o))
	f.Severity, f.Fix = p.Severity, p.Fix
	if f.Fix == "" && p.ID == Required && sink.Root.At(at) == nil {
		f.Fix = "add " + at.String()
	}
	f.Object = o.Ref() + " " + at.String()
}

// place is where the value at a path of the manifest n begins, or its nearest
// parent that exists. A field that does not belong there is placed at its key.
func (p *Problem) place(n *tree.Node, at tree.Path) tree.Pos {
	if p.ID == UnknownField || p.ID == DisabledField {
		return n.Nearest(at, true)
	}
	return n.Begin(at)
}
