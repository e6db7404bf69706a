package main

import (
	"cmp"
	"path/filepath"
	"slices"

	"github.com/kgen-dev/kgen/pkg/check"
	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// world is objects that are linted together, by one configuration.
type world struct {
	kind        lint.World
	minor       int
	gates       map[string]bool
	config      *load.Config // nil for none
	environment string
	target      string // where there are several
	hasFiles    bool   // not only what comes from pipes
	objects     []*lint.Object
	ignores     []*lint.Ignore
	external    []lint.External
	services    []check.Subject
}

// serviceTree is what people wrote of a service, for rules that ask.
func (w *world) serviceTree(name string) *tree.Node {
	for _, s := range w.services {
		if s.Name == name {
			sink := s.Sink()
			return sink.At(nil)
		}
	}
	return nil
}

// linter collects what is judged into worlds, and lints them.
type linter struct {
	*lintOptions
	sources lint.Sources
	inputs  *load.Inputs
	// templates are those of streams, by name.
	templates map[string]templates
	// rendered are the environments of projects, manifests are all others by the file
	// of their configuration.
	rendered, manifests []*world
	settings            map[string]*configured // by file of the configuration
	order               []*configured
	before              []*lint.Object // as --against has them
	// ran are the rules that ran, own those of organisations.
	ran, own []*lint.Rule
}

// told is where the world is, for findings.
func (w *world) told() string {
	if w.environment != "" && w.target != "" {
		return w.environment + " on " + w.target
	}
	return w.environment + w.target
}

// enter takes a project before it is rendered, which uses it up; target is what to
// tell where there are several.
func (l *linter) enter(p *load.Project, target string) {
	config := configOf(p)
	for _, e := range p.Environments {
		w := &world{kind: lint.Closed, minor: e.World.Kubernetes.Minor, gates: e.World.FeatureGates.Plain(),
			config: config, environment: e.Name, target: target, external: elsewhere(e), services: e.Services}
		for _, s := range e.Services {
			if s.Lint == nil || !e.IsSelected(s.Name) {
				continue
			}
			sink := s.Sink()
			for _, ignored := range s.Lint.Ignore {
				pos := sink.Begin(tree.P("lint", "ignore", ignored.Key))
				w.ignores = append(w.ignores, lint.OfService(s.Name, ignored.Key, ignored.Value, pos, l.load.Env != ""))
			}
		}
		w.takeForeign(e, dirOf(p.Root, e.Name))
		l.rendered = append(l.rendered, w)
	}
}

// dirOf stands for the directory of the objects of an environment.
func dirOf(root, environment string) string { return root + "\x00" + environment }

// configOf is the configuration of a project.
func configOf(p *load.Project) *load.Config {
	return &load.Config{File: p.File, Root: p.Root, Project: p.Config, Tree: p.Tree, Org: p.Org}
}

// elsewhere are the objects that services say exist.
func elsewhere(e *load.Environment) (external []lint.External) {
	add := func(kind, name string) { external = append(external, lint.External{Kind: kind, Name: name}) }
	for name, c := range e.World.ConfigMaps {
		if c != nil && c.Existing {
			add("ConfigMap", name)
		}
	}
	for name, s := range e.World.Secrets {
		if s != nil && s.Existing {
			add("Secret", name)
		}
	}
	for _, s := range e.Services {
		if !s.CreatesServiceAccount() {
			add("ServiceAccount", s.ServiceAccountName())
		}
		for _, secret := range s.ImagePullSecrets {
			add("Secret", secret.Name)
		}
		for _, volume := range s.Volumes {
			if claim := volume.Value.Claim; claim != "" {
				add("PersistentVolumeClaim", claim)
			}
		}
	}
	slices.SortFunc(external, func(a, b lint.External) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	return slices.Compact(external)
}

// take takes what a project that was entered last is rendered to.
func (l *linter) take(p *render.Project) {
	worlds := l.rendered[len(l.rendered)-len(p.Environments):]
	for i := range p.Environments {
		w := worlds[i]
		for _, k := range p.Environments[i].Kept {
			w.objects = append(w.objects, &lint.Object{
				Object: k.Object, Dir: dirOf(p.Root, w.environment), Locate: k.Locate, IsContext: !k.IsSelected, IsMade: k.IsMade,
			})
		}
	}
}

// takeManifests takes what was read of manifests, each with what lies around it.
func (l *linter) takeManifests(set *validate.Set, configs *load.Configs) {
	for i := range set.Kept {
		in := &set.Inputs[i]
		if len(set.Kept[i]) == 0 {
			continue
		}
		w := l.manifestsOf(in, configs)
		open := func() (*read.Pieces, error) { return read.Held(in.Held), nil }
		if in.File == "" {
			l.takeTemplates(in)
		} else {
			w.hasFiles = true
			open = func() (*read.Pieces, error) { return read.ManifestFile(in.File) }
		}
		elsewhere := elsewhereOf(l.inputs, in.File)
		var source *tree.Source
		for _, kept := range set.Kept[i] {
			o, isObject := kept.(*lint.Object)
			if !isObject {
				continue
			}
			o.Dir, o.Elsewhere = cmp.Or(filepath.Dir(in.File), "."), elsewhere
			o.Locate = l.sources.Locate(o.Origin, open)
			w.objects = append(w.objects, o)
			source = cmp.Or(source, o.Origin.Source)
		}
		if source != nil {
			w.ignores = append(w.ignores, inComments(source, open)...)
		}
	}
}

// inComments are the ignores in the comments of a file.
func inComments(source *tree.Source, open func() (*read.Pieces, error)) []*lint.Ignore {
	pieces, err := open()
	if err != nil {
		return nil // it was read before, and is gone
	}
	defer pieces.Close()
	held, err := pieces.Hold()
	if err != nil || !slices.ContainsFunc(held, func(p *read.Piece) bool { return lint.HasIgnoreComments(p.Data) }) {
		return nil
	}
	var data []byte
	for _, p := range held {
		data = append(data, p.Data...)
	}
	return lint.InComments(source, data)
}

// manifestsOf is the world that an input belongs to.
func (l *linter) manifestsOf(in *validate.Input, configs *load.Configs) *world {
	config := configs.Of(cmp.Or(in.File, inWorkingDir))
	for _, w := range l.manifests {
		if w.config == config && w.minor == in.Release.Minor && w.target == in.Environment {
			return w
		}
	}
	w := &world{kind: lint.Open, minor: in.Release.Minor, target: in.Environment, gates: in.Release.Gates, config: config}
	if l.partial {
		w.kind = lint.Partial
	}
	l.manifests = append(l.manifests, w)
	return w
}
