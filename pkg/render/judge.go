package render

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/check"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// releaseOf is the API server that an environment is rendered for.
func releaseOf(w *schema.World) apiserver.Release {
	return apiserver.Release{Minor: w.Kubernetes.Minor, Gates: w.FeatureGates.Plain()}
}

// trustCRDs takes in the CRDs among the extra objects, by which others are judged.
func (r *renderer) trustCRDs() {
	take := func(objects schema.Map[schema.Manifest], sink *report.Sink) {
		for i := range objects {
			if n := objects[i].Value; validate.IsCRD(n) {
				from := custom.Origin{Project: r.project.Root}
				sink.Findings = append(sink.Findings, validate.TrustCRD(r.options.Schemas, n, from)...)
			}
		}
	}
	sink := &report.Sink{}
	take(r.project.Config.Objects, sink)
	for _, s := range r.environment.Services {
		take(s.Objects, sink)
		if s.ByOrg != nil && s.ByOrg.Render != nil {
			take(s.ByOrg.Render.Objects, sink)
		}
	}
	r.findings = append(r.findings, sink.Findings...)
}

// author is who wrote what an object is made of: a service, or kgen.cue.
type author struct {
	sink    *report.Sink
	service *schema.Service // nil for kgen.cue
	world   *schema.World
	project *tree.Node
	// patches were applied to the objects of the service, in this order.
	patches []schema.Patch
	// byOrg is what the organisation renders for it; nil where that is nothing.
	byOrg *byOrg
	// told are errors in it that kgen found itself, elsewhere those in anything.
	told, elsewhere []report.Finding
}

func (r *renderer) serviceAuthor(s check.Subject, sink *report.Sink) *author {
	a := r.projectAuthor(sink)
	a.service, a.patches = s.Service, s.Patches
	a.told = append(report.Errors(sink.Findings), s.Told...)
	return a
}

func (r *renderer) projectAuthor(sink *report.Sink) *author {
	return &author{sink: sink, world: r.environment.World, project: r.project.Tree, elsewhere: r.told}
}

// judging is what encode does with the objects of an author, which p is made of.
func (r *renderer) judging(p *part, a *author) func(taken, []byte) {
	return func(o taken, yaml []byte) {
		if r.options.Keep {
			p.kept = append(p.kept, a.keep(o))
		}
		if r.judge != nil {
			a.judge(r.judge, o, yaml)
		}
	}
}

// judge reports what the API server says of a rendered object, where its author
// wrote it. yaml is the object as it is printed; o.Value may be changed.
func (a *author) judge(j *validate.Judge, o taken, yaml []byte) {
	problems := slices.DeleteFunc(verdict(j, o.Object), a.isOfProvider)
	if len(problems) == 0 {
		return
	}
	root := o.written(yaml)
	problems = validate.Causes(root, problems)
	for i := range problems {
		a.report(&problems[i], o, root)
	}
}

// isOfProvider reports whether the server warns of what the provider's controller goes
// by: that of GKE knows no other way to name a class than the annotation.
func (a *author) isOfProvider(p validate.Problem) bool {
	return a.world != nil && a.world.Provider == schema.GKE && p.ID == validate.ServerWarning &&
		strings.Contains(p.Message, "kubernetes.io/ingress.class")
}

// verdict is what the API server says of an object. Of a Secret whose values were
// not asked for it judges all else.
func verdict(j *validate.Judge, o *manifest.Object) []validate.Problem {
	switch value := o.Value.(type) {
	case *corev1.Secret:
		isLeftOut := fillLeftOut(value)
		return slices.DeleteFunc(j.Typed(value), func(p validate.Problem) bool { return isLeftOut && p.ID == validate.ServerWarning })
	case manifest.Typed:
		return j.Typed(value)
	case *tree.Node:
		_, problems := j.Node(value)
		return problems
	}
	return nil
}

// fillLeftOut gives the values of a Secret that were not asked for a form that no
// type of Secret refuses, and reports whether there are any.
func fillLeftOut(secret *corev1.Secret) (isLeftOut bool) {
	for key, value := range secret.Data {
		if value == nil {
			secret.Data[key] = []byte("{}")
			isLeftOut = true
		}
	}
	return isLeftOut
}

// written is the object as a manifest.
func (o taken) written(yaml []byte) (root *tree.Node) {
	if node, ok := o.Value.(*tree.Node); ok {
		return node
	}
	read.Documents(&tree.Source{}, yaml, &report.Sink{}, func(n *tree.Node) { root = n })
	return root
}

// report adds one problem where its cause was written, unless it was told already.
func (a *author) report(p *validate.Problem, o taken, root *tree.Node) {
	at, pos, byDefault := a.origin(o, a.atFault(o, p, p.In(root)))
	if a.isTold(at, pos) {
		return
	}
	f := p.Finding(o.Object, at, pos)
	if byDefault != "" {
		f.Message += " (the built-in default of " + byDefault + ")"
	}
	a.sink.Add(f)
}

