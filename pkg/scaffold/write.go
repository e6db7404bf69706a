package scaffold

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/kgen-dev/kgen/pkg/atomicfile"
)

// write writes all files, or none: beside their places first, then renamed.
func (p *place) write(files []file) error {
	w := writer{place: p, temps: make([]string, len(files))}
	err := w.prepare(files)
	if err == nil {
		err = w.rename(files)
	}
	if err != nil {
		w.undo()
	}
	return err
}

type writer struct {
	*place
	dirs  []string // that were made
	temps []string // of the files, empty once renamed
	made  []string // files in their places that were not there before
}

// prepare makes the directories, and writes the files beside their places.
func (w *writer) prepare(files []file) error {
	id := atomicfile.NewID()
	for i, f := range files {
		if err := w.makeDir(path.Dir(f.path)); err != nil {
			return err
		}
		w.temps[i] = path.Join(path.Dir(f.path), fmt.Sprintf("%s-%d", atomicfile.Temp(id), i))
		if err := atomicfile.Create(w.root, w.temps[i], f.data); err != nil {
			return fmt.Errorf("write %s: %w", w.display(f.path), cause(err))
		}
	}
	return nil
}

// makeDir makes a directory and those above it.
func (w *writer) makeDir(dir string) error {
	info, err := w.root.Stat(dir)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return fmt.Errorf("%s: a file stands where a directory belongs", w.display(dir))
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", w.display(dir), cause(err))
	}
	if err := w.makeDir(path.Dir(dir)); err != nil {
		return err
	}
	switch err := w.root.Mkdir(dir, 0o755); {
	case errors.Is(err, fs.ErrExist):
		if info, err := w.root.Stat(dir); err == nil && info.IsDir() {
			return nil // somebody else has just made it
		}
		return fmt.Errorf("%s: a link stands where a directory belongs, and leads nowhere", w.display(dir))
	case err != nil:
		return fmt.Errorf("make %s: %w", w.display(dir), cause(err))
	}
	w.dirs = append(w.dirs, dir)
	return nil
}

func (w *writer) rename(files []file) error {
	for i, f := range files {
		isNew := !w.exists(f.path)
		move := w.root.Rename
		if !f.isReplaced {
			move = w.moveNew
		}
		switch err := move(w.temps[i], f.path); {
		case errors.Is(err, fs.ErrExist):
			return fmt.Errorf("%s: somebody else has just made it", w.display(f.path))
		case err != nil:
			return fmt.Errorf("write %s: %w", w.display(f.path), atomicfile.Cause(err))
		}
		w.temps[i] = ""
		if isNew {
			w.made = append(w.made, f.path)
		}
	}
	return nil
}

// moveNew moves a file to where none is. A link is refused where a rename would
// replace what somebody else makes at the same time; not all file systems have links.
func (w *writer) moveNew(from, to string) error {
	err := w.root.Link(from, to)
	switch {
	case err == nil:
		return w.root.Remove(from)
	case errors.Is(err, fs.ErrExist) || w.exists(to):
		return fs.ErrExist
	}
	return w.root.Rename(from, to)
}

// undo takes away what was made. What stays behind is in nobody's way.
func (w *writer) undo() {
	for _, name := range slices.Concat(w.temps, w.made) {
		if name != "" {
			_ = w.root.Remove(name)
		}
	}
	for _, dir := range slices.Backward(w.dirs) {
		_ = w.root.Remove(dir) // fails where somebody else uses it
	}
}
