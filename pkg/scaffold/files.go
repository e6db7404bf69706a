package scaffold

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// File is a file to write, at a slash path below a directory.
type File struct {
	Path string
	Data []byte
}

// TakenError is about files that are there already and have another content.
type TakenError struct{ Files []string }

// Error has one line a file.
func (e *TakenError) Error() string {
	lines := make([]string, len(e.Files))
	for i, name := range e.Files {
		lines[i] = name + ": it is there already, and is another"
	}
	return strings.Join(lines, "\n")
}

// WriteFiles writes files below dir, which need not exist, or on an error none of them.
// Those that are there with the same content are kept; another content is a *TakenError,
// unless isForced.
func WriteFiles(dir string, files []File, isForced bool) (*Result, error) {
	at, err := locate(dir)
	if err != nil {
		return nil, err
	}
	defer at.close()
	d := draft{place: at, options: &Options{}, result: &Result{}}
	taken := &TakenError{}
	for _, f := range files {
		name := d.inProject(path.Clean(f.Path))
		isThere := d.exists(name)
		data, err := d.read(name)
		switch {
		case isThere && err != nil:
			return nil, fmt.Errorf("read %s: %w", d.display(name), cause(err))
		case isThere && bytes.Equal(data, f.Data):
			d.result.Kept = append(d.result.Kept, d.display(name))
			continue
		case isThere && !isForced:
			taken.Files = append(taken.Files, d.display(name))
		}
		d.files = append(d.files, file{path: name, data: f.Data, isReplaced: isThere})
	}
	if len(taken.Files) > 0 {
		return nil, taken
	}
	return d.finish()
}
