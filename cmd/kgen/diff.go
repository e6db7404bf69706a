package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/diff"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
)

// diffOptions are the flags of kgen diff, which renders as kgen render does.
type diffOptions struct {
	renderOptions
	against string
	format  string
}

// diffRun is one run of kgen diff.
type diffRun struct {
	renderRun
	against, format string
	loaded          []*load.Project // in the order of the rendered projects
	result          diff.Result
	// temp, where set, is a directory to be removed at the end, also of a run that was
	// given up and goes on.
	temp atomic.Pointer[string]
}

// diffFormats are the values of --format.
var diffFormats = []string{"text", "markdown", "json"}

func newDiff(p *process) *cobra.Command {
	o := &diffOptions{}
	c := &cobra.Command{
		Use:   "diff [PATH...]",
		Short: "Say what would change in the cluster, by object and by field",
		Long: `Say what would change if what the services render to now were applied: objects
that are added or removed, and fields of others with their old and new values.
Defaults of the API server are no difference, nor is what only the server sets.
What needs care is marked: what the server refuses to change, pods that are
replaced, data that goes.

It is compared with the tree that kgen render writes, with any manifests, with
the project as it was at a git revision, or with what a cluster has, on standard
input. Values of Secrets are never shown. PATH is as for kgen render.

The exit status is 1 when something changes, or the input is wrong; 2 when kgen
could not do its work.`,
		Example: `  kgen diff
  kgen diff --against git:origin/main
  kgen diff --against git:HEAD~1 --env prod --format markdown
  kubectl get all,cm,ing,pvc -n shop -o yaml | kgen diff --env prod --against -`,
		RunE: func(c *cobra.Command, paths []string) error {
			o.load.Paths, o.load.Stdin = paths, p.stdin
			if err := o.judgeFlags(c); err != nil {
				return err
			}
			p.heap.raise(lintLimit)
			r := &diffRun{against: o.against, format: o.format}
			r.renderRun = renderRun{renderOptions: &o.renderOptions, operation: operation{process: p}}
			return r.run()
		},
	}
	f := c.Flags()
	f.StringVar(&o.load.Env, "env", "", "compare one `environment`")
	f.StringVar(&o.against, "against", "", "what there was: a `directory`, a file, git:REV, or - for standard input")
	f.StringVarP(&o.dir, "output", "o", "", "compare with this rendered `directory`, over output: dir of kgen.cue")
	f.StringVar(&o.format, "format", "text", "`format`: "+strings.Join(diffFormats, ", "))
	f.StringSliceVar(&o.only, "only", nil, "compare only objects of these `kinds`")
	f.BoolVar(&o.secretValues, "secret-values", false, "compare the values of Secrets too, and show none")
	f.StringVar(&o.load.KubernetesVersion, "kubernetes-version", "", "target `version` of Kubernetes, over that of kgen.cue")
	f.StringArrayVar(&o.crds, "crd", nil, "judge custom resources by the CRDs in this `path`")
	o.bind(f)
	return c
}

// judgeFlags refuses flags that contradict each other or say nothing known.
func (o *diffOptions) judgeFlags(c *cobra.Command) error {
	// "kubectl get -o yaml | kgen diff -" is about standard input as it is.
	if slices.Equal(o.load.Paths, []string{"-"}) && o.against == "" && !c.Flags().Changed("against") && o.dir == "" {
		o.load.Paths, o.against = nil, "-"
	}
	o.render.Workers, o.render.Keep = o.load.Workers, true
	switch {
	case c.Flags().Changed("against") && o.against == "", o.against == gitPrefix:
		return errors.New("--against needs a directory, a file, git:REV or -")
	case o.against != "" && c.Flags().Changed("output"):
		return errors.New("--against and -o exclude each other: both say what to compare with")
	case c.Flags().Changed("output") && o.dir == "":
		return errors.New("-o needs a directory")
	case o.against == "-" && slices.Contains(o.load.Paths, "-"):
		return errors.New("--against - and PATH -: standard input is one of the two")
	case !slices.Contains(diffFormats, o.format):
		return fmt.Errorf("--format: unknown format %q%s; the formats are %s", o.format, suggest.Hint(o.format, diffFormats), strings.Join(diffFormats, ", "))
	}
	if err := o.judge(); err != nil {
		return err
	}
	if o.load.KubernetesVersion != "" {
		if _, err := load.ParseVersion(o.load.KubernetesVersion); err != nil {
			return fmt.Errorf("--kubernetes-version: %w", err)
		}
	}
	return nil
}