// atFault is the path of what to change: at, or what it is held against where a
// patch says that alone.
func (a *author) atFault(o taken, p *validate.Problem, at tree.Path) tree.Path {
	against := heldAgainst(p, at)
	if against == nil || o.isExtra {
		return at
	}
	if _, isPatched := a.inPatches(o, at, manifest.PatchOrigin); isPatched {
		return at
	}
	if _, isPatched := a.inPatches(o, against, manifest.PatchOrigin); isPatched {
		return against
	}
	return at
}

// heldAgainst is what a value has to fit, in an object that a template made: the
// labels of pods their selector, a mount the volumes.
func heldAgainst(p *validate.Problem, at tree.Path) tree.Path {
	switch last := len(at) - 1; {
	case p.Field == "spec.template.metadata.labels":
		return tree.P("spec", "selector", "matchLabels")
	case p.ID == validate.NotFound && last >= 2 && at[last] == "name" && at[last-2] == "volumeMounts":
		return tree.P("spec", "template", "spec", "volumes")
	}
	return nil
}

// isTold reports whether kgen itself found an error in what at leads to, or in
// that line: the server's is probably the same.
func (a *author) isTold(at tree.Path, pos tree.Pos) bool {
	isHere := func(f report.Finding) bool { return f.Pos.Line == pos.Line && f.Pos.File() == pos.File() }
	isAbout := func(f report.Finding) bool {
		about := f.Path
		if f.ID == schema.RequestOverLimit && len(about) > 2 { // told at either, of both
			about = about[:len(about)-2]
		}
		return isHere(f) || len(about) > 0 && len(at) > 0 && about.IsAlong(at)
	}
	return slices.ContainsFunc(a.told, isAbout) || slices.ContainsFunc(a.elsewhere, isHere)
}

// origin is what to change for another value at a path of an object: its path in
// the service or in kgen.cue, its place, and the built-in default that it comes
// from where nobody wrote it.
func (a *author) origin(o taken, at tree.Path) (path tree.Path, pos tree.Pos, byDefault string) {
	if a.byOrg.isOf(o) {
		path = o.named.With(at...)
		return path, a.byOrg.sink.Begin(path), ""
	}
	if o.isExtra {
		path = o.named.With(at...)
		return path, a.sink.Begin(path), ""
	}
	if path, found := a.inPatches(o, at, manifest.PatchOrigin); found {
		return path, a.sink.Begin(path), ""
	}
	if path, pos, found := a.byOrg.patched(o, at); found {
		return path, pos, ""
	}
	var origin templates.Origin
	if a.service != nil {
		origin = templates.OriginOf(a.service, o.Kind, o.Name, at)
	} else {
		origin = templates.ProjectOriginOf(a.world, o.Kind, o.Name, at)
	}
	if isWritten := len(origin.Path) > 0 && a.sink.At(origin.Path) != nil; !isWritten || origin.IsAbove {
		if path, found := a.inPatches(o, at, manifest.PatchElement); found {
			return path, a.sink.Begin(path), ""
		}
		// What is missing in a map that a patch made is missing in the patch.
		path, found := a.inPatches(o, at, manifest.PatchReaches)
		if !found {
			path, found = a.inPatches(o, at[:max(0, len(at)-1)], manifest.PatchOrigin)
		}
		if found && !isWritten {
			return path, a.sink.Begin(path), ""
		}
	}
	if path, pos, found := a.byOrg.labelled(origin.Path); found && a.sink.At(origin.Path) == nil {
		return path, pos, ""
	}
	if origin.InProject {
		return origin.Path, a.inProject(origin.Path), ""
	}
	if a.sink.At(origin.Path) == nil && !a.isDeclined(origin.Path) {
		byDefault = origin.Default
	}
	return origin.Path, a.sink.Begin(origin.Path), byDefault
}

// isDeclined reports whether the service declines what a path leads to: by resources:
// false there are no requests, of whatever default.
func (a *author) isDeclined(path tree.Path) bool {
	for n := len(path) - 1; n > 0; n-- {
		if above := a.sink.At(path[:n]); above != nil {
			return above.Kind != tree.Map && above.Kind != tree.List
		}
	}
	return false
}

// inPatches looks for the last patch that said something of the value at a path.
func (a *author) inPatches(o taken, at tree.Path, where func(*schema.Patch, *manifest.Object, tree.Path) (tree.Path, bool)) (path tree.Path, found bool) {
	for i := len(a.patches) - 1; i >= 0; i-- {
		if in, found := where(&a.patches[i], o.Object, at); found {
			return tree.P("patches", i).With(in...), true
		}
	}
	return nil, false
}

// inProject is where kgen.cue says what path leads to; the environment says it
// over the project.
func (a *author) inProject(path tree.Path) tree.Pos {
	if own := tree.P("environments", a.world.Environment).With(path...); a.project.At(own) != nil {
		return a.project.Begin(own)
	}
	return a.project.Begin(path)
}
