package load

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/rendered"
)

// walk lists the files below dir that keep is true for, sorted. Links are
// followed, a loop of them is an error. Hidden directories, cue.mod,
// node_modules and rendered trees hold no services.
func (l *loader) walk(dir string, keep func(file string) bool) ([]string, error) {
	w, err := l.walkAll(dir, keep)
	return w.files, err
}

// walkAll is walk, and lists what was passed over.
func (l *loader) walkAll(dir string, keep func(file string) bool) (*walker, error) {
	w := &walker{keep: keep, seen: map[string]bool{}}
	err := w.dir(filepath.Clean(dir), nil)
	slices.Sort(w.files)
	slices.Sort(w.rendered)
	slices.Sort(w.special)
	return w, fewer(err)
}

// maxUnread is how many paths that cannot be read are named.
const maxUnread = 5

// fewer names only the first of many errors: a walk through a whole file system meets
// thousands of them.
func fewer(err error) error {
	if err == nil {
		return nil
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) <= maxUnread {
		return err
	}
	return fmt.Errorf("%s\n%d more paths cannot be read", strings.Join(lines[:maxUnread], "\n"), len(lines)-maxUnread)
}

type walker struct {
	keep  func(string) bool
	files []string
	// rendered are the trees that kgen rendered, which hold no sources.
	rendered []string
	// special are pipes and devices among the files.
	special []string
	// seen are the real paths of directories that were read, some of them again in
	// the other places that links lead to.
	seen  map[string]bool
	again int
}

const (
	// maxDepth bounds how deep a tree of directories is followed.
	maxDepth = 100
	// maxAgain bounds how often directories are read again: two links in each of
	// thirty directories to the next lead to a thousand million places.
	maxAgain = 10_000
)

// dir adds the files below dir; above are the real paths of the directories
// that lead to it.
func (w *walker) dir(dir string, above []string) error {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return pathError(dir, err)
	}
	if real, err = filepath.Abs(real); err != nil {
		return pathError(dir, err)
	}
	switch {
	case slices.Contains(above, real):
		return fmt.Errorf("%s: a loop of links: it leads to %s, which is above it", display(dir), filepath.Base(real))
	case len(above) > maxDepth:
		return fmt.Errorf("%s: more than %d directories deep", display(dir), maxDepth)
	}
	if w.seen[real] {
		switch w.again++; {
		case w.again == maxAgain:
			return fmt.Errorf("%s: links lead to the same directories more than %d times", display(dir), maxAgain)
		case w.again > maxAgain:
			return nil // it was said
		}
	}
	w.seen[real] = true
	entries, err := os.ReadDir(dir)
	if err != nil {
		return pathError(dir, err)
	}
	if len(above) > 0 && slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == rendered.List }) {
		w.rendered = append(w.rendered, dir)
		return nil
	}
	above = append(above[:len(above):len(above)], real)
	var errs []error
	for _, e := range entries {
		errs = append(errs, w.entry(filepath.Join(dir, e.Name()), e, above))
	}
	return errors.Join(errs...)
}

func (w *walker) entry(name string, e os.DirEntry, above []string) error {
	mode := e.Type()
	if mode&os.ModeSymlink != 0 {
		info, err := os.Stat(name)
		switch {
		case err != nil && (isServiceFile(name) || filepath.Ext(name) == ""):
			return pathError(name, err)
		case err != nil:
			return nil
		}
		mode = info.Mode().Type()
	}
	switch {
	case mode.IsDir() && !isOpaque(e.Name()):
		return w.dir(name, above)
	case mode.IsRegular() && w.keep(name):
		w.files = append(w.files, name)
	case !mode.IsDir() && !mode.IsRegular() && w.keep(name):
		w.special = append(w.special, name)
	}
	return nil
}

// isOpaque reports whether a directory of that name never holds services.
func isOpaque(name string) bool {
	return strings.HasPrefix(name, ".") && name != ".github" || name == "cue.mod" || name == "node_modules"
}
