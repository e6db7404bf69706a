package render

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/kgen-dev/kgen/pkg/atomicfile"
)

// disk is what an output tree does to the file system, below its directory.
// Tests make any of its steps fail.
type disk interface {
	// Create writes and syncs a file that does not exist yet.
	Create(name string, data []byte) error
	Mkdir(name string) error
	Rename(from, to string) error
	Remove(name string) error
}

// rootDisk is the real one. An os.Root lets no name lead out of the directory.
type rootDisk struct{ *os.Root }

func (d rootDisk) Create(name string, data []byte) error {
	return atomicfile.Create(d.Root, name, data)
}

func (d rootDisk) Mkdir(name string) error { return d.Root.Mkdir(name, 0o755) }

// state is what stands at a name.
type state uint8

const (
	absent state = iota
	regular
	other   // a link, a directory or a device in the place of a file
	behind  // a link or a file is where a directory has to be
	outside // the name itself leads out of the tree
)

// look tells what stands at name below root, and a regular file's content. It
// follows no link.
func look(root *os.Root, name string) (state, []byte, error) {
	if !filepath.IsLocal(filepath.FromSlash(name)) || path.Clean(name) != name {
		return outside, nil, nil
	}
	if s, err := reach(root, name); s != regular || err != nil {
		return s, nil, err
	}
	info, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return absent, nil, nil
	case err != nil:
		return absent, nil, err
	case !info.Mode().IsRegular():
		return other, nil, nil
	}
	data, err := root.ReadFile(name)
	return regular, data, err
}

// reach follows the directories that lead to name: it returns regular where all
// are there and none is a link.
func reach(root *os.Root, name string) (state, error) {
	for dir := range above(name) {
		info, err := root.Lstat(dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return absent, nil
		case err != nil:
			return absent, err
		case !info.IsDir():
			return behind, nil
		}
	}
	return regular, nil
}

// above yields the directories that lead to name, the topmost first.
func above(name string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i, c := range name {
			if c == '/' && !yield(name[:i]) {
				return
			}
		}
	}
}

// makeDir makes dir and what is missing above it; it returns the directories
// that it made, the topmost first.
func makeDir(dir string) (made []string, err error) {
	for missing := filepath.Clean(dir); ; missing = filepath.Dir(missing) {
		if _, err := os.Stat(missing); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append([]string{missing}, made...)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return made, nil
}
