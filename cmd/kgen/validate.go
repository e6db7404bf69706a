package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/schema"
)

// validateOptions are the flags of kgen validate.
type validateOptions struct {
	loadFlags
	versions []string
	gates    []string
	crds     []string
	strict   bool
}

// validateRun is one run of kgen validate.
type validateRun struct {
	*validateOptions
	operation
	// targets are the releases asked for; none leaves it to the projects.
	targets  []target
	loaded   []loadedProject
	set      validate.Set
	rendered int // objects of services
}

// loadedProject is a project as it is for one target.
type loadedProject struct {
	project *load.Project
	target  target
}

// target is a release asked for by a flag.
type target struct {
	version string // "1.33"
	minor   int
}

func newValidate(p *process) *cobra.Command {
	o := &validateOptions{}
	c := &cobra.Command{
		Use:   "validate [PATH...]",
		Short: "Say what the API server would say, of services and of any manifest",
		Long: `Say what a Kubernetes API server would say on create, without one: of the
manifests that services render to, and of any YAML or JSON. PATH is a file, a
directory with all that is below it, or - for standard input; without any it is
the current directory.

Findings go to standard output. The exit status is 1 when an object would not be
accepted; 2 when kgen could not do its work.`,
		Example: `  kgen validate
  kgen validate deploy/web.yaml
  helm template shop | kgen validate -
  kgen validate --kubernetes-version 1.31,1.36 manifests
  kgen validate --crd crds manifests`,
		RunE: func(c *cobra.Command, paths []string) error {
			o.load.Paths = paths
			o.load.Stdin = p.stdin
			if len(o.versions) == 0 && c.Flags().Changed("kubernetes-version") {
				o.versions = []string{""}
			}
			r := &validateRun{validateOptions: o, operation: operation{process: p}}
			if err := errors.Join(o.judge(), r.chooseTargets(), r.chooseGates()); err != nil {
				return err
			}
			return r.supervise(&o.loadFlags, p.stdout, p.hasColor(p.isStdoutTerminal), r.operate)
		},
	}
	f := c.Flags()
	f.StringVar(&o.load.Env, "env", "", "validate one `environment` of the services")
	f.StringSliceVar(&o.versions, "kubernetes-version", nil, "target `versions` of Kubernetes, over those of kgen.cue")
	f.StringArrayVar(&o.gates, "feature-gates", nil, "feature `gates` of the API server, as Name=true, over those of kgen.cue")
	f.StringArrayVar(&o.crds, "crd", nil, "judge custom resources by the CRDs in this `path`")
	f.BoolVar(&o.strict, "strict", false, "make what cannot be judged an error")
	o.bind(f)
	return c
}

func (r *validateRun) chooseTargets() error {
	for _, text := range r.versions {
		version, err := load.ParseVersion(text)
		if err != nil {
			return fmt.Errorf("--kubernetes-version: %w", err)
		}
		t := target{version: fmt.Sprintf("1.%d", version.Minor), minor: version.Minor}
		if !slices.Contains(r.targets, t) {
			r.targets = append(r.targets, t)
		}
	}
	return nil
}

// operate reads and judges everything.
func (r *validateRun) operate(context.Context) error {
	r.supervisor.enter("looking for files")
	inputs, unread := load.FindInputs(r.load)
	r.noteSkipped(inputs.Skipped)
	if inputs.IsEmpty() && unread == nil && len(inputs.Skipped) == 0 {
		return r.nothing()
	}
	crds, err := r.readCRDs(r.load, r.crds)
	if err != nil || inputs.IsEmpty() && unread != nil {
		return errors.Join(unread, err)
	}
	r.set.Schemas, r.set.Workers, r.set.Strict = &crds.schemas, r.load.Workers, r.strict
	err = errors.Join(unread, r.readServices(inputs), r.addInputs(inputs))
	if refused := r.refuseGates(); refused != nil {
		return errors.Join(err, refused)
	}
	r.supervisor.enter("judging manifests")
	err = errors.Join(err, r.set.Judge())
	r.supervisor.enter("judging services")
	hasProjects := len(r.loaded) > 0
	for _, l := range r.loaded {
		r.render(l.project, l.target)
	}
	r.loaded = nil
	r.supervisor.enter("judging custom resources")
	r.set.JudgeCustom()
	r.findings = validate.Unchecked(report.Merge(slices.Concat(r.findings, r.set.Findings, crds.refused())), r.strict)
	hasNothing := !hasProjects && r.set.Documents+len(r.findings) == 0 && !inputs.IsEmpty()
	r.noteEmpty(inputs, hasNothing)
	if err == nil && hasNothing && len(inputs.Manifests) == 0 {
		return r.nothing()
	}
	r.summarize()
	return err
}

// noteEmpty tells of files that were named and have nothing in them. Where all have
// nothing, something went wrong.
func (r *validateRun) noteEmpty(inputs *load.Inputs, isAll bool) {
	var skipped []load.Skipped
	for _, file := range inputs.Manifests {
		name := filepath.ToSlash(file)
		switch {
		case !inputs.Named[file] || !slices.Contains(r.set.Empty, name):
		case r.strict || isAll:
			r.findings = append(r.findings, report.Finding{
				Pos: tree.Pos{Source: load.SourceOf(file)}, Severity: report.Error, ID: validate.NoObject, Message: "no Kubernetes object: the file is empty",
			})
		default:
			skipped = append(skipped, load.Skipped{File: name, Reason: "empty"})
		}
	}
	r.noteSkipped(skipped)
}

