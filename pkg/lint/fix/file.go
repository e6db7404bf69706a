package fix

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/kgen-dev/kgen/pkg/atomicfile"
)

// errChanged is about a file that somebody else wrote to.
var errChanged = errors.New("it has changed meanwhile, and was left alone")

// Write puts the content data in the place of before in a file, or in the one that a
// link there leads to, and keeps its permissions. The file is never half written; one
// that has another content by now is an error.
func Write(file string, before, data []byte) error {
	if err := write(file, before, data); err != nil {
		return fmt.Errorf("mend %s: %w", filepath.ToSlash(file), err)
	}
	return nil
}

func write(file string, before, data []byte) error {
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(filepath.Dir(real))
	if err != nil {
		return err
	}
	defer root.Close()
	name := filepath.Base(real)
	old, err := root.OpenFile(name, os.O_RDWR, 0) // who may not write to it may not replace it
	if err != nil {
		return err
	}
	info, err := old.Stat()
	if err = errors.Join(err, old.Close()); err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("it is no file")
	}
	return atomicfile.Replace(root, name, data, info, func() error {
		now, err := root.ReadFile(name)
		if err == nil && !bytes.Equal(now, before) {
			err = errChanged
		}
		return err
	})
}
