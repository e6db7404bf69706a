package render

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// part is what one service renders to, or the project itself.
type part struct {
	objects  []Object
	named    []tree.Path // what names each of the objects
	leftOut  []LeftOut
	findings []report.Finding
	kept     []Kept

	taken []taken
}

// taken is an object that is not encoded yet.
type taken struct {
	*manifest.Object
	named tree.Path
	// isExtra is set where a person wrote the manifest as it is, at named.
	isExtra bool
}

func (p *part) take(o *manifest.Object, named tree.Path) {
	p.taken = append(p.taken, taken{Object: o, named: named})
}

// encode puts the objects into their order and writes them as YAML, which is all
// that is kept, once judge has seen them. Secrets whose values were not asked for
// stay without: they count as defined, and no more.
func (p *part) encode(withValues bool, scratch *[]byte, judge func(o taken, yaml []byte)) {
	slices.SortStableFunc(p.taken, func(a, b taken) int { return inOrder(a.Object, b.Object) })
	ends := make([]int, len(p.taken))
	buffer := (*scratch)[:0]
	for i, o := range p.taken {
		start := len(buffer)
		buffer = o.AppendYAML(buffer)
		judge(o, buffer[start:])
		if !withValues && isSecret(o.Object) {
			buffer = buffer[:start]
		}
		ends[i] = len(buffer)
	}
	*scratch = buffer
	text := append(make([]byte, 0, len(buffer)), buffer...)
	p.objects = make([]Object, len(p.taken))
	p.named = make([]tree.Path, len(p.taken))
	start := 0
	for i, o := range p.taken {
		p.objects[i] = Object{
			Service: o.Service, Group: manifest.GroupOf(o.APIVersion), Kind: o.Kind, Namespace: o.Namespace, Name: o.Name,
			YAML: text[start:ends[i]:ends[i]],
		}
		p.named[i] = o.named
		start = ends[i]
	}
	p.taken = nil
}

// keep takes the objects of a part that are kept.
func (e *Environment) keep(p *part, isSelected bool) {
	for _, k := range p.kept {
		k.IsSelected = isSelected
		e.Kept = append(e.Kept, k)
	}
}

// isSecret reports whether o holds values that are not to be shown.
func isSecret(o *manifest.Object) bool { return o.Kind == "Secret" && o.APIVersion == "v1" }

// add takes what a part came to.
func (e *Environment) add(p *part) {
	for _, o := range p.objects {
		if len(o.YAML) > 0 {
			e.Objects = append(e.Objects, o)
		}
	}
	e.LeftOut = append(e.LeftOut, p.leftOut...)
}
