package render

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/kgen-dev/kgen/pkg/rendered"
)

// Changes is what Write did, by the paths of files.
type Changes struct {
	Written, Removed []string
	// Overwritten are the files that were replaced or removed although they
	// were not what kgen wrote.
	Overwritten []string
	// Ignored are paths of a list that lead out of their tree, or to no file.
	Ignored []string
}

// ForeignError is about files that are in the way, and are not what kgen wrote.
type ForeignError struct {
	Files []string
}

// Error has one line a file.
func (e *ForeignError) Error() string {
	const why = ": the content is not what kgen wrote; --force replaces it"
	return strings.Join(e.Files, why+"\n") + why
}

// Write brings the trees up to date: all of them, or on an error none. Files
// that are not what kgen wrote are a *ForeignError, with force they are replaced.
// The context may end the run until the first file is put in its place.
func Write(ctx context.Context, trees []Tree, force bool) (Changes, error) {
	return write(ctx, trees, force, func(root *os.Root) disk { return rootDisk{root} })
}

func write(ctx context.Context, trees []Tree, force bool, open func(*os.Root) disk) (done Changes, err error) {
	if err := checkDirs(trees); err != nil {
		return done, err
	}
	trees = slices.SortedFunc(slices.Values(trees), func(a, b Tree) int { return strings.Compare(a.Dir, b.Dir) })
	for _, t := range trees {
		release, err := hold(ctx, t.Dir)
		if err != nil {
			return done, err
		}
		defer release()
	}
	c := newCommit(ctx)
	for _, t := range trees {
		p, err := makePlan(t)
		if err != nil {
			return done, err
		}
		defer p.close()
		if p.root == nil {
			return done, fmt.Errorf("%s: %w", slashed(t.Dir), fs.ErrNotExist)
		}
		c.add(p, open(p.root))
		done.note(p)
	}
	if len(done.Overwritten) > 0 && !force {
		return Changes{}, &ForeignError{done.Overwritten}
	}
	if err := c.run(); err != nil {
		return Changes{}, err
	}
	return done, nil
}

// note names what p is about to do.
func (c *Changes) note(p *plan) {
	for _, w := range p.write {
		c.Written = append(c.Written, p.name(w.path))
	}
	for _, w := range p.remove {
		c.Removed = append(c.Removed, p.name(w.path))
	}
	for _, name := range p.foreign {
		c.Overwritten = append(c.Overwritten, p.name(name))
	}
	for _, name := range p.ignored {
		c.Ignored = append(c.Ignored, p.name(rendered.List)+": "+name)
	}
}

// Check tells in a unified diff how the trees differ from what was rendered. It
// is empty where they do not. Nothing is written.
func Check(trees []Tree) ([]byte, error) {
	if err := checkDirs(trees); err != nil {
		return nil, err
	}
	var all []byte
	for _, t := range trees {
		diff, err := t.check()
		if err != nil {
			return nil, err
		}
		all = append(all, diff...)
	}
	return all, nil
}

// check waits for a run that writes to the tree, so as not to see half of it.
func (t Tree) check() ([]byte, error) {
	unlock, err := lock(context.Background(), t.Dir, true)
	if err != nil {
		return nil, err
	}
	defer unlock()
	p, err := makePlan(t)
	if err != nil {
		return nil, err
	}
	defer p.close()
	return p.diff(), nil
}

// diff is what applying the plan would change, sorted by path. The list of files
// follows from them; it is shown only where nothing else differs.
func (p *plan) diff() []byte {
	changes := slices.Concat(p.write, p.remove)
	slices.SortFunc(changes, func(a, b change) int { return strings.Compare(a.path, b.path) })
	if len(changes) == 0 && p.isStale() {
		changes = append(changes, p.list)
	}
	var all []byte
	for _, c := range changes {
		name := strings.TrimPrefix(p.name(c.path), "/")
		from, to := "a/"+name, "b/"+name
		if !c.existed {
			from = os.DevNull
		}
		if c.data == nil {
			to = os.DevNull
		}
		all = append(all, diff.Diff(from, toLF(c.previous), to, c.data)...)
	}
	return all
}

// checkDirs refuses two projects in one directory, where each would take the
// other's files for its own.
func checkDirs(trees []Tree) error {
	seen := map[string]string{}
	var errs []error
	for _, t := range trees {
		dir := filepath.Clean(t.Dir)
		if other, ok := seen[dir]; ok {
			errs = append(errs, fmt.Errorf("%s: two projects in one directory: %s and %s", slashed(t.Dir), other, t.Project.Dir))
		}
		seen[dir] = t.Project.Dir
	}
	return errors.Join(errs...)
}

// slashed is a path as messages name it.
func slashed(p string) string { return path.Clean(filepath.ToSlash(p)) }
