package render

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/check"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// byOrg is what the organisation, in kgen.cue, renders for one service; nil is nothing.
type byOrg struct {
	*schema.Render
	// sink has findings about it; its tree is that of kgen.cue.
	sink *report.Sink
}

var (
	orgPatches = tree.P("render", "patches")
	orgObjects = tree.P("render", "objects")
)

// renderedByOrg is what is rendered for s beside kgen's own.
func renderedByOrg(s check.Subject, sink *report.Sink) *byOrg {
	if s.ByOrg == nil || s.ByOrg.Render == nil {
		return nil
	}
	return &byOrg{s.ByOrg.Render, &report.Sink{Root: s.ByOrg.RenderTree, Source: sink.Source, Service: s.Name}}
}

// labelledByOrg is s with the labels and annotations of the organisation, where it has
// none of that name itself.
func labelledByOrg(s *schema.Service) *schema.Service {
	if s.ByOrg == nil || s.ByOrg.Render == nil {
		return s
	}
	labelled := *s
	labelled.Labels = under(s.Labels, s.ByOrg.Render.Labels)
	labelled.Annotations = under(s.Annotations, s.ByOrg.Render.Annotations)
	return &labelled
}

func under(own schema.Map[schema.Text], further schema.Map[string]) schema.Map[schema.Text] {
	own = slices.Clip(own)
	for _, f := range further {
		if !own.Has(f.Key) {
			own = append(own, schema.Entry[schema.Text]{Key: f.Key, Value: schema.Text{Value: f.Value}})
		}
	}
	return own
}

func (b *byOrg) patch(objects []*manifest.Object) {
	if b != nil {
		manifest.ApplyPatches(objects, b.Patches, orgPatches, b.sink)
	}
}

func (b *byOrg) takeObjects(p *part, s *schema.Service) {
	if b != nil {
		p.takeExtra(s.Name, s.NamespaceName(), b.Objects, orgObjects, b.sink)
	}
}

// tell adds what was found to the findings about the service.
func (b *byOrg) tell(sink *report.Sink) {
	if b != nil {
		sink.Take(b.sink)
	}
}

// isOf reports whether an object is one of its own.
func (b *byOrg) isOf(o taken) bool {
	return b != nil && o.isExtra && len(o.named) > 1 && o.named[0] == any("render")
}

// ownerByOrg is the owner of what a path names, whose findings stand in kgen.cue where
// the organisation makes it.
func ownerByOrg(owner check.Subject, named tree.Path) check.Subject {
	if owner.Service != nil && len(named) > 1 && named[0] == any("render") {
		owner.Tree = func() *tree.Node { return owner.ByOrg.RenderTree }
	}
	return owner
}

// patched is where a patch of it says the value at a path of an object.
func (b *byOrg) patched(o taken, at tree.Path) (path tree.Path, pos tree.Pos, found bool) {
	if b == nil {
		return nil, pos, false
	}
	for i := len(b.Patches) - 1; i >= 0; i-- {
		for _, where := range []func(*schema.Patch, *manifest.Object, tree.Path) (tree.Path, bool){manifest.PatchOrigin, manifest.PatchElement} {
			if in, found := where(&b.Patches[i], o.Object, at); found {
				path = orgPatches.With(i).With(in...)
				return path, b.sink.Begin(path), true
			}
		}
	}
	return nil, pos, false
}

// labelled is where it says a label or an annotation that a path of the service is to.
func (b *byOrg) labelled(of tree.Path) (path tree.Path, pos tree.Pos, found bool) {
	if b == nil || len(of) != 2 || of[0] != any("labels") && of[0] != any("annotations") {
		return nil, pos, false
	}
	path = tree.P("render").With(of...)
	if b.sink.At(path) == nil {
		return nil, pos, false
	}
	return path, b.sink.Begin(path), true
}
