package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/kgen-dev/kgen/pkg/edit"
	"github.com/kgen-dev/kgen/pkg/lint/fix"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/schema"
)

// setRun is one run of kgen set.
type setRun struct {
	*setOptions
	operation

	session *edit.Session
	changed []*edit.Edited
	// isRefusedHere is set where the change is not made, and notices say why.
	isRefusedHere bool
}

// refuse gives the change up.
func (r *setRun) refuse(message, fix string) {
	r.isRefusedHere = true
	r.notices = append(r.notices, message)
	if fix != "" {
		r.notices = append(r.notices, "\tfix: "+fix)
	}
	r.notices = append(r.notices, "nothing is changed")
}

// operate makes the settings in memory, judges what comes of them, and writes the files.
func (r *setRun) operate(ctx context.Context) error {
	if !r.dryRun {
		r.supervisor.enter("waiting for another kgen set")
		dir := r.load.Paths[0]
		if !isDir(dir) {
			dir = filepath.Dir(dir)
		}
		unlock, err := render.Lock(ctx, dir)
		if err != nil {
			return err
		}
		defer unlock()
	}
	r.supervisor.enter("reading services")
	written, err := load.ReadWritten(r.load)
	if errors.Is(err, load.ErrSeveralProjects) {
		return fmt.Errorf("choose a project with --project: %w", err)
	}
	if err != nil {
		return err
	}
	if last := len(r.unparsed) - 1; last > 0 {
		if r.findings = withoutFields(written); len(r.findings) > 0 {
			return nil
		}
		if err := r.parseFields(written.Project.Extension(r.load), r.unparsed[last], r.unparsed[:last]); err != nil {
			return err
		}
	}
	if err := r.judgeNames(written); err != nil || report.HasErrors(r.findings) {
		return err
	}
	overlay, err := r.edit(written)
	if err != nil || len(overlay) == 0 {
		return err
	}
	if err := r.judgeResult(overlay); err != nil || r.isRefusedHere || report.HasErrors(r.findings) {
		return err
	}
	if r.dryRun {
		return nil
	}
	r.supervisor.enter("writing")
	if !r.supervisor.commit() {
		return errInterrupted
	}
	return r.write()
}

// edit makes the settings in memory, and returns what files come to.
func (r *setRun) edit(written *load.Written) (load.Overlay, error) {
	r.session = &edit.Session{Written: written, Environment: r.env}
	for _, s := range r.settings {
		if err := r.session.Set(s); err != nil {
			return nil, err
		}
	}
	overlay := load.Overlay{}
	for _, f := range r.session.Files {
		if bytes.Equal(f.Before, f.Data) {
			continue
		}
		if err := liesInProject(f.Path, written.Project.Root); err != nil {
			return nil, err
		}
		r.changed = append(r.changed, f)
		overlay.Lay(f.Path, f.Data)
	}
	return overlay, nil
}

// judgeNames demands that the environment and the services exist.
func (r *setRun) judgeNames(w *load.Written) error {
	if w.Project.Tree == nil && w.Project.File != "" {
		r.findings = report.Errors(w.Findings)
		return nil
	}
	if err := environmentNamed(r.env, w.Project.EnvironmentNames); err != nil {
		return err
	}
	for _, s := range r.settings {
		_, name, err := serviceNamed([]*load.Project{w.Project}, s.Service)
		if err != nil {
			r.findings = unread(w.Findings) // one of those files may hold it
			if report.HasErrors(r.findings) {
				r.notices = append(r.notices, err.Error()+", as far as its files can be read")
				return nil
			}
			return err
		}
		s.Service = name
	}
	return nil
}

// withoutFields are the mistakes in kgen.cue for which nobody knows its fields.
func withoutFields(w *load.Written) []report.Finding {
	if w.Project.File == "" || w.Project.Tree != nil && !w.Project.Org.IsBroken() {
		return nil
	}
	return slices.DeleteFunc(report.Errors(w.Findings), func(f report.Finding) bool { return f.Pos.File() != w.Project.File })
}

// unread are the findings about files of which it is not known what they hold.
func unread(findings []report.Finding) []report.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f report.Finding) bool {
		return f.Severity != report.Error || !slices.Contains([]string{schema.Syntax, schema.BadFile, schema.EvaluationFailed}, f.ID)
	})
}

// liesInProject demands that a file, links resolved, lies in the project.
func liesInProject(file, root string) error {
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return fmt.Errorf("%s: it cannot be read", filepath.ToSlash(file))
	}
	if root, err = filepath.EvalSymlinks(root); err == nil {
		if real, err = filepath.Abs(real); err == nil {
			root, err = filepath.Abs(root)
		}
	}
	if err != nil {
		return err
	}
	if below, err := filepath.Rel(root, real); err != nil || !filepath.IsLocal(below) {
		return fmt.Errorf("%s: a link that leads out of the project; edit the file it leads to there", filepath.ToSlash(file))
	}
	return nil
}

// write writes the files; where one fails, none is changed.
func (r *setRun) write() error {
	for _, f := range r.changed {
		if err := isWritable(f.Path); err != nil {
			return err
		}
	}
	for i, f := range r.changed {
		err := fix.Write(f.Path, f.Before, f.Data)
		if err == nil {
			continue
		}
		for _, done := range slices.Backward(r.changed[:i]) {
			err = errors.Join(err, fix.Write(done.Path, done.Data, done.Before))
		}
		return err
	}
	return nil
}

// isWritable tells before anything is written that a file cannot be.
func isWritable(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		var pe *os.PathError
		if errors.As(err, &pe) {
			err = pe.Err
		}
		return fmt.Errorf("%s: %w", filepath.ToSlash(name), err)
	}
	return f.Close()
}
