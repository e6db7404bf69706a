package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/rendered"
)

// scope is what is watched.
type scope struct {
	// dirs are the directories that are watched, with the paths in them that count;
	// nil where all do.
	dirs   map[string]map[string]bool
	except []string
}

// has reports whether a change of the file or directory called name counts.
func (s *scope) has(name string) bool {
	if s.isExcept(name) {
		return false
	}
	if names, isWatched := s.dirs[filepath.Dir(name)]; isWatched && (names == nil || names[name]) {
		return true
	}
	names, isWatched := s.dirs[name] // the event is the directory's own
	return isWatched && names == nil
}

func (s *scope) isExcept(name string) bool {
	return slices.ContainsFunc(s.except, func(dir string) bool {
		return name == dir || strings.HasPrefix(name, dir+string(filepath.Separator))
	})
}

// surveyor finds what to watch.
type surveyor struct {
	scope
	watch func(dir string) error
	real  map[string]bool // directories that were read, links resolved
}

// survey watches the roots and what is below them. Version control, node_modules
// and rendered trees hold no sources, and change all the time.
func survey(roots, except []string, watch func(dir string) error) (scope, error) {
	s := surveyor{scope: scope{dirs: map[string]map[string]bool{}}, watch: watch, real: map[string]bool{}}
	for _, dir := range except {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return s.scope, fmt.Errorf("watch %s: %w", dir, err)
		}
		s.except = append(s.except, abs)
	}
	for _, root := range roots {
		abs, err := filepath.Abs(root)
		if err != nil {
			return s.scope, fmt.Errorf("watch %s: %w", root, err)
		}
		if err := s.root(abs); err != nil {
			return s.scope, err
		}
	}
	return s.scope, nil
}

// root watches below a directory, or where that is not there until it is.
func (s *surveyor) root(root string) error {
	for dir := root; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			if dir == root {
				return s.below(root, true)
			}
			return nil
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
		if err := s.file(dir); err != nil {
			return err
		}
	}
}

// file watches for one path in its directory, which may be lacking.
func (s *surveyor) file(name string) error {
	dir := filepath.Dir(name)
	names, isWatched := s.dirs[dir]
	if isWatched && names == nil {
		return nil
	}
	if names == nil {
		if err := s.watch(dir); errors.Is(err, fs.ErrNotExist) {
			return nil
		} else if err != nil {
			return watchError(dir, err)
		}
		names = map[string]bool{}
		s.dirs[dir] = names
	}
	names[name] = true
	return nil
}

// below watches dir and the directories in it. What cannot be read, whoever reads
// the files will tell.
func (s *surveyor) below(dir string, isRoot bool) error {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil || s.real[real] || s.isExcept(dir) {
		return nil
	}
	// It is watched before it is read: what is made in between is in one of both.
	switch err := s.watch(dir); {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return nil
	case err != nil:
		return watchError(dir, err)
	}
	s.real[real] = true
	s.dirs[dir] = nil
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	if isRendered := func(e os.DirEntry) bool { return e.Name() == rendered.List }; !isRoot && slices.ContainsFunc(entries, isRendered) {
		s.dirs[dir] = map[string]bool{filepath.Join(dir, rendered.List): true} // until it is none any more
		return nil
	}
	for _, e := range entries {
		if err := s.entry(filepath.Join(dir, e.Name()), e); err != nil {
			return err
		}
	}
	return nil
}

func (s *surveyor) entry(name string, e os.DirEntry) error {
	switch {
	case isOpaque(e.Name()):
		return nil
	case e.IsDir():
		return s.below(name, false)
	case e.Type()&fs.ModeSymlink == 0:
		return nil
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return nil
	}
	if info, err := os.Stat(real); err == nil && info.IsDir() {
		return s.below(name, false)
	}
	return s.file(real)
}

// isOpaque reports whether a directory of that name never holds sources.
func isOpaque(name string) bool {
	switch name {
	case ".git", ".hg", ".svn", ".jj", "node_modules":
		return true
	}
	return false
}

// isScratch reports whether an editor, or kgen, keeps a file of that name only
// while it saves another.
func isScratch(name string) bool {
	switch ext := filepath.Ext(name); {
	case strings.HasSuffix(name, "~"), strings.HasPrefix(name, ".#"), name == "4913", isOpaque(name):
		return true
	default:
		return ext == ".swp" || ext == ".swx" || ext == ".swo"
	}
}

func watchError(dir string, err error) error {
	return fmt.Errorf("watch %s: %w", filepath.ToSlash(dir), err)
}
