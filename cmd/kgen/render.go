package main

import (
	"bufio"
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
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/validate"
)

// renderOptions are the flags of kgen render.
type renderOptions struct {
	loadFlags
	render render.Options

	dir          string
	write, check bool
	layout       string
	only         []string
	secretValues bool
	force        bool
	crds         []string
	watch        bool
}

// renderRun is one run of kgen render, and what it found out.
type renderRun struct {
	*renderOptions
	operation

	projects []*render.Project
	changes  render.Changes
	others   []string // the directories of other projects that were read
	diff     []byte
}

func newRender(p *process) *cobra.Command {
	o := &renderOptions{}
	c := &cobra.Command{
		Use:   "render [PATH...]",
		Short: "Render services to manifests",
		Long: `Render services to manifests, on standard output or into a directory. PATH is a
project, a directory of services, a service file, DIR/... for all projects below
DIR, or - for standard input; without any it is the current directory.

Nothing is written unless everything is valid. The exit status is 1 when the
input is wrong, or with --check when the directory is stale; 2 when kgen could
not do its work.`,
		Example: `  kgen render
  kgen render --env prod | kubectl apply -f -
  kgen render -o deploy
  kgen render --check
  kgen render --write --watch
  kgen render --only Secret --secret-values | kubectl apply -f -`,
		RunE: func(c *cobra.Command, paths []string) error {
			o.load.Paths = paths
			o.load.Stdin = p.stdin
			if err := o.judgeFlags(c, p); err != nil {
				return err
			}
			if o.watch {
				return o.watchRender(p)
			}
			return (&renderRun{renderOptions: o, operation: operation{process: p}}).run()
		},
	}
	f := c.Flags()
	f.StringVar(&o.load.Env, "env", "", "render one `environment`")
	f.StringVarP(&o.dir, "output", "o", "", "write into `directory` instead of standard output")
	f.BoolVar(&o.write, "write", false, "write into the directory that kgen.cue names")
	f.BoolVar(&o.check, "check", false, "write nothing, and show how the directory differs")
	f.StringVar(&o.layout, "layout", "", "`layout` of the directory: "+strings.Join(render.Layouts, ", "))
	f.StringSliceVar(&o.only, "only", nil, "print only objects of these `kinds`")
	f.BoolVar(&o.secretValues, "secret-values", false, "print Secrets with their values")
	f.BoolVar(&o.watch, "watch", false, "go on, and write again whenever a source changes")
	f.BoolVar(&o.force, "force", false, "replace files that kgen did not write; show Secrets on a terminal")
	f.StringVar(&o.load.KubernetesVersion, "kubernetes-version", "", "target `version` of Kubernetes, over that of kgen.cue")
	f.StringArrayVar(&o.crds, "crd", nil, "judge custom resources by the CRDs in this `path`")
	o.bind(f)
	return c
}

// judgeFlags refuses flags that contradict each other or say nothing known.
func (o *renderOptions) judgeFlags(c *cobra.Command, p *process) error {
	o.render.Workers, o.render.Layout = o.load.Workers, o.layout
	intoDir := o.intoDir()
	switch {
	case c.Flags().Changed("output") && o.dir == "":
		return errors.New("-o needs a directory")
	case o.write && o.check:
		return errors.New("--write and --check exclude each other")
	case o.layout != "" && !slices.Contains(render.Layouts, o.layout):
		return fmt.Errorf("--layout: unknown layout %q%s; the layouts are %s",
			o.layout, suggest.Hint(o.layout, render.Layouts), strings.Join(render.Layouts, ", "))
	case o.layout != "" && !intoDir:
		return errors.New("--layout is of a directory: it goes with -o, --write or --check")
	case len(o.only) > 0 && intoDir:
		return errors.New("--only goes with standard output: a directory holds all kinds")
	case o.secretValues && intoDir:
		return errors.New("--secret-values goes with standard output: values are never written into a directory or a diff")
	case o.secretValues && p.isStdoutTerminal && !o.force:
		return errors.New("--secret-values would show the values on this terminal; --force does it")
	}
	if err := cmp.Or(o.judge(), o.judgeWatch()); err != nil {
		return err
	}
	if o.load.KubernetesVersion != "" {
		if _, err := load.ParseVersion(o.load.KubernetesVersion); err != nil {
			return fmt.Errorf("--kubernetes-version: %w", err)
		}
	}
	return nil
}

