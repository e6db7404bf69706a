package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/rendered"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/repository"
)

// list is a .kgen-files: the project, and below it one file a line, sorted, with
// a digest of what was written. Without the digest a file that a person edited
// could not be told from one that is merely out of date.
type list struct {
	project string
	files   map[string][]string // path below the tree -> digests kgen wrote there
}

// parseList reads a list. Line ends may be CRLF.
func parseList(data []byte) (*list, error) {
	l := &list{files: map[string][]string{}}
	for i, line := range strings.Split(string(toLF(data)), "\n") {
		if project, ok := strings.CutPrefix(line, rendered.Header); ok && i == 0 {
			l.project = project
			continue
		}
		file, digest, ok := strings.Cut(line, "\t")
		switch {
		case i == 0:
			return nil, fmt.Errorf("line 1: it does not start with %q", strings.TrimSpace(rendered.Header))
		case line == "":
		case !ok || len(digest) != digestLength:
			return nil, fmt.Errorf("line %d: not a path and a digest; was a merge left unresolved?", i+1)
		default:
			l.add(file, digest)
		}
	}
	return l, nil
}

func (l *list) add(file, digest string) {
	if !slices.Contains(l.files[file], digest) {
		l.files[file] = append(l.files[file], digest)
	}
}

// wrote reports whether data is what kgen wrote to file.
func (l *list) wrote(file string, data []byte) bool {
	return slices.Contains(l.files[file], digestOf(data))
}

// paths are the files of the list, sorted.
func (l *list) paths() []string {
	paths := make([]string, 0, len(l.files))
	for file := range l.files {
		paths = append(paths, file)
	}
	slices.Sort(paths)
	return paths
}

// bytes is the list as a file.
func (l *list) bytes() []byte {
	var b bytes.Buffer
	b.WriteString(rendered.Header + l.project + "\n")
	for _, file := range l.paths() {
		b.WriteString(file + "\t" + l.files[file][0] + "\n")
	}
	return b.Bytes()
}

// digestLength is the number of hex digits kept of a digest: enough to tell one
// edit from another, few enough to read a diff of the list.
const digestLength = 16

// digestOf tells contents apart; line ends do not count, for a checkout may
// change them.
func digestOf(data []byte) string {
	sum := sha256.Sum256(toLF(data))
	return hex.EncodeToString(sum[:])[:digestLength]
}

// toLF is data with CRLF line ends as LF. What kgen writes has no other CR.
func toLF(data []byte) []byte {
	if bytes.IndexByte(data, '\r') < 0 {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}

// identity tells one project from another that renders into the same directory.
type identity struct {
	// name is where the project lies in its repository, the same on every machine;
	// outside of any, the name of its directory. One line.
	name string
	// earlier is the name that it had before there was a repository, where the tree
	// lies in the project itself.
	earlier string
	// isUnsure is set where there is no repository, as in an archive of one, and the
	// tree lies in the project itself: then the list knows the name.
	isUnsure bool
}

// identify names the project of a tree.
func identify(t Tree) (identity, error) {
	root, err := filepath.Abs(t.Project.Root)
	if err != nil {
		return identity{}, fmt.Errorf("find the repository of %s: %w", t.Project.Root, err)
	}
	dir, err := filepath.Abs(t.Dir)
	if err != nil {
		return identity{}, fmt.Errorf("find the repository of %s: %w", t.Dir, err)
	}
	where, isInside, err := repository.Below(root)
	if err != nil {
		return identity{}, err
	}
	base := report.OneLine(filepath.Base(root))
	below, err := filepath.Rel(root, dir)
	isOwn := err == nil && filepath.IsLocal(below)
	switch {
	case !isInside:
		return identity{name: base, isUnsure: isOwn}, nil
	case isOwn:
		return identity{name: report.OneLine(path.Clean(where)), earlier: base}, nil
	}
	return identity{name: report.OneLine(path.Clean(where))}, nil
}

// admits reports whether a list that names a project may be this one's.
func (i identity) admits(project string) bool {
	return i.isUnsure || project == i.name || i.earlier != "" && project == i.earlier
}
