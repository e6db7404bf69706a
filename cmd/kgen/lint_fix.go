package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/kgen-dev/kgen/pkg/lint"
	"github.com/kgen-dev/kgen/pkg/lint/fix"
	"github.com/kgen-dev/kgen/pkg/report"
)

// mostRounds bounds how often what was mended is linted again: what is mended may show
// what else there is.
const mostRounds = 4

// fixer mends files.
type fixer struct {
	isDry bool
	fixed []report.Finding // what is mended, in the files as they were
	diff  []byte           // what would be
}

// judgeFix refuses flags that do not go together.
func (o *lintOptions) judgeFix() error {
	var errs []error
	if o.dryRun && !o.fix {
		errs = append(errs, errors.New("--dry-run: it goes with --fix"))
	}
	if o.fix && o.writeBaseline != "" {
		errs = append(errs, errors.New("--fix and --write-baseline: one of the two"))
	}
	if o.fix && slices.Contains(o.load.Paths, "-") {
		errs = append(errs, errors.New("--fix: it mends files, and not standard input"))
	}
	return errors.Join(errs...)
}

// superviseFix lints and mends.
func (r *validateRun) superviseFix() error {
	f := &fixer{isDry: r.lint.dryRun}
	out := r.stdout
	if f.isDry {
		out = r.stderr
	}
	err := r.supervise(&r.loadFlags, out, false, func(ctx context.Context) error {
		err := r.lintAndFix(ctx, f)
		r.notices = append(r.notices, f.notices()...)
		return err
	})
	if !r.supervisor.isOver.Load() {
		return err
	}
	if _, printErr := r.stdout.Write(f.diff); printErr != nil {
		return fmt.Errorf("write the diff: %w", printErr)
	}
	return err
}

// lintAndFix lints, mends what it can, and lints again what came of it.
func (r *validateRun) lintAndFix(ctx context.Context, f *fixer) error {
	for range mostRounds {
		if err := r.operate(ctx); err != nil {
			return err
		}
		r.supervisor.enter("mending files")
		before := len(f.fixed)
		files, err := r.toBeFixed()
		for _, file := range files {
			err = errors.Join(err, ctx.Err())
			if err == nil {
				err = f.fix(file)
			}
		}
		if f.isDry {
			r.findings = slices.DeleteFunc(r.findings, f.isFixed)
		}
		if err != nil || f.isDry || len(f.fixed) == before {
			return err
		}
		r.forget()
	}
	return r.operate(ctx)
}

// forget makes the run one that has not begun.
func (r *validateRun) forget() {
	fresh := validateRun{validateOptions: r.validateOptions, operation: r.operation, targets: r.targets}
	fresh.findings, fresh.notices = nil, nil
	fresh.report = report.Report{Tool: r.report.Tool, Dir: r.report.Dir, FailOn: r.report.FailOn}
	fresh.lint = &linter{lintOptions: r.lint.lintOptions}
	*r = fresh
}

// fix makes the edits of a file that can be made.
func (f *fixer) fix(file *fixable) error {
	mended, done := file.mend()
	if !slices.Contains(done, true) {
		return nil
	}
	if f.isDry {
		name := strings.TrimPrefix(path.Clean(file.name), "/")
		f.diff = append(f.diff, diff.Diff("a/"+name, file.data, "b/"+name, mended)...)
	} else if err := fix.Write(file.path, file.data, mended); err != nil {
		return err
	}
	for i := range done {
		if done[i] {
			f.fixed = append(f.fixed, file.about[i])
		}
	}
	return nil
}

// isFixed reports whether a finding is, or says the same as, one that is mended.
func (f *fixer) isFixed(found report.Finding) bool {
	return slices.ContainsFunc(f.fixed, func(fixed report.Finding) bool {
		return fixed.Pos.String() == found.Pos.String() && fixed.Path.String() == found.Path.String() &&
			(fixed.ID == found.ID || fixed.ID == lint.ValueNotString && strings.HasPrefix(found.ID, "api/"))
	})
}

// notices tell what was mended, and where it stood.
func (f *fixer) notices() (notices []string) {
	if len(f.fixed) == 0 {
		return nil
	}
	fixed, files := report.Merge(f.fixed), 0
	var lines []string
	for i, found := range fixed {
		if i == 0 || fixed[i-1].Pos.File() != found.Pos.File() {
			files++
		}
		lines = append(lines, fmt.Sprintf("\t%s:%d: %s", found.Pos.File(), found.Pos.Line, found.ID))
	}
	verb := "fixed"
	if f.isDry {
		verb = "would fix"
	}
	head := fmt.Sprintf("%s %s in %s:", verb, counted(len(fixed), "finding", "findings"), counted(files, "file", "files"))
	return append([]string{head}, lines...)
}

// readFixable reads a file that is to be mended.
func readFixable(name string) (*fixable, error) {
	file := &fixable{name: name, path: filepath.FromSlash(name)}
	data, err := os.ReadFile(file.path)
	if err != nil {
		return nil, fmt.Errorf("mend %s: %w", name, err)
	}
	file.data = data
	return file, nil
}