// nothing is the error where there was nothing to be looked at.
func (r *validateRun) nothing() error {
	return fmt.Errorf("%s: neither services nor manifests", cmp.Or(strings.Join(r.load.Paths, " "), "."))
}

// readServices loads the services, for every target.
func (r *validateRun) readServices(inputs *load.Inputs) error {
	if len(inputs.Services) == 0 {
		if r.load.Env != "" && !inputs.IsEmpty() {
			return fmt.Errorf("no project has an environment %q", r.load.Env)
		}
		return nil
	}
	r.supervisor.enter("reading services")
	options := r.load
	options.Paths, options.Mixed = inputs.Services, true
	var errs []error
	for i, t := range r.targetsOr(target{}) {
		options.Stdin, options.KubernetesVersion = bytes.NewReader(inputs.Stdin), t.version
		loaded, err := load.Load(options)
		errs = append(errs, err)
		r.findings = append(r.findings, r.labelled(loaded.Findings, t)...)
		if i == 0 {
			r.noteSkipped(loaded.Skipped)
			inputs.Manifests = inputs.Without(loaded.ServiceFiles)
		}
		for _, p := range loaded.Projects {
			r.loaded = append(r.loaded, loadedProject{p, t})
		}
	}
	return errors.Join(errs...)
}

// render judges what the services of a project render to.
func (r *validateRun) render(p *load.Project, t target) {
	rendered, findings := render.Render(p, render.Options{Workers: r.load.Workers, Schemas: r.set.Schemas})
	r.findings = append(r.findings, r.labelled(findings, t)...)
	for _, e := range rendered.Environments {
		r.rendered += len(e.Objects)
	}
}

// labelled names the target in findings where there are several.
func (r *validateRun) labelled(findings []report.Finding, t target) []report.Finding {
	if len(r.targets) < 2 {
		return findings
	}
	for i := range findings {
		environments := findings[i].Environments
		if len(environments) == 0 {
			findings[i].Environments = []string{t.String()}
			continue
		}
		labels := make([]string, len(environments))
		for j, name := range environments {
			labels[j] = name + " on " + t.String()
		}
		findings[i].Environments = labels
	}
	return findings
}

// addInputs adds manifests to the set, each for every target: those asked for,
// else that of the project it lies in, else the newest release.
func (r *validateRun) addInputs(inputs *load.Inputs) error {
	var errs []error
	add := func(in validate.Input, byDefault target, gates schema.Map[bool]) {
		for _, t := range r.targetsOr(byDefault) {
			in.Release = apiserver.Release{Minor: t.minor, Gates: slices.Concat(gates, r.load.FeatureGates).Plain()}
			if len(r.targets) > 1 {
				in.Environment = t.String()
			}
			r.set.Inputs = append(r.set.Inputs, in)
		}
	}
	newest := target{minor: schema.NewestKubernetes}
	for _, stream := range inputs.Streams {
		in := validate.Input{Name: stream.Name, Stream: stream.Pieces}
		if len(r.targets) > 1 { // and it can be read once
			held, err := stream.Pieces.Hold()
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", stream.Name, err))
			}
			in.Stream, in.Held = nil, held
		}
		add(in, newest, nil)
	}
	projects := load.NewProjects(r.load)
	for _, file := range inputs.Manifests {
		t, gates := newest, schema.Map[bool](nil)
		if p := projects.Of(file); p != nil {
			if version, err := load.ParseVersion(p.KubernetesVersion); err == nil {
				t.minor = version.Minor
			}
			gates = p.FeatureGates
		}
		add(validate.Input{Name: filepath.ToSlash(file), File: file}, t, gates)
	}
	return errors.Join(errs...)
}

// targetsOr are the targets asked for, else one.
func (r *validateRun) targetsOr(t target) []target {
	if len(r.targets) > 0 {
		return r.targets
	}
	return []target{t}
}

func (t target) String() string { return "Kubernetes " + t.version }

// summarize says how much was looked at: that nothing was found must not mean
// that nothing was read.
func (r *validateRun) summarize() {
	if documents := r.set.Skipped; len(documents) > 0 {
		n := 0
		for _, d := range documents {
			n += d.Count
		}
		r.notices = append(r.notices, "skipped "+counted(n, "document that is no Kubernetes object:", "documents that are no Kubernetes objects:"))
		for _, d := range documents {
			r.notices = append(r.notices, fmt.Sprintf("\t%s: %d", d.File, d.Count))
		}
	}
	counts := map[report.Severity]int{}
	for _, f := range report.Merge(r.findings) {
		counts[f.Severity]++
	}
	r.notices = append(r.notices, fmt.Sprintf("%s judged: %s, %s", counted(r.set.Objects+r.rendered, "object", "objects"),
		counted(counts[report.Error], "error", "errors"), counted(counts[report.Warning], "warning", "warnings")))
}
