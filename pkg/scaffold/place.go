package scaffold

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/kgen-dev/kgen/pkg/repository"
)

// place is where a project goes, and the directory above which nothing is written.
type place struct {
	root *os.Root
	// dir is the root on this machine: the repository's, else the nearest directory
	// of the project that exists.
	dir string
	// from is the working directory, relative to which messages name files; empty
	// where it is unknown.
	from string
	// project and top are slash paths below the root: of the project, and of the
	// directory that the repository's files go to.
	project, top  string
	hasRepository bool
}

// locate finds the place of a project. Links are followed first, so that a project
// belongs to the repository that it really lies in.
func locate(dir string) (*place, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", shown(dir), err)
	}
	existing, rest := abs, "."
	for !isThere(existing) && existing != filepath.Dir(existing) {
		existing, rest = filepath.Dir(existing), filepath.Join(filepath.Base(existing), rest)
	}
	real, err := filepath.EvalSymlinks(existing)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: a link that leads nowhere", shown(dir))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", shown(dir), cause(err))
	}
	if info, err := os.Stat(real); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s: not a directory, and a project is one", shown(dir))
	}
	p := &place{dir: real, project: filepath.ToSlash(rest), top: filepath.ToSlash(rest)}
	if top := repository.Root(real); top != "" {
		below, err := filepath.Rel(top, filepath.Join(real, rest))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", shown(dir), err)
		}
		p.dir, p.project, p.top, p.hasRepository = top, filepath.ToSlash(below), ".", true
	}
	if wd, err := os.Getwd(); err == nil {
		p.from, _ = filepath.EvalSymlinks(wd)
	}
	if p.root, err = os.OpenRoot(p.dir); err != nil {
		return nil, fmt.Errorf("%s: %w", shown(dir), cause(err))
	}
	return p, nil
}

func (p *place) close() { _ = p.root.Close() } // it was only read through

// exists reports whether something is at a path below the root, a link to nowhere
// included.
func (p *place) exists(name string) bool {
	_, err := p.root.Lstat(filepath.FromSlash(name))
	return err == nil
}

// read returns a file below the root; nothing where there is none.
func (p *place) read(name string) ([]byte, error) {
	data, err := p.root.ReadFile(filepath.FromSlash(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// display is a path below the root as messages name it.
func (p *place) display(name string) string {
	full := filepath.Join(p.dir, filepath.FromSlash(name))
	if rel, err := filepath.Rel(p.from, full); err == nil && p.from != "" {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(full)
}

// title is what the project's directory is called.
func (p *place) title() string {
	return path.Base(filepath.ToSlash(filepath.Join(p.dir, filepath.FromSlash(p.project))))
}

func isThere(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func shown(dir string) string { return strings.TrimSuffix(path.Clean(filepath.ToSlash(dir)), "/") }

// cause is an error of the file system without the path in it.
func cause(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
