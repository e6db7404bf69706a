package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/cuetext"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// exportFormats are the languages that a service may be written in.
var exportFormats = []string{"cue", "yaml", "json"}

// exportOptions are the flags of kgen export.
type exportOptions struct {
	loadFlags
	dir             string
	format          string
	withoutDefaults bool
}

// exportRun is one run of kgen export.
type exportRun struct {
	serviceRun
	*exportOptions
	service string // empty is all
	out     []byte
}

func newExport(p *process) *cobra.Command {
	o := &exportOptions{}
	c := &cobra.Command{
		Use:   "export [SERVICE]",
		Short: "Print a service as all its layers make it",
		Long: `Print a service of one environment as one file without layers: what the project, the
environment and the service say of it together, evaluated, and kgen's own defaults.
It is a valid service again, for a project whose kgen.cue sets no defaults. Without
SERVICE, print all services of the project.

Paths of files are relative to the directory of the service's file. Of secrets the
sources are printed, never values.`,
		Example: `  kgen export web
  kgen export web --env prod
  kgen export web --env prod --without-defaults --format yaml
  kgen export --env prod --format json`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeService,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.judge(); err != nil {
				return err
			}
			r := &exportRun{serviceRun: serviceRun{operation: operation{process: p}, flags: &o.loadFlags}, exportOptions: o}
			if len(args) > 0 {
				r.service = args[0]
			}
			return r.run()
		},
	}
	f := c.Flags()
	f.StringVar(&o.load.Env, "env", "", "export for one `environment`")
	f.StringVar(&o.dir, "project", ".", "`directory` of the project, or in it")
	f.StringVar(&o.format, "format", "cue", "`format` to print: "+strings.Join(exportFormats, ", "))
	f.BoolVar(&o.withoutDefaults, "without-defaults", false, "leave kgen's own defaults out")
	o.bind(f)
	return c
}

func (o *exportOptions) judge() error {
	if !slices.Contains(exportFormats, o.format) {
		return fmt.Errorf("--format %s: one of %s%s", o.format, strings.Join(exportFormats, ", "), suggest.Hint(o.format, exportFormats))
	}
	var err error
	o.load.Paths, err = projectIn(o.dir)
	return errors.Join(err, o.loadFlags.judge())
}

func (r *exportRun) run() error {
	err := r.supervise(&r.loadFlags, r.stderr, r.hasColor(r.isStderrTerminal), r.operate)
	if err != nil {
		return err
	}
	if _, err := r.stdout.Write(r.out); err != nil {
		return fmt.Errorf("write standard output: %w", err)
	}
	return nil
}

func (r *exportRun) operate(context.Context) error {
	if err := r.serviceRun.load(); err != nil {
		return err
	}
	projects := r.loaded.Projects
	if r.service != "" {
		p, name, err := r.named(r.service)
		if p == nil {
			return err
		}
		projects, r.service = []*load.Project{p}, name
	}
	if err := chooseOne(projects); err != nil {
		return err
	}
	if r.findings = r.loaded.Findings; r.service != "" {
		r.findings = r.about(projects[0], r.service, r.findings)
	}
	if len(projects) == 0 || report.HasErrors(r.findings) {
		return nil
	}
	root, err := r.export(projects[0])
	if err != nil || root == nil {
		return err
	}
	r.out, err = formatted(root, r.format)
	return err
}

// chooseOne demands one project with one environment: one file has room for no more.
func chooseOne(projects []*load.Project) error {
	if len(projects) == 0 {
		return nil
	}
	if len(projects) > 1 {
		var dirs []string
		for _, p := range projects {
			dirs = append(dirs, p.Dir)
		}
		return fmt.Errorf("%d projects: name a service, or run kgen export in one of them%s", len(projects), listed(": ", dirs))
	}
	if p := projects[0]; len(p.Environments) > 1 {
		return fmt.Errorf("%s: choose an environment with --env: %s", p.Dir, strings.Join(p.EnvironmentNames, ", "))
	}
	return nil
}

// export is the file to print.
func (r *exportRun) export(p *load.Project) (*tree.Node, error) {
	e := p.Environments[0]
	if r.service != "" {
		return r.exportOne(p, e, r.service)
	}
	services := &tree.Node{Kind: tree.Map}
	var errs []error
	for _, s := range e.Services {
		if !e.IsSelected(s.Name) {
			continue
		}
		root, err := r.exportOne(p, e, s.Name)
		if errs = append(errs, err); root != nil {
			services.Set(s.Name, tree.Pos{}, root.Without("name"))
		}
	}
	root := &tree.Node{Kind: tree.Map}
	root.Set("services", tree.Pos{}, services)
	return root, errors.Join(errs...)
}

func (r *exportRun) exportOne(p *load.Project, e *load.Environment, name string) (*tree.Node, error) {
	l := e.Layered(name)
	if pos := p.RemovedAt(e.Name, name); l == nil && pos.IsValid() {
		return nil, fmt.Errorf("%s is not in %s: %s removes it", name, e.Name, pos)
	}
	if l == nil {
		return nil, fmt.Errorf("the file of %s changed while it was read", name)
	}
	return l.Export(!r.withoutDefaults), nil
}

// formatted is a file in one of the exportFormats.
func formatted(root *tree.Node, format string) ([]byte, error) {
	switch format {
	case "yaml":
		return manifest.Append(nil, root), nil
	case "json":
		var b bytes.Buffer
		err := json.Indent(&b, root.AppendJSON(nil), "", "  ")
		b.WriteByte('\n')
		return b.Bytes(), err
	}
	return cuetext.File(root)
}