// intoDir reports whether the run is about directories, not standard output.
func (o *renderOptions) intoDir() bool { return o.dir != "" || o.write || o.check }

// run renders, and then prints what came of it.
func (r *renderRun) run() error {
	if err := r.supervise(&r.loadFlags, r.stderr, r.hasColor(r.isStderrTerminal), r.operate); err != nil {
		return err
	}
	switch {
	case r.check:
		return r.printDiff()
	case r.intoDir():
		return nil
	}
	return r.print()
}

// operate loads and renders, and writes directories.
func (r *renderRun) operate(ctx context.Context) error {
	r.supervisor.enter("reading services")
	loaded, err := load.Load(r.load)
	if loaded == nil {
		return err
	}
	r.findings, r.others = loaded.Findings, loaded.OtherRoots()
	r.noteSkipped(loaded.Skipped)
	if err = cmp.Or(err, r.judgeEnvironments(loaded)); err != nil {
		return err
	}
	kinds := render.Kinds(r.only)
	if r.secretValues && kinds.Has("Secret") {
		r.render.LookupEnv = r.lookupEnv
	}
	crds, err := r.readCRDs(r.load, r.crds)
	if err != nil {
		return err
	}
	r.render.Schemas = &crds.schemas
	unchecked := r.renderAll(loaded.Projects)
	r.findings = append(r.findings, crds.refused()...)
	if report.HasErrors(r.findings) {
		return nil
	}
	if err := kinds.Select(r.projects); err != nil {
		return err
	}
	r.noteUnchecked(unchecked)
	if kinds.Has("Secret") {
		r.noteLeftOut()
	}
	if r.intoDir() {
		return r.writeTrees(ctx)
	}
	return nil
}

// renderAll renders the projects, and returns the kinds that were not judged.
func (r *renderRun) renderAll(projects []*load.Project) (unchecked []string) {
	r.supervisor.enter("rendering")
	var all []report.Finding
	for _, p := range projects {
		rendered, findings := render.Render(p, r.render)
		r.projects = append(r.projects, rendered)
		all = append(all, findings...)
	}
	all, unchecked = validate.WithoutUnchecked(all)
	r.findings = append(r.findings, all...)
	return unchecked
}

// judgeEnvironments demands that some project has the environment asked for, and
// that one stream is of one environment.
func (o *renderOptions) judgeEnvironments(loaded *load.Result) error {
	if o.load.Env != "" || o.intoDir() {
		return environmentNamed(o.load.Env, loaded.EnvironmentNames)
	}
	var errs []error
	for _, p := range loaded.Projects {
		if len(p.EnvironmentNames) > 1 {
			errs = append(errs, fmt.Errorf("%s: choose an environment with --env: %s", p.Dir, strings.Join(p.EnvironmentNames, ", ")))
		}
	}
	return errors.Join(errs...)
}

// writeTrees writes the projects into their directories, or compares them.
func (r *renderRun) writeTrees(ctx context.Context) error {
	trees, err := r.trees()
	if err != nil {
		return err
	}
	if r.check {
		r.supervisor.enter("comparing")
		r.diff, err = render.Check(trees)
		return err
	}
	r.supervisor.enter("writing")
	if !r.supervisor.commit() {
		return errInterrupted
	}
	changes, err := render.Write(ctx, trees, r.force)
	r.changes = changes
	if errors.Is(err, context.Canceled) {
		return errInterrupted
	}
	for _, name := range changes.Overwritten {
		r.notices = append(r.notices, name+": replaced; it was not what kgen wrote")
	}
	for _, name := range changes.Ignored {
		r.notices = append(r.notices, name+": leads to no file of this directory; left alone")
	}
	return err
}