// run compares, and then prints what came of it.
func (r *diffRun) run() error {
	defer r.removeTemp()
	if err := r.supervise(&r.loadFlags, r.stderr, r.hasColor(r.isStderrTerminal), r.operate); err != nil {
		return err
	}
	var printer interface {
		Print(io.Writer, *diff.Result) error
	} = diff.Text{Color: r.hasColor(r.isStdoutTerminal)}
	switch r.format {
	case "json":
		printer = diff.JSON{}
	case "markdown":
		printer = diff.Markdown{}
	}
	if err := printer.Print(r.stdout, &r.result); err != nil {
		return fmt.Errorf("write standard output: %w", err)
	}
	if len(r.result.Changes) > 0 {
		return errWrong
	}
	return nil
}

// removeTemp removes what was made for the run. One that was given up may still be
// writing there, and stops at the next file.
func (r *diffRun) removeTemp() {
	dir := r.temp.Load()
	if dir == nil {
		return
	}
	for range 50 {
		if os.RemoveAll(*dir) == nil {
			if _, err := os.Lstat(*dir); err != nil {
				return
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// operate renders, reads what there was, and compares.
func (r *diffRun) operate(ctx context.Context) error {
	if err := r.renderNow(); err != nil || report.HasErrors(r.findings) {
		return err
	}
	r.supervisor.enter("reading what there was")
	old, err := r.earlier()
	if err != nil {
		return err
	}
	r.supervisor.enter("comparing")
	for i, p := range r.projects {
		r.result.Begin()
		if err := r.compare(ctx, old, p, r.loaded[i]); err != nil {
			return err
		}
	}
	if report.HasErrors(r.findings) {
		return nil
	}
	old.finish()
	if n := r.result.Foreign; n > 0 {
		r.notices = append(r.notices, counted(n, "object is", "objects are")+" not of this project, or not of what was asked for: left out")
	}
	return r.selectKinds()
}

// renderNow renders the services as they are.
func (r *diffRun) renderNow() error {
	r.supervisor.enter("reading services")
	loaded, err := load.Load(r.load)
	if loaded == nil {
		return err
	}
	r.findings = loaded.Findings
	r.noteSkipped(loaded.Skipped)
	if err == nil {
		err = environmentNamed(r.load.Env, loaded.EnvironmentNames)
	}
	if err != nil {
		return err
	}
	if r.secretValues {
		r.render.LookupEnv = r.lookupEnv
	}
	crds, err := r.readCRDs(r.load, r.crds)
	if err != nil {
		return err
	}
	r.render.Schemas = &crds.schemas
	r.loaded = loaded.Projects
	r.noteUnchecked(r.renderAll(loaded.Projects))
	r.findings = append(r.findings, crds.refused()...)
	return nil
}

// compare compares the environments of a project, those too that are gone.
func (r *diffRun) compare(ctx context.Context, old earlier, p *render.Project, from *load.Project) error {
	before, err := old.of(ctx, p, from)
	if err != nil {
		return err
	}
	isPart := r.isPart(p, from)
	for i := range p.Environments {
		e := &p.Environments[i]
		now := nowIn(e)
		was, err := before.objects(e.Name, now)
		if err != nil {
			return err
		}
		if !before.hasLeftOut {
			now = withoutUnknown(now, was)
		}
		changes, foreign := diff.Compare(diff.Input{Old: was, New: now, PartOf: from.Config.PartOf, IsPart: isPart, Services: e.Services})
		r.result.Add(e.Name, changes, foreign)
	}
	if r.load.Env != "" || isPart {
		return nil
	}
	for _, name := range before.gone(p.EnvironmentNames) {
		was, err := before.objects(name, nil)
		if err != nil {
			return err
		}
		changes, foreign := diff.Compare(diff.Input{Old: was})
		r.result.Add(name, changes, foreign)
	}
	return nil
}

// isPart reports whether not all of a project was asked for.
func (r *diffRun) isPart(p *render.Project, from *load.Project) bool {
	isLoose := from.File == ""
	return !p.Whole && !(isLoose && (len(r.load.Paths) == 0 || slices.ContainsFunc(r.load.Paths, isDir)))
}

// selectKinds drops the changes of all other kinds than were asked for.
func (r *diffRun) selectKinds() error {
	kinds := render.Kinds(r.only)
	if err := kinds.Select(r.projects); err != nil {
		return err
	}
	r.result.Changes = slices.DeleteFunc(r.result.Changes, func(c *diff.Change) bool { return !kinds.Has(c.Kind) })
	return nil
}
