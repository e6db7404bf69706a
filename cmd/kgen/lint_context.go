package main

import (
	"path/filepath"
	"slices"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
)

// takeContext gives manifests that lie in a project what it renders to, which names in
// them may lead to. Of a project that cannot be read they are a part.
func (r *validateRun) takeContext() {
	known := slices.Clone(r.lint.rendered)
	for _, w := range r.lint.manifests {
		if w.hasFiles && w.isInProject() && !slices.ContainsFunc(known, w.isOfProject) {
			around, isWhole := r.around(w)
			if known = append(known, around...); !isWhole {
				w.kind = lint.Partial
			}
		}
		for _, other := range known {
			if w.isOfProject(other) {
				w.takeContext(other)
			}
		}
	}
}

func (w *world) isInProject() bool {
	return w.config != nil && w.config.Tree != nil && !w.config.IsYAML()
}

// isOfProject reports whether another world is the project that manifests lie in, for
// the same target.
func (w *world) isOfProject(other *world) bool {
	return w.config != nil && other.config.Root == w.config.Root && other.target == w.target
}

// around is the project that manifests lie in, where none of its services was asked
// for. Its own mistakes are for who asks for it.
func (r *validateRun) around(w *world) (worlds []*world, isWhole bool) {
	r.supervisor.enter("reading services")
	defer r.supervisor.enter("linting")
	options := r.load
	options.Paths, options.Mixed, options.Stdin = []string{w.config.Root}, true, nil
	for _, t := range r.targets {
		if w.target == t.String() || len(r.targets) == 1 {
			options.KubernetesVersion = t.version
		}
	}
	loaded, err := load.Load(options)
	isWhole = err == nil && !report.HasErrors(loaded.Findings)
	for _, p := range loaded.Projects {
		l := &linter{lintOptions: r.lint.lintOptions}
		l.enter(p, w.target)
		rendered, findings := render.Render(p, render.Options{Workers: r.load.Workers, Keep: true, Unjudged: true})
		l.take(rendered)
		worlds = append(worlds, l.rendered...)
		isWhole = isWhole && !report.HasErrors(findings)
	}
	return worlds, isWhole
}

// takeContext takes the objects of the project that manifests lie in.
func (w *world) takeContext(project *world) {
	for _, o := range project.objects {
		context := *o
		context.IsContext = true
		w.objects = append(w.objects, &context)
	}
	w.external = append(w.external, project.external...)
}

// environmentNames are those of the projects around manifests.
func (r *validateRun) environmentNames() (names []string) {
	for _, c := range r.configs.All() {
		for _, e := range c.Project.Environments {
			names = append(names, e.Key)
		}
	}
	return names
}

// elsewhereOf is what the file of manifests is put together with; nil for nothing.
func elsewhereOf(inputs *load.Inputs, file string) *lint.Elsewhere {
	if inputs == nil || file == "" {
		return nil
	}
	found := inputs.Kustomized(filepath.FromSlash(file))
	if !found.IsPart && found.Generated == nil && found.Tags == nil {
		return nil
	}
	e := &lint.Elsewhere{IsPart: found.IsPart, Tags: found.Tags}
	for _, g := range found.Generated {
		e.External = append(e.External, lint.External{Kind: g.Kind, Name: g.Name})
	}
	return e
}
