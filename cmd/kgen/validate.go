package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/repository"
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
	format   string
}

// validateRun is one run of kgen validate.
type validateRun struct {
	*validateOptions
	operation
	// targets are the releases asked for; none leaves it to the projects.
	targets  []target
	loaded   []loadedProject
	set      validate.Set
	configs  *load.Configs
	rendered int // objects of services
	// lint, where set, lints what is judged.
	lint *linter
}

// loadedProject is a project as it is for one target.
type loadedProject struct {
	project *load.Project
	target  target
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
			o.use(c, p, paths)
			r := &validateRun{validateOptions: o, operation: operation{process: p}}
			text := report.Lines{Text: report.Text{Brief: true, Color: p.hasColor(p.isStdoutTerminal)}}
			if err := errors.Join(o.judge(), r.present(text, report.Error), r.chooseTargets(), r.chooseGates()); err != nil {
				return err
			}
			return r.supervise(&o.loadFlags, p.stdout, false, r.operate)
		},
	}
	o.bindTargets(c.Flags(), "validate")
	return c
}

// bindTargets binds the flags of commands that judge; verb is what they do.
func (o *validateOptions) bindTargets(f *pflag.FlagSet, verb string) {
	f.StringVar(&o.load.Env, "env", "", verb+" one `environment` of the services")
	f.StringSliceVar(&o.versions, "kubernetes-version", nil, "target `versions` of Kubernetes, over those of kgen.cue")
	f.StringArrayVar(&o.gates, "feature-gates", nil, "feature `gates` of the API server, as Name=true, over those of kgen.cue")
	f.StringArrayVar(&o.crds, "crd", nil, "judge custom resources by the CRDs in this `path`")
	f.BoolVar(&o.strict, "strict", false, "make what cannot be judged an error")
	f.StringVar(&o.format, "format", report.FormatText, "`format` of the findings: "+strings.Join(report.Formats(), ", "))
	o.bind(f)
}

// present makes the run print what it finds in the format asked for, which is text
// where that is for people.
func (r *validateRun) present(text report.Printer, failOn report.Severity) error {
	printer, err := report.NewPrinter(r.format, text)
	if err != nil {
		return err
	}
	dir, _, err := repository.Below(".")
	r.printer, r.report = printer, report.Report{Tool: version(), Dir: dir, FailOn: failOn}
	return err
}

// use takes what flags do not bind.
func (o *validateOptions) use(c *cobra.Command, p *process, paths []string) {
	o.load.Paths = paths
	o.load.Stdin = p.stdin
	o.load.Command = c.CommandPath()
	if len(o.versions) == 0 && c.Flags().Changed("kubernetes-version") {
		o.versions = []string{""}
	}
}

