package read

import (
	"io"
	"io/fs"
	"os"
)

// MaxManifestsSize is the most bytes that a file of manifests may have, all
// documents together; above, it is not read at all.
const MaxManifestsSize = 1 << 30

// ManifestFile reads a file for Documents, in one piece. Only a regular file is
// opened. One of more than MaxManifestsSize bytes is an error.
func ManifestFile(name string) ([]byte, error) {
	f, size, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return allManifests(f, size)
}

// AllManifests reads r for Documents, to its end. More than MaxManifestsSize bytes
// are an error.
func AllManifests(r io.Reader) ([]byte, error) {
	size := int64(0)
	if f, ok := r.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
	}
	return allManifests(r, size)
}

// allManifests reads r, which has about size bytes.
func allManifests(r io.Reader, size int64) ([]byte, error) {
	const first = 64 << 10
	if size > MaxManifestsSize {
		return nil, errTooLarge
	}
	data := make([]byte, 0, max(size+1, first))
	for {
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case len(data) > MaxManifestsSize:
			return nil, errTooLarge
		case err == io.EOF:
			return data, nil
		case err != nil:
			return nil, err
		case len(data) == cap(data):
			larger := make([]byte, len(data), 2*cap(data))
			copy(larger, data)
			data = larger
		}
	}
}

// openRegular opens a file that is no directory, pipe or device.
func openRegular(name string) (f *os.File, size int64, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, &fs.PathError{Op: "read", Path: name, Err: errNotRegular}
	}
	f, err = os.Open(name)
	return f, info.Size(), err
}