// trees are the directories that the projects go to.
func (r *renderRun) trees() ([]render.Tree, error) {
	var trees []render.Tree
	var errs []error
	for _, p := range r.projects {
		t := render.Tree{Project: p, Layout: cmp.Or(r.layout, p.Output.Layout, render.LayoutObject)}
		switch {
		case r.dir != "":
			t.Dir = filepath.Join(r.dir, subdir(r.load.Paths, p.Root))
		case p.Output.Dir != "":
			t.Dir = filepath.Join(p.Root, filepath.FromSlash(p.Output.Dir))
		default:
			errs = append(errs, fmt.Errorf("%s: no directory to write to: say -o DIR, or output: dir in kgen.cue", p.Dir))
		}
		if t.Dir != "" && slices.ContainsFunc(append([]string{p.Root}, p.SourceDirs...), func(dir string) bool { return holds(t.Dir, dir) }) {
			errs = append(errs, fmt.Errorf("%s: sources of the project %s lie in it: render into a directory of its own", filepath.ToSlash(t.Dir), p.Dir))
		}
		trees = append(trees, t)
	}
	return trees, errors.Join(errs...)
}

// holds reports whether root is dir or lies below it. A directory that kgen wrote
// is no place for sources: it is passed over when projects are looked for.
func holds(dir, root string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	if root, err = filepath.Abs(root); err != nil {
		return false
	}
	rel, err := filepath.Rel(dir, root)
	return err == nil && filepath.IsLocal(rel)
}

// subdir is where a project goes below the directory of -o: where it was found
// below a path that was given, so that several projects have room side by side.
func subdir(paths []string, root string) string {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, p := range paths {
		base := strings.TrimSuffix(filepath.ToSlash(p), "...")
		rel, err := filepath.Rel(cmp.Or(filepath.FromSlash(base), "."), root)
		if err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return "."
}

// noteUnchecked tells, in one line, which of the kinds that are printed were not
// judged.
func (r *renderRun) noteUnchecked(kinds []string) {
	printed := map[string]bool{}
	for _, p := range r.projects {
		for _, e := range p.Environments {
			for _, o := range e.Objects {
				printed[o.Kind] = true
			}
		}
	}
	kinds = slices.DeleteFunc(kinds, func(name string) bool {
		kind, _, _ := strings.Cut(name, " of ")
		return !printed[kind]
	})
	if len(kinds) > 0 {
		r.notices = append(r.notices, "not judged: "+strings.Join(kinds, ", ")+"; kgen validate says why")
	}
}

// noteLeftOut tells which Secrets have to exist, each once.
func (r *renderRun) noteLeftOut() {
	var lines []string
	seen := map[string]bool{}
	for _, p := range r.projects {
		for _, e := range p.Environments {
			for _, left := range e.LeftOut {
				line := "\t" + strings.TrimPrefix(left.Namespace+"/"+left.Name, "/") + ": " + strings.Join(left.Keys, ", ")
				if !seen[line] {
					seen[line] = true
					lines = append(lines, line)
				}
			}
		}
	}
	if len(lines) > 0 {
		r.notices = append(r.notices, counted(len(lines), "Secret is", "Secrets are")+
			" left out and must exist before this is applied; --only Secret --secret-values prints them:")
		r.notices = append(r.notices, lines...)
	}
}

// printDiff prints how the directories differ.
func (r *renderRun) printDiff() error {
	if len(r.diff) == 0 {
		return nil
	}
	if _, err := r.stdout.Write(r.diff); err != nil {
		return fmt.Errorf("write standard output: %w", err)
	}
	mend := "--write"
	if r.dir != "" {
		mend = "-o " + r.dir
	}
	r.notice("the rendered files are stale: kgen render " + mend + " brings them up to date")
	return errWrong
}

// print prints the objects of all projects as one stream.
func (r *renderRun) print() error {
	out := bufio.NewWriterSize(r.stdout, 64<<10)
	isFirst := true
	for _, p := range r.projects {
		for _, e := range p.Environments {
			for _, o := range e.Objects {
				if !isFirst {
					_, _ = out.WriteString(render.Separator)
				}
				isFirst = false
				_, _ = out.Write(o.YAML)
			}
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write standard output: %w", err)
	}
	return nil
}