// operate reads and judges everything.
func (r *validateRun) operate(context.Context) error {
	r.supervisor.enter("looking for files")
	inputs, unread := load.FindInputs(r.load)
	r.noteSkipped(inputs.Skipped)
	if inputs.IsEmpty() && unread == nil && len(inputs.Skipped) == 0 {
		return r.nothing()
	}
	crds, err := r.readCRDs(r.load, append(r.readConfigs(inputs), r.crds...))
	if err != nil || inputs.IsEmpty() && unread != nil {
		return errors.Join(unread, err)
	}
	r.set.Schemas, r.set.Workers, r.set.Strict = &crds.schemas, r.load.Workers, r.strict
	if r.lint != nil {
		r.lint.inputs = inputs
		r.set.Keep = func(n *tree.Node) any { return lint.FromNode(n, "") }
	}
	err = errors.Join(unread, r.readServices(inputs), r.addInputs(inputs))
	if refused := errors.Join(r.refuseGates(), r.refuseRules()); refused != nil {
		return errors.Join(err, refused)
	}
	if r.lint != nil && r.lint.testRules {
		r.supervisor.enter("testing rules")
		return errors.Join(err, r.testRules())
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
	if r.lint != nil {
		r.supervisor.enter("linting")
		r.runLint()
	}
	hasNothing := !hasProjects && r.set.Documents+len(r.findings) == 0 && !inputs.IsEmpty()
	r.noteEmpty(inputs, hasNothing)
	if err == nil && hasNothing && len(inputs.Manifests) == 0 {
		return r.nothing()
	}
	r.summarize()
	if r.lint != nil && err == nil {
		err = r.settleBaseline()
	}
	return err
}

// inWorkingDir stands for a file where what is read from a pipe counts as being.
const inWorkingDir = "stdin"

// readConfigs reads the configurations that manifests lie under, and returns the
// paths of CRDs that they name.
func (r *validateRun) readConfigs(inputs *load.Inputs) (crds []string) {
	r.configs = load.NewConfigs(r.load)
	for _, file := range inputs.Manifests {
		r.configs.Of(file)
	}
	if len(inputs.Streams) > 0 {
		r.configs.Of(inWorkingDir)
	}
	for _, config := range r.configs.All() {
		r.findings = append(r.findings, config.Findings...)
		crds = append(crds, config.CRDs...)
	}
	return crds
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
	if len(r.load.Paths) == 0 {
		return errors.New(".: neither services nor manifests; kgen init makes a project")
	}
	return fmt.Errorf("%s: neither services nor manifests", strings.Join(r.load.Paths, " "))
}

// readServices loads the services, for every target.
func (r *validateRun) readServices(inputs *load.Inputs) error {
	if len(inputs.Services) == 0 {
		if inputs.IsEmpty() {
			return nil
		}
		return environmentNamed(r.load.Env, r.environmentNames())
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
	r.noteFiles(p)
	isLinted := r.lint != nil
	if isLinted {
		label := ""
		if len(r.targets) > 1 {
			label = t.String()
		}
		r.lint.enter(p, label)
	}
	rendered, findings := render.Render(p, render.Options{Workers: r.load.Workers, Schemas: r.set.Schemas, Keep: isLinted})
	if isLinted {
		r.lint.take(rendered)
	}
	r.findings = append(r.findings, r.labelled(findings, t)...)
	for _, e := range rendered.Environments {
		r.rendered += len(e.Objects)
	}
}

// noteFiles notes that the files of a project are looked at.
func (r *validateRun) noteFiles(p *load.Project) {
	if p.File != "" {
		r.report.Files = append(r.report.Files, p.File)
	}
	for _, e := range p.Environments {
		for _, s := range e.Services {
			if e.IsSelected(s.Name) {
				r.report.Files = append(r.report.Files, s.Pos.File())
			}
		}
	}
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
	targetOf := func(file string) (t target, gates schema.Map[bool]) {
		config := r.configs.Of(file)
		if config != nil {
			gates = config.Project.FeatureGates
		}
		return target{minor: minorOf(config)}, gates
	}
	for _, stream := range inputs.Streams {
		in := validate.Input{Name: stream.Name, Stream: stream.Pieces}
		if len(r.targets) > 1 || r.lint != nil { // and it can be read once
			held, err := stream.Pieces.Hold()
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", stream.Name, err))
			}
			in.Stream, in.Held = nil, held
		}
		t, gates := targetOf(inWorkingDir)
		add(in, t, gates)
	}
	for _, file := range inputs.Manifests {
		t, gates := targetOf(file)
		add(validate.Input{Name: filepath.ToSlash(file), File: file}, t, gates)
	}
	return errors.Join(errs...)
}

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
	r.report.Objects = r.set.Objects + r.rendered
	for i := range r.set.Inputs {
		r.report.Files = append(r.report.Files, r.set.Inputs[i].Name)
	}
	slices.Sort(r.report.Files)
	r.report.Files = slices.Compact(r.report.Files)
	if r.lint != nil {
		return // its printer says so
	}
	r.report.Rules = ruleInfos(nil, r.findings)
	counts := map[report.Severity]int{}
	for _, f := range report.Merge(r.findings) {
		counts[f.Severity]++
	}
	r.notices = append(r.notices, fmt.Sprintf("%s judged: %s, %s", counted(r.set.Objects+r.rendered, "object", "objects"),
		counted(counts[report.Error], "error", "errors"), counted(counts[report.Warning], "warning", "warnings")))
}
