// Package render turns loaded services into manifests: the checks across
// services, the templates, patches and extra objects, their order and their
// YAML, and the directories that hold them.
package render

import (
	"cmp"

	"github.com/kgen-dev/kgen/pkg/check"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
	"github.com/kgen-dev/kgen/pkg/workers"
	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// Options say how to render.
type Options struct {
	// Workers is the number of goroutines; 0 is one a processor. The result does
	// not depend on it.
	Workers int
	// LookupEnv finds the environment variables that Secrets take their values
	// from; nil leaves Secrets out.
	LookupEnv func(name string) (string, bool)
	// Schemas are the CRDs by which custom resources are judged; nil is none.
	Schemas *custom.Schemas
	// Keep keeps the objects beside their YAML, for who wants to know more of them.
	Keep bool
	// Layout is that of the output tree; empty leaves it to kgen.cue. What it needs
	// from there and does not find is a finding.
	Layout string
	// Unjudged leaves out the API server's verdict.
	Unjudged bool
}

// Render renders the environments of a project that were loaded. What it returns
// is worth something only when no finding is an error. It uses p up: of a large
// project the trees and the manifests do not fit into memory side by side.
func Render(p *load.Project, o Options) (*Project, []report.Finding) {
	rendered := &Project{
		Dir: p.Dir, Root: p.Root, SourceDirs: p.SourceDirs, Output: p.Config.Output, Whole: p.Whole, EnvironmentNames: p.EnvironmentNames,
	}
	var findings []report.Finding
	if o.Schemas == nil {
		o.Schemas = &custom.Schemas{}
	}
	for _, e := range p.Environments {
		r := renderer{options: o, project: p, environment: e}
		rendered.Environments = append(rendered.Environments, r.renderJudged())
		findings = append(findings, report.InEnvironment(e.Name, r.findings)...)
	}
	findings = append(findings, deliver(p, cmp.Or(o.Layout, p.Config.Output.Layout), rendered)...)
	p.Environments = nil
	return rendered, findings
}

// renderer renders one environment.
type renderer struct {
	options     Options
	project     *load.Project
	environment *load.Environment
	judge       *validate.Judge // nil where nothing is judged
	findings    []report.Finding
	told        []report.Finding // the errors among the findings before anything was judged
}

// renderJudged renders under the API server of the environment's release.
func (r *renderer) renderJudged() (e Environment) {
	if r.options.Unjudged {
		return r.render()
	}
	r.trustCRDs()
	err := validate.Under(releaseOf(r.environment.World), r.options.Schemas, func(j *validate.Judge) {
		r.judge = j
		e = r.render()
	})
	if err != nil {
		e = r.render()
		r.findings = append(r.findings, r.impossibleGates(err)...)
	}
	return e
}

func (r *renderer) render() Environment {
	e := r.environment
	r.findings = append(r.findings, check.Environment(e.Services, e.World)...)
	r.told = append(report.Errors(r.findings), r.project.Told...)
	parts := make([]part, 1+len(e.Services))
	r.each(len(parts), func(i int, scratch *[]byte) {
		if i == 0 {
			parts[i] = r.ownObjects(scratch)
			return
		}
		parts[i] = r.service(e.Services[i-1], scratch)
	})
	for i := range parts {
		r.findings = append(r.findings, parts[i].findings...)
	}
	r.findings = append(r.findings, r.duplicates(parts)...)

	return r.collect(parts)
}

// collect keeps what was asked for.
func (r *renderer) collect(parts []part) Environment {
	e := r.environment
	result := Environment{Name: e.Name, Services: map[string]bool{}}
	n := 0
	for i := range parts {
		n += len(parts[i].objects)
	}
	result.Objects = make([]Object, 0, n)
	result.keep(&parts[0], r.project.Whole)
	if r.project.Whole {
		result.add(&parts[0])
	}
	for i, s := range e.Services {
		result.keep(&parts[i+1], e.IsSelected(s.Name))
		if e.IsSelected(s.Name) {
			result.Services[s.Name] = true
			result.add(&parts[i+1])
		}
	}
	return result
}

// each calls do for 0 to n-1 on all workers at once; each has a scratch buffer.
func (r *renderer) each(n int, do func(i int, scratch *[]byte)) {
	scratch := make([][]byte, workers.Count(r.options.Workers))
	workers.Each(n, len(scratch), func(worker, i int) { do(i, &scratch[worker]) })
}

// service renders one service: templates, then patches, then extra objects.
func (r *renderer) service(s check.Subject, scratch *[]byte) part {
	sink := s.Sink()
	s.Service = labelledByOrg(s.Service)
	byOrg := renderedByOrg(s, &sink)
	withValues := r.options.LookupEnv != nil && r.environment.IsSelected(s.Name)
	var objects []*manifest.Object
	for _, typed := range templates.Objects(s.Service, r.values(withValues, &sink)) {
		objects = append(objects, manifest.Of(s.Name, s.Pos, typed))
	}
	byOrg.patch(objects)
	manifest.ApplyPatches(objects, s.Patches, tree.P("patches"), &sink)
	var p part
	for _, o := range objects {
		p.take(o, namedBy(o, s.Service))
	}
	p.takeExtra(s.Name, s.NamespaceName(), s.Objects, tree.P("objects"), &sink)
	byOrg.takeObjects(&p, s.Service)
	author := r.serviceAuthor(s, &sink)
	author.byOrg = byOrg
	p.encode(withValues, scratch, r.judging(&p, author))
	byOrg.tell(&sink)
	p.findings = sink.Findings
	if !withValues {
		p.leftOut = leftOut(s.Service)
	}
	return p
}

// ownObjects renders what belongs to no service.
func (r *renderer) ownObjects(scratch *[]byte) part {
	sink := &report.Sink{Root: r.project.Tree}
	world := r.environment.World
	namespace := ""
	if world.Namespace != nil {
		namespace = world.Namespace.Name
	}
	var p part
	pos := r.project.Tree.Nearest(byNamespace, true)
	for _, typed := range templates.ProjectObjects(world) {
		p.take(manifest.Of("", pos, typed), byNamespace)
	}
	p.takeExtra("", namespace, r.project.Config.Objects, tree.P("objects"), sink)
	p.encode(false, scratch, r.judging(&p, r.projectAuthor(sink)))
	p.findings = sink.Findings
	return p
}

// takeExtra takes the manifests that a person wrote, at a path. One that names no namespace,
// and is of a kind known to stand in one, goes where the services go.
func (p *part) takeExtra(service, namespace string, objects schema.Map[schema.Manifest], above tree.Path, sink *report.Sink) {
	for _, entry := range objects {
		at := above.With(entry.Key)
		o := manifest.FromNode(entry.Value, at, sink)
		if o == nil {
			continue
		}
		o.Service = service
		kind := manifest.KindOf(o.APIVersion, o.Kind)
		if typed, ok := o.Value.(manifest.Typed); ok && kind != nil && !kind.ClusterScoped && o.Namespace == "" {
			typed.SetNamespace(namespace)
			o.Namespace = namespace
		}
		manifest.CheckSize(o, at, sink)
		p.taken = append(p.taken, taken{Object: o, named: at, isExtra: true})
	}
}
