package render

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/kgen-dev/kgen/pkg/atomicfile"
	"github.com/kgen-dev/kgen/pkg/rendered"
)

// commit carries plans out in steps, each for all trees: all files are written
// and synced beside their place, then renamed, then stale files are removed,
// then the lists are renamed. A failing step takes back what was done. A killed
// run leaves its list under a name of its own, by which the next run knows the
// files it renamed, and finds those it did not.
type commit struct {
	ctx   context.Context
	id    string
	trees []*staged
	undo  []func() error
}

// staged is a plan and where it is carried out.
type staged struct {
	*plan
	disk
}

func newCommit(ctx context.Context) *commit {
	return &commit{ctx: ctx, id: atomicfile.NewID()}
}

// add takes a plan that has something to do.
func (c *commit) add(p *plan, d disk) {
	if p.isStale() || len(p.leftovers) > 0 {
		c.trees = append(c.trees, &staged{p, d})
	}
}

func (c *commit) run() error {
	for _, step := range []func(*staged) error{c.stage, c.rename, c.remove, c.publish} {
		for _, t := range c.trees {
			if err := step(t); err != nil {
				return c.rollback(fmt.Errorf("%s: %w", slashed(t.dir), err))
			}
		}
	}
	for _, t := range c.trees {
		t.sweep()
	}
	return nil
}

// rollback takes back what was done, last first.
func (c *commit) rollback(err error) error {
	for _, undo := range slices.Backward(c.undo) {
		if failed := undo(); failed != nil && !errors.Is(failed, fs.ErrNotExist) {
			err = errors.Join(err, fmt.Errorf("take back a change: %w", failed))
		}
	}
	return err
}

func (c *commit) onFailure(undo func() error) { c.undo = append(c.undo, undo) }

// tempPrefix starts the names of the files that run id writes beside their place.
func tempPrefix(id string) string { return atomicfile.Temp(id) + "-" }

// temp is where the plan's nth file is written first.
func (c *commit) temp(name string, n int) string {
	return path.Join(path.Dir(name), tempPrefix(c.id)+strconv.Itoa(n))
}

// journal is where the tree's new list is written first.
func (c *commit) journal() string { return rendered.List + "." + c.id }

// stage writes the new list and then all files beside their places.
func (c *commit) stage(t *staged) error {
	c.onFailure(func() error { return t.Remove(c.journal()) })
	if err := t.Create(c.journal(), t.list.data); err != nil {
		return fmt.Errorf("write %s: %w", rendered.List, atomicfile.Cause(err))
	}
	for dir := range t.missingDirs() {
		if err := t.Mkdir(dir); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("make %s: %w", dir, atomicfile.Cause(err))
		}
		c.onFailure(func() error { return t.Remove(dir) })
	}
	c.onFailure(func() error {
		var errs []error
		for i, w := range t.write {
			if err := t.Remove(c.temp(w.path, i)); !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
		return errors.Join(errs...)
	})
	return c.stageFiles(t)
}

// syncers is the number of files written at once: disks sync many files in
// little more time than one.
const syncers = 16

func (c *commit) stageFiles(t *staged) error {
	var next atomic.Int64
	var group errgroup.Group
	for range min(syncers, len(t.write)) {
		group.Go(func() error {
			for i := int(next.Add(1)) - 1; i < len(t.write); i = int(next.Add(1)) - 1 {
				if err := c.ctx.Err(); err != nil {
					return err
				}
				if err := t.Create(c.temp(t.write[i].path, i), t.write[i].data); err != nil {
					next.Store(int64(len(t.write))) // the others need not go on
					return fmt.Errorf("write %s: %w", t.write[i].path, atomicfile.Cause(err))
				}
			}
			return c.ctx.Err()
		})
	}
	return group.Wait()
}

// missingDirs yields the directories that the tree lacks, the topmost first.
func (t *staged) missingDirs() func(yield func(string) bool) {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for _, w := range t.write {
			for dir := range above(w.path) {
				if seen[dir] {
					continue
				}
				seen[dir] = true
				if _, err := t.root.Lstat(dir); errors.Is(err, fs.ErrNotExist) && !yield(dir) {
					return
				}
			}
		}
	}
}

// rename puts the files in their places.
func (c *commit) rename(t *staged) error {
	for i, w := range t.write {
		if err := t.Rename(c.temp(w.path, i), w.path); err != nil {
			return fmt.Errorf("write %s: %w", w.path, atomicfile.Cause(err))
		}
		c.onFailure(func() error { return c.restore(t, w) })
	}
	return nil
}

// remove removes the stale files, and the directories that they leave empty.
func (c *commit) remove(t *staged) error {
	dirs := map[string]bool{}
	for _, w := range t.plan.remove {
		if err := t.Remove(w.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove %s: %w", w.path, atomicfile.Cause(err))
		}
		c.onFailure(func() error { return c.restore(t, w) })
		for dir := range above(w.path) {
			dirs[dir] = true
		}
	}
	for _, dir := range slices.Backward(slices.Sorted(maps.Keys(dirs))) {
		if t.Remove(dir) == nil { // it fails where the directory is not empty
			c.onFailure(func() error { return t.Mkdir(dir) })
		}
	}
	return nil
}

// publish puts the list in its place.
func (c *commit) publish(t *staged) error {
	if err := t.Rename(c.journal(), rendered.List); err != nil {
		return fmt.Errorf("write %s: %w", rendered.List, atomicfile.Cause(err))
	}
	c.onFailure(func() error { return c.restore(t, t.list) })
	return nil
}

// restore brings back what stood at w.path before.
func (c *commit) restore(t *staged, w change) error {
	if !w.existed {
		return t.Remove(w.path)
	}
	temp := c.temp(w.path, -1)
	if err := t.Create(temp, w.previous); err != nil {
		return err
	}
	return t.Rename(temp, w.path)
}

// sweep removes what killed runs left. The tree is complete by now; what cannot
// be removed is in nobody's way.
func (t *staged) sweep() {
	if len(t.leftovers) == 0 {
		return
	}
	dirs := map[string]bool{}
	for _, name := range t.old.paths() {
		for dir := range above(name) {
			dirs[dir] = true
		}
	}
	for _, dir := range slices.Backward(slices.Sorted(maps.Keys(dirs))) {
		if s, err := reach(t.root, dir+"/"); s == regular && err == nil {
			t.sweepDir(dir)
			_ = t.Remove(dir)
		}
	}
	t.sweepDir(".")
	for _, id := range t.leftovers {
		_ = t.Remove(rendered.List + "." + id)
	}
}

// sweepDir removes the files that killed runs wrote beside their place in dir.
func (t *staged) sweepDir(dir string) {
	entries, err := fs.ReadDir(t.root.FS(), dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		for _, id := range t.leftovers {
			if strings.HasPrefix(e.Name(), tempPrefix(id)) {
				_ = t.Remove(path.Join(dir, e.Name()))
			}
		}
	}
}
