package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/kgen-dev/kgen/pkg/krm"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// fnRun is one run of kgen fn.
type fnRun struct {
	*validateRun
	list   *krm.List
	config *fnConfig
	made   []krm.Made
	// results are what is said besides the findings.
	results []krm.Result
	failOn  report.Severity
}

func newFn(p *process) *cobra.Command {
	o := &lintOptions{}
	c := &cobra.Command{
		Use:   "fn",
		Short: "Run as a KRM function, in the pipelines of kustomize and kpt",
		Long: `Run as a KRM function: read a ResourceList from standard input, and write it to
standard output with what was made and what was found. What to do is the kind of
its functionConfig, of kgen.dev/v1alpha1:

  KgenProject   adds what a project renders to; spec: path, env, only,
                kubernetesVersion, crds
  KgenServices  adds what the services in spec: services render to; beside them
                stand the fields of kgen.cue that apply to one environment
  KgenValidate  judges the items as kgen validate does; spec: kubernetesVersion,
                crds, strict
  KgenLint      lints the items as kgen lint does; spec: those of KgenValidate,
                profile, only, skip, failOn, partial

Items that are not made here pass unchanged. The exit status is 1 when something
is wrong, with the results in the list; 2 when kgen could not do its work.`,
		Example: `  kustomize build --enable-alpha-plugins --enable-exec .
  kgen fn < resourcelist.yaml`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if err := o.judge(); err != nil {
				return err
			}
			p.heap.raise(lintLimit)
			r := &fnRun{validateRun: &validateRun{validateOptions: &o.validateOptions, operation: operation{process: p}}}
			r.validateRun.lint = &linter{lintOptions: o}
			r.printer = r
			return r.supervise(&o.loadFlags, p.stdout, false, r.operate)
		},
	}
	o.bind(c.Flags())
	return c
}

// stdinName is standard input as messages name it.
const stdinName = "<stdin>"

func (r *fnRun) operate(context.Context) error {
	r.supervisor.enter("reading the list")
	r.failOn = report.Error
	data, err := io.ReadAll(io.LimitReader(r.stdin, read.MaxDocumentSize+1))
	if err != nil {
		return fmt.Errorf("read standard input: %w", err)
	}
	sink := &report.Sink{}
	if r.list = krm.Read(&tree.Source{Name: stdinName, Dir: "."}, data, sink); r.list != nil {
		r.config = readFnConfig(r.list, sink)
	}
	r.findings = sink.Findings
	if r.config == nil {
		return nil
	}
	switch r.config.kind {
	case fnProject:
		return r.renderProject()
	case fnServices:
		return r.generate(load.Options{Inline: r.config.inline})
	}
	return r.judgeItems()
}

// Print prints the list with the results, where there is one, and to standard error
// the findings for people.
func (r *fnRun) Print(w io.Writer, rep *report.Report) error {
	rep.FailOn = r.failOn
	if err := (report.Text{Brief: true, Color: r.hasColor(r.isStderrTerminal)}).Print(r.stderr, r.told(rep.Findings)); err != nil {
		return err
	}
	if r.config == nil || rep.IsIncomplete {
		return nil
	}
	results := r.results
	for i := range rep.Findings {
		results = append(results, r.resultOf(&rep.Findings[i]))
	}
	made := r.made
	if rep.IsFailed() {
		made = nil
	}
	_, err := w.Write(r.list.Write(made, results))
	return err
}
