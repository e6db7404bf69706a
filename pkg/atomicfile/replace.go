// Package atomicfile writes files that nobody finds half written: beside their place
// first, and then renamed.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
)

// NewID is a name that no other run has.
func NewID() string { return strings.ToLower(rand.Text()[:10]) }

// Temp is how the name of a file begins that run id writes beside its place.
func Temp(id string) string { return ".kgen-" + id }

// Create writes and syncs a file that does not exist yet.
func Create(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	return finish(f, data)
}

// finish writes, syncs and closes a file.
func finish(f *os.File, data []byte) error {
	_, err := f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// Replace puts data in the place of the file name, or makes it. like, which may be nil, is
// a file whose permissions and owner it gets, as far as this user may. isReady, which may
// be nil, is asked last: where it fails all is left as it was.
func Replace(root *os.Root, name string, data []byte, like fs.FileInfo, isReady func() error) error {
	temp := path.Join(path.Dir(name), Temp(NewID()))
	mode := fs.FileMode(0o644)
	if like != nil {
		mode = 0o600 // until it has its own
	}
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return Cause(err)
	}
	if like != nil {
		takeOwner(f, like)
		err = f.Chmod(like.Mode().Perm())
	}
	err = errors.Join(err, finish(f, data))
	if err == nil && isReady != nil {
		err = isReady()
	}
	if err == nil {
		err = root.Rename(temp, name)
	}
	if err != nil {
		_ = root.Remove(temp) // what is left of it is in nobody's way
	}
	return Cause(err)
}

// Cause is err without the names of files that nobody knows but this run.
func Cause(err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	switch {
	case errors.As(err, &pathErr):
		return pathErr.Err
	case errors.As(err, &linkErr):
		return linkErr.Err
	}
	return err
}
