package load

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// maxContent is how much of a file is read: a byte more than a ConfigMap may
// hold, so that the check of its size sees that it is too much.
const maxContent = 1<<20 + 1

// readContents fills in what the files of a service hold.
func (w *worker) readContents(p *Project, s *schema.Service, sink *report.Sink) {
	for c := range s.PodContainers() {
		for i := range c.Files {
			readContent(p, &c.Files[i].Value, c.Path.With("files", c.Files[i].Key), sink)
		}
	}
}

func readContent(p *Project, f *schema.File, at tree.Path, sink *report.Sink) {
	switch {
	case f.Content != nil:
		f.Bytes = []byte(*f.Content)
	case f.Binary != "":
		data, err := base64.StdEncoding.DecodeString(f.Binary)
		if err != nil {
			sink.Errorf(schema.InvalidValue, at.With("binary"), "not base64: %v", err)
		}
		f.Bytes = data
	case f.Source != "":
		node := sink.Root.At(at.With("source"))
		data, err := p.Contents(node.Pos.Source, f.Source)
		if err != nil {
			sink.Errorf(schema.UnknownReference, at.With("source"), "%v", err)
		}
		f.Bytes = data
	}
}

// ReadInside reads a file that a source names, relative to the source's own
// directory. It must lie inside the project's root, links resolved; what a
// ConfigMap cannot hold is not read.
func ReadInside(root string, from *tree.Source, name string) ([]byte, error) {
	if filepath.IsAbs(name) {
		return nil, fmt.Errorf("%s: a path relative to the file that names it, inside the project", name)
	}
	rel, err := relativeTo(root, filepath.Join(from.Dir, filepath.FromSlash(name)))
	if err != nil || !filepath.IsLocal(rel) {
		return nil, fmt.Errorf("%s: lies outside the project", name)
	}
	dir, err := os.OpenRoot(root)
	if err != nil {
		return nil, pathError(root, err)
	}
	defer dir.Close()
	info, err := dir.Stat(rel)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: no such file beside %s", name, from.Name)
	case err != nil:
		return nil, insideError(name, err)
	case !info.Mode().IsRegular(): // a pipe would be waited for, a device has no end
		return nil, fmt.Errorf("%s: not a regular file", name)
	}
	f, err := dir.Open(rel)
	if err != nil {
		return nil, insideError(name, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxContent))
	if err != nil {
		return nil, insideError(name, err)
	}
	return data, nil
}

// insideError says what is wrong with a file inside the project, without its
// place on this machine.
func insideError(name string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	if err.Error() == "path escapes from parent" { // os has no name for it
		return fmt.Errorf("%s: a link that leads out of the project", name)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// relativeTo is target as seen from root; both are relative to the working
// directory, or absolute.
func relativeTo(root, target string) (string, error) {
	absRoot, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	absTarget, err := filepath.Abs(target)
	if err != nil {
		return "", err
	}
	return filepath.Rel(absRoot, absTarget)
}
