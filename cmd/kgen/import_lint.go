package main

import (
	"bytes"
	"context"
	"slices"

	"github.com/kgen-dev/kgen/pkg/report"
)

// lint lints what was written, and divides the findings by whether the manifests that
// it was made of have them too. Those that are import's own are errors and warnings of
// the run; the report has both.
func (r *importRun) lint(ctx context.Context) error {
	r.supervisor.enter("linting")
	found, err := r.findingsOf(ctx, []string{r.out})
	if err != nil {
		return err
	}
	var before []report.Finding
	if len(r.sources) > 0 {
		if before, err = r.findingsOf(ctx, r.sources); err != nil {
			return err
		}
	}
	known := map[string]bool{}
	for i := range before {
		known[likeness(&before[i])] = true
	}
	for _, f := range found {
		if known[likeness(&f)] || slices.Contains(r.inherent, f.ID) {
			r.became.Had = append(r.became.Had, f)
		} else {
			r.findings = append(r.findings, f)
		}
	}
	r.became.Caused = r.findings
	return nil
}

// likeness is what a finding of a rendered object has in common with the one of the
// manifest that it was made of.
func likeness(f *report.Finding) string {
	object := ""
	if len(f.Objects) > 0 {
		object = f.Objects[0]
	}
	return f.ID + "\x00" + object
}

// findingsOf are the findings of kgen lint.
func (r *importRun) findingsOf(ctx context.Context, paths []string) ([]report.Finding, error) {
	o := &lintOptions{}
	o.loadFlags = r.loadFlags
	o.load.Paths, o.load.Command, o.load.Stdin = paths, "kgen lint", bytes.NewReader(r.stdin)
	run := &validateRun{validateOptions: &o.validateOptions, operation: operation{process: r.process, supervisor: r.supervisor}}
	run.validateOptions.versions = nil
	run.lint = &linter{lintOptions: o}
	err := run.operate(ctx)
	return report.Merge(run.findings), err
}
