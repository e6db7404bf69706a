package load

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Layer is what one place says of a service: a partial service, in the long form.
type Layer struct {
	// At is where it stands in its file: defaults, environments.prod.defaults.
	// Empty is the service itself.
	At tree.Path
	// InProject is set where the file is kgen.cue.
	InProject bool
	Root      *tree.Node
}

// Layered is a service of one environment, with the layers that make it.
type Layered struct {
	Project     *Project
	Environment string
	Name        string
	// File is the service's, as messages name it; relative paths in it start from Dir.
	File, Dir string
	// Layers are those that say something of it, lowest first.
	Layers []Layer
	// Tree is what they come to.
	Tree *tree.Node
	// Written is what people wrote, Service the same with kgen's defaults; both are
	// nil where the service is wrong.
	Written, Service *schema.Service

	// after is what the layers up to each come to.
	after []*tree.Node
}

// Layered reads the service called name once more. It returns nil where the environment
// has no such service, because it removes it or because its file is no longer what it was.
func (e *Environment) Layered(name string) *Layered {
	for _, r := range e.again {
		if r.name != name {
			continue
		}
		if w, d := r.definition(); d != nil {
			return w.layered(e, r, d)
		}
	}
	return nil
}

func (w *worker) layered(e *Environment, r *rereader, d *definition) *Layered {
	l := &Layered{Project: r.project, Environment: e.Name, Name: d.name, File: d.root.Pos.File(), Dir: d.root.Pos.Source.Dir}
	l.Layers = r.project.under(e.Name)
	l.Layers = append(l.Layers, Layer{Root: d.root})
	l.add(tree.P("environments", e.Name, "services", d.name), true, r.layers.over.Get(d.name))
	l.add(tree.P("environments", e.Name), false, d.environments.Get(e.Name))
	sink := &report.Sink{}
	m := merger{sink}
	var root *tree.Node
	for i := range r.project.under(e.Name) {
		l.Layers[i].Root = r.layers.applied(d, l.Layers[i].Root)
	}
	for i := range l.Layers {
		root = m.over(root, l.Layers[i].Root, serviceShape, nil)
		l.after = append(l.after, root)
	}
	l.Tree = r.layers.merge(d, sink)
	w.checker.Check(l.Tree, sink)
	if len(d.mistakes) == 0 && !report.HasErrors(sink.Findings) {
		l.decode(e.World)
	}
	return l
}

// add adds a layer, where there is one.
func (l *Layered) add(at tree.Path, inProject bool, root *tree.Node) {
	if root != nil && root.Kind == tree.Map {
		l.Layers = append(l.Layers, Layer{at, inProject, root})
	}
}

// decode makes the service, without and with kgen's defaults.
func (l *Layered) decode(world *schema.World) {
	written, filled := &schema.Service{World: world}, &schema.Service{World: world}
	sink := &report.Sink{}
	if l.Project.decodeService(l.Tree, written, sink) && l.Project.decodeService(l.Tree, filled, sink) {
		schema.ApplyDefaults(filled)
		l.Written, l.Service = written, filled
	}
}

// under are the layers that lie under every service of an environment, lowest first.
func (p *Project) under(environment string) []Layer {
	var layers []Layer
	for _, key := range []string{"labels", "annotations"} {
		if f := p.Tree.Field(key); f != nil {
			layers = append(layers, Layer{tree.P(key), true, &tree.Node{Kind: tree.Map, Fields: []tree.Field{*f}}})
		}
	}
	for _, at := range []tree.Path{tree.P("defaults"), tree.P("environments", environment, "defaults")} {
		if root := p.Tree.At(at); root != nil {
			layers = append(layers, Layer{at, true, root})
		}
	}
	return layers
}

// place is the path of the layer in its file; that of labels and annotations is part
// of the layer itself.
func (l *Layer) place() tree.Path {
	if len(l.At) == 1 && l.At[0] != "defaults" {
		return nil
	}
	return l.At
}

// RemovedAt is where the environment takes the service called name out; nowhere where
// it does not.
func (p *Project) RemovedAt(environment, name string) tree.Pos {
	remove := p.Tree.At(tree.P("environments", environment, "remove"))
	if remove == nil {
		return tree.Pos{}
	}
	i := slices.IndexFunc(remove.Fields, func(f tree.Field) bool { return f.Value.Text == name })
	if i < 0 {
		return tree.Pos{}
	}
	return remove.Fields[i].Value.Pos
}
