package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/diff"
	"github.com/kgen-dev/kgen/pkg/gitrev"
	"github.com/kgen-dev/kgen/pkg/manifest"
)

// goneProject is a project that was there at the revision, and is no longer.
type goneProject struct {
	root         string // of its files at the revision
	environments []string
	objects      map[string][]*diff.Object // by environment
	// taken are the objects that another project has now: it was moved.
	taken map[*diff.Object]bool
}

// findGone finds the projects of a repository, extracted to top, that are no longer
// there, below the directories that were asked for.
func (a *atRevision) findGone(top string, repository *gitrev.Repository) error {
	for _, dir := range a.askedBelow(repository.Top) {
		start := filepath.Join(top, dir)
		err := filepath.WalkDir(start, func(name string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // the directory was not there
			}
			if err != nil || entry.IsDir() || entry.Name() != projectFile {
				return err
			}
			rel, err := filepath.Rel(top, filepath.Dir(name))
			if err != nil {
				return err
			}
			if _, err := os.Stat(filepath.Join(repository.Top, rel, projectFile)); err == nil {
				return nil
			}
			return a.addGone(top, filepath.Dir(name))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// projectFile marks a project.
const projectFile = "kgen.cue"

func (a *atRevision) addGone(top, root string) error {
	if slices.ContainsFunc(a.gone, func(g *goneProject) bool { return g.root == root }) {
		return nil // it lies below two of the directories
	}
	old, err := a.renderAt(top, root)
	if err != nil {
		return err
	}
	g := &goneProject{root: root, objects: map[string][]*diff.Object{}, taken: map[*diff.Object]bool{}}
	for i := range old.Environments {
		e := &old.Environments[i]
		g.environments = append(g.environments, e.Name)
		g.objects[e.Name] = nowIn(e)
	}
	a.gone = append(a.gone, g)
	return nil
}

// askedBelow are the directories of which all projects were asked for, as paths below
// the top of their repository.
func (a *atRevision) askedBelow(top string) (dirs []string) {
	paths := a.load.Paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, p := range paths {
		dir, isPattern := strings.CutSuffix(filepath.ToSlash(p), "...")
		if !isPattern {
			if _, err := os.Stat(filepath.Join(dir, projectFile)); err == nil {
				continue // that project alone
			}
		}
		if below, ok := pathBelow(top, filepath.Clean(dir)); ok && !slices.Contains(dirs, below) {
			dirs = append(dirs, below)
		}
	}
	return dirs
}

// pathBelow is the path of a directory below another, links resolved.
func pathBelow(top, dir string) (below string, ok bool) {
	real, err := filepath.EvalSymlinks(dir)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil || !isDir(real) {
		return "", false
	}
	if resolved, err := filepath.EvalSymlinks(top); err == nil {
		top = resolved
	}
	below, err = filepath.Rel(top, real)
	return below, err == nil && filepath.IsLocal(below)
}

// moved are the objects of projects that are gone which a new project has.
func (a *atRevision) moved(environment string, now []*diff.Object) (objects []*diff.Object, err error) {
	for _, g := range a.gone {
		was, found := g.objects[environment]
		if !found {
			was = g.objects[""] // the project had no environments
		}
		for _, o := range was {
			if slices.ContainsFunc(now, func(n *diff.Object) bool { return isSameName(o, n) }) {
				g.taken[o] = true
				objects = append(objects, o)
			}
		}
	}
	return objects, nil
}

func isSameName(a, b *diff.Object) bool {
	return a.Name == b.Name && a.Kind == b.Kind && a.Namespace == b.Namespace && manifest.GroupOf(a.APIVersion) == manifest.GroupOf(b.APIVersion)
}

// finish tells of what no project has any more.
func (a *atRevision) finish() {
	for _, g := range a.gone {
		a.result.Begin()
		for _, environment := range g.environments {
			left := slices.DeleteFunc(g.objects[environment], func(o *diff.Object) bool { return g.taken[o] })
			changes, foreign := diff.Compare(diff.Input{Old: left})
			a.result.Add(environment, changes, foreign)
		}
	}
}
