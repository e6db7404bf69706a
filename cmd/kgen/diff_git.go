package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/diff"
	"github.com/kgen-dev/kgen/pkg/gitrev"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/custom"
)

// gitPrefix begins a revision in --against.
const gitPrefix = "git:"

// atRevision renders projects as they were at a revision.
type atRevision struct {
	*diffRun
	revision string
	dir      string            // for the files of repositories
	tops     map[string]string // where those of each are
	notes    []string          // what is missing there
	searched map[string]bool   // the repositories in which gone was looked for
	gone     []*goneProject
}

func newAtRevision(r *diffRun, revision string) (earlier, error) {
	dir, err := os.MkdirTemp("", "kgen-diff-")
	if err != nil {
		return nil, err
	}
	r.temp.Store(&dir)
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	return &atRevision{diffRun: r, revision: revision, dir: dir, tops: map[string]string{}, searched: map[string]bool{}}, nil
}

// of renders a project as it was. One that was not there had no objects.
func (a *atRevision) of(ctx context.Context, p *render.Project, from *load.Project) (*before, error) {
	repository, err := gitrev.Open(ctx, p.Root, os.Environ())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.flag(), err)
	}
	top, err := a.extract(ctx, repository, from)
	if err != nil {
		return nil, err
	}
	root := filepath.Join(top, filepath.FromSlash(repository.Prefix))
	marker := root
	if from.File != "" {
		marker = filepath.Join(root, filepath.Base(from.File))
	}
	if _, err := os.Stat(marker); err != nil {
		return &before{hasLeftOut: true, objects: a.moved}, nil
	}
	old, err := a.renderAt(top, root)
	if err != nil {
		return nil, err
	}
	return beforeOf(old), nil
}

// flag is --against as it was typed, in one line.
func (a *atRevision) flag() string { return report.OneLine("--against " + a.against) }

// beforeOf is what there was of a project that was rendered.
func beforeOf(old *render.Project) *before {
	b := &before{hasLeftOut: true}
	byName := map[string]*render.Environment{}
	for i := range old.Environments {
		e := &old.Environments[i]
		byName[e.Name] = e
		b.environments = append(b.environments, e.Name)
	}
	b.objects = func(environment string, _ []*diff.Object) ([]*diff.Object, error) {
		e := byName[environment]
		if e == nil {
			e = byName[""] // the project had no environments
		}
		if e == nil {
			return nil, nil
		}
		return nowIn(e), nil
	}
	return b
}

// extract puts the files of the revision into a directory, once for each repository,
// and for each directory of loose services, which may read any file below it.
func (a *atRevision) extract(ctx context.Context, r *gitrev.Repository, from *load.Project) (string, error) {
	key := r.Top
	if from.File == "" {
		key += "\x00" + r.Prefix
	}
	if top := a.tops[key]; top != "" {
		return top, nil
	}
	commit, err := r.Resolve(ctx, a.revision)
	if err != nil {
		return "", fmt.Errorf("%s: %w", a.flag(), err)
	}
	top := filepath.Join(a.dir, fmt.Sprint(len(a.tops)))
	if err := os.Mkdir(top, 0o700); err != nil {
		return "", err
	}
	extracted, err := r.Extract(ctx, commit, top)
	if err != nil {
		return "", fmt.Errorf("%s: %w", a.flag(), err)
	}
	a.tops[key] = top
	if n := len(extracted.Missing); n > 0 {
		a.notices = append(a.notices, fmt.Sprintf("%s:%s: not in this clone%s", a.revision, extracted.Missing[0], andMore(n-1)))
	}
	for _, name := range extracted.Submodules {
		a.notes = append(a.notes, a.revision+":"+name+": a submodule, which was not read")
	}
	if a.searched[r.Top] {
		return top, nil
	}
	a.searched[r.Top] = true
	return top, a.findGone(top, r)
}

func andMore(n int) string {
	if n == 0 {
		return ""
	}
	return ", and " + counted(n, "file", "files") + " more"
}

// renderAt renders a project as it was.
func (a *atRevision) renderAt(top, root string) (*render.Project, error) {
	a.supervisor.enter("reading " + a.revision)
	options := a.load
	options.Paths, options.Stdin = []string{root}, nil
	loaded, err := load.Load(options)
	if env := options.Env; env != "" && loaded != nil && !slices.Contains(loaded.EnvironmentNames, env) && !report.HasErrors(loaded.Findings) {
		if len(loaded.EnvironmentNames) > 0 {
			return &render.Project{}, nil // it was not there
		}
		options.Env = ""
		loaded, err = load.Load(options)
	}
	if loaded == nil || err != nil {
		return nil, a.failed(top, loaded, nil, err)
	}
	if len(loaded.Projects) == 0 || report.HasErrors(loaded.Findings) {
		return nil, a.failed(top, loaded, nil, nil)
	}
	a.supervisor.enter("rendering " + a.revision)
	how := a.render
	how.Schemas = &custom.Schemas{}
	how.Unjudged = true // it was, when it was rendered
	rendered, findings := render.Render(loaded.Projects[0], how)
	if report.HasErrors(findings) {
		return nil, a.failed(top, loaded, findings, nil)
	}
	return rendered, nil
}

// failed says that the project did not render as it was, and why.
func (a *atRevision) failed(top string, loaded *load.Result, findings []report.Finding, err error) error {
	if loaded != nil {
		findings = slices.Concat(report.Errors(loaded.Findings), report.Errors(findings))
	}
	a.findings = append(a.findings, a.renamed(top, findings)...)
	a.notices = append(a.notices, a.notes...)
	failure := fmt.Errorf("%s: the project does not render as it was there", a.flag())
	if err != nil {
		text := a.rename(top, err.Error())
		return errors.Join(failure, errors.New(text))
	}
	return failure
}

// renamed tells findings in files of the revision, REVISION:PATH.
func (a *atRevision) renamed(top string, findings []report.Finding) []report.Finding {
	sources := map[*tree.Source]*tree.Source{}
	for i := range findings {
		f := &findings[i]
		f.Message, f.Fix = a.rename(top, f.Message), a.rename(top, f.Fix)
		old := f.Pos.Source
		if old == nil {
			continue
		}
		if sources[old] == nil {
			sources[old] = &tree.Source{Name: a.rename(top, old.Name), Dir: old.Dir}
		}
		f.Pos.Source = sources[old]
	}
	return findings
}

func (a *atRevision) rename(top, text string) string {
	top = filepath.ToSlash(top)
	text = strings.ReplaceAll(text, filepath.FromSlash(top), top)
	return strings.ReplaceAll(strings.ReplaceAll(text, top+"/", a.revision+":"), top, a.revision+":")
}
