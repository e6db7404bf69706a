package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/kgen-dev/kgen/pkg/krm"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// renderProject makes what a project on disk renders to.
func (r *fnRun) renderProject() error {
	spec := r.config.project
	return r.generate(load.Options{Paths: []string{spec.Path}, Env: spec.Env, KubernetesVersion: spec.KubernetesVersion})
}

// generate makes what services render to.
func (r *fnRun) generate(options load.Options) error {
	r.supervisor.enter("reading services")
	spec := r.config.project
	options.Workers, options.OnEvaluate, options.Command = r.load.Workers, r.load.OnEvaluate, "kgen fn"
	loaded, err := load.Load(options)
	if loaded == nil {
		return err
	}
	r.findings = loaded.Findings
	if err == nil {
		err = oneEnvironment(loaded, spec.Env)
	}
	if err != nil {
		return err
	}
	crds, err := r.readCRDs(options, spec.CRDs)
	if err != nil {
		return err
	}
	r.supervisor.enter("rendering")
	var projects []*render.Project
	for _, p := range loaded.Projects {
		rendered, findings := render.Render(p, render.Options{Workers: r.load.Workers, Schemas: &crds.schemas})
		findings, _ = validate.WithoutUnchecked(findings)
		r.findings = append(r.findings, findings...)
		projects = append(projects, rendered)
	}
	r.findings = append(r.findings, crds.refused()...)
	if report.HasErrors(r.findings) {
		return nil
	}
	kinds := render.Kinds(spec.Only)
	if err := kinds.Select(projects); err != nil {
		return errors.New("spec.only: " + strings.TrimPrefix(err.Error(), "--only: "))
	}
	r.take(projects, kinds)
	return nil
}

// oneEnvironment demands that it is clear what is rendered.
func oneEnvironment(loaded *load.Result, env string) error {
	if env != "" {
		return environmentNamed(env, loaded.EnvironmentNames)
	}
	for _, p := range loaded.Projects {
		if len(p.EnvironmentNames) > 1 {
			return fmt.Errorf("%s: choose an environment with spec: env: %s", p.Dir, strings.Join(p.EnvironmentNames, ", "))
		}
	}
	return nil
}

// take takes what was rendered, and tells which Secrets have to exist.
func (r *fnRun) take(projects []*render.Project, kinds render.Kinds) {
	for _, p := range projects {
		for i := range p.Environments {
			e := &p.Environments[i]
			paths := e.FilePaths()
			for n, o := range e.Objects {
				r.made = append(r.made, krm.Made{YAML: o.YAML, File: paths[n]})
			}
			for _, left := range e.LeftOut {
				if kinds.Has("Secret") {
					r.results = append(r.results, krm.Result{
						Message:  "the Secret is left out, and must exist before this is applied: " + strings.Join(left.Keys, ", "),
						Severity: report.Info.String(),
						Resource: &krm.ResourceRef{APIVersion: "v1", Kind: "Secret", Namespace: left.Namespace, Name: left.Name},
					})
				}
			}
		}
	}
}
