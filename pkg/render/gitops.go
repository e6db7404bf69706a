package render

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/repository"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// delivery is the object by which a GitOps controller takes an environment to a
// cluster.
type delivery struct {
	// path is where kgen.cue says that the tree lies in its repository, empty where it
	// says nothing.
	path string
	// object makes the object for a directory of the repository.
	object func(dir string) any
}

// deliverer makes the deliveries of a project's environments.
type deliverer struct {
	layout  string
	project *load.Project
	sink    *report.Sink
	names   map[string]string // of objects, and what made them
	targets map[string]string // clusters and namespaces, and what is deployed to them
}

// deliver gives every environment of rendered its delivery, where the layout has any.
// It reports what kgen.cue has to say for that and does not.
func deliver(p *load.Project, layout string, rendered *Project) []report.Finding {
	if layout != LayoutArgoCD && layout != LayoutFlux {
		return nil
	}
	source := &tree.Source{Name: path.Join(p.Dir, "kgen.cue"), Dir: p.Root}
	d := deliverer{
		layout: layout, project: p, sink: &report.Sink{Root: p.Tree, Source: source},
		names: map[string]string{}, targets: map[string]string{},
	}
	var findings []report.Finding
	for i, e := range p.Environments {
		d.sink.Findings = nil
		if layout == LayoutArgoCD {
			rendered.Environments[i].delivery = d.argoCD(e.World)
		} else {
			rendered.Environments[i].delivery = d.flux(e.World)
		}
		findings = append(findings, report.InEnvironment(e.Name, d.sink.Findings)...)
	}
	return findings
}

// require reports a field that the layout needs and kgen.cue does not have.
func (d *deliverer) require(value string, at tree.Path, fix string) {
	if value != "" || d.isMisspelt(at) {
		return
	}
	pos := d.sink.Begin(at)
	if output := tree.P("output", "layout"); d.sink.At(at[:1]) == nil && d.sink.At(output) != nil {
		pos = d.sink.Begin(output)
	}
	d.sink.ErrorAt(pos, schema.MissingField, at, "the layout %s needs it", d.layout).Fix = fix
}

// isMisspelt reports whether an unknown field stands where at does, in kgen.cue or an
// environment of it, that would be called so: that is an error already.
func (d *deliverer) isMisspelt(at tree.Path) bool {
	last := len(at) - 1
	blocks := []tree.Path{at[:last]}
	for _, e := range d.project.EnvironmentNames {
		blocks = append(blocks, append(tree.P("environments", e), at[:last]...))
	}
	for _, block := range blocks {
		n := d.sink.At(block)
		if n == nil {
			continue
		}
		for _, f := range n.Fields {
			_, err := schema.ProjectDocument.Lookup(block.With(f.Key).String())
			if err != nil && suggest.Nearest(f.Key, []string{at[last].(string)}) != "" {
				return true
			}
		}
	}
	return false
}

// namespaceOf is the namespace of the environment, which has to be known.
func (d *deliverer) namespaceOf(w *schema.World) string {
	name := ""
	if w.Namespace != nil {
		name = w.Namespace.Name
	}
	d.require(name, tree.P("namespace"), `say where the services go, as in namespace: "shop"`)
	return name
}

// nameOf is what the object of an environment is called: what its own block says, else
// the project's name for it and the environment's.
func (d *deliverer) nameOf(w *schema.World, block, name, byDefault string) string {
	own := tree.P("environments", w.Environment, block, "name")
	if d.sink.At(own) != nil && name != "" {
		return d.claim(name, w, own)
	}
	at := tree.P(block, "name")
	if name == "" {
		name = byDefault
	}
	if e := w.Environment; e != "" && name != e && !strings.HasSuffix(name, "-"+e) {
		name += "-" + e
	}
	return d.claim(name, w, at)
}

// claim refuses a name that another environment has.
func (d *deliverer) claim(name string, w *schema.World, at tree.Path) string {
	if other, isTaken := d.names[name]; isTaken {
		d.sink.Errorf(schema.DuplicateObject, at, "%q: the environment %s has this name too", name, other)
	}
	d.names[name] = w.Environment
	return name
}

// metadata is that of the object of an environment.
func (d *deliverer) metadata(w *schema.World, name, namespace string) objectMeta {
	meta := objectMeta{Name: name, Namespace: namespace, Labels: map[string]string{"app.kubernetes.io/managed-by": "kgen"}}
	if w.PartOf != "" {
		meta.Labels["app.kubernetes.io/part-of"] = w.PartOf
	}
	for _, l := range w.Labels {
		if !l.Value.Declined {
			meta.Labels[l.Key] = l.Value.Value
		}
	}
	for _, a := range w.Annotations {
		if !a.Value.Declined {
			if meta.Annotations == nil {
				meta.Annotations = map[string]string{}
			}
			meta.Annotations[a.Key] = a.Value.Value
		}
	}
	return meta
}

// objectMeta is what kgen writes of the metadata of an object that deploys others.
type objectMeta struct {
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
	Finalizers  []string          `json:"finalizers,omitempty"`
}

// deliveries are the files of the objects that deliver the environments that were
// rendered.
func (t Tree) deliveries() (files []file, err error) {
	if deliveryFiles[t.Layout] == "" {
		return nil, nil
	}
	where, isInside, err := repository.Below(t.Dir)
	if err != nil {
		return nil, err
	}
	for _, e := range t.Project.Environments {
		if e.delivery == nil {
			continue
		}
		dir := cmp.Or(e.delivery.path, where)
		if !isInside && e.delivery.path == "" {
			return nil, fmt.Errorf("%s: it lies in no repository, so where it will lie in one is for kgen.cue to say: %s: path", slashed(t.Dir), t.Layout)
		}
		files = append(files, file{path.Join(e.Name, deliveryFiles[t.Layout]), manifest.Append(nil, e.delivery.object(path.Join(dir, e.Name)))})
	}
	return files, nil
}

// deliveryFiles are the files of the objects that deliver, by layout, below an
// environment's directory. They lie beside what they deploy, and its kustomization.yaml
// leaves them out: who deploys an environment does not deploy its deployment.
var deliveryFiles = map[string]string{
	LayoutArgoCD: "_argocd/application.yaml",
	LayoutFlux:   "_flux/sync.yaml", // a kustomization.yaml means something else to kustomize
}

// isDelivery reports whether a file of a tree delivers an environment.
func isDelivery(name string) bool {
	for _, f := range deliveryFiles {
		if name == f || strings.HasSuffix(name, "/"+f) {
			return true
		}
	}
	return false
}
