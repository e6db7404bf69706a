package gitrev

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/rendered"
)

// MaxFile is the size, in bytes, from which on a file is left out: kgen takes none so
// large, neither as a source nor into a ConfigMap.
const MaxFile = 5 << 20

// Extracted is what was put into a directory.
type Extracted struct {
	// Missing are files that are not whole: Git LFS keeps them, and they were not
	// fetched, or the clone is a partial one without them.
	Missing []string
	// Submodules are the directories of other repositories, which stay empty.
	Submodules []string
}

// file is an entry of a tree.
type file struct {
	mode, object, path string
	size               int64
	isMissing          bool // from a partial clone
}

// Extract puts the files of a commit that a project may read into dir, which is empty,
// and marks it as the root of a repository. Rendered trees and what is larger than
// MaxFile are left out, and so are links that lead out of the repository. Contents are
// as git stores them.
func (r *Repository) Extract(ctx context.Context, commit, dir string) (*Extracted, error) {
	files, out, err := r.list(ctx, commit)
	if err != nil {
		return nil, err
	}
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	x := &extraction{root: root, files: files, out: out, made: map[string]bool{".": true}, lfs: r.storeOfLFS(ctx)}
	return out, x.run(ctx, r)
}

// list lists the files of a commit that are wanted.
func (r *Repository) list(ctx context.Context, commit string) ([]file, *Extracted, error) {
	// From the top, whatever the directory: --full-tree.
	data, err := r.git(ctx, nil, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
	if err != nil {
		return nil, nil, err
	}
	var files []file
	out := &Extracted{}
	trees := map[string]bool{}
	for entry := range strings.SplitSeq(strings.TrimSuffix(string(data), "\x00"), "\x00") {
		f, ok := parseEntry(entry)
		switch {
		case !ok || !filepath.IsLocal(filepath.FromSlash(f.path)):
		case f.mode == "160000":
			out.Submodules = append(out.Submodules, f.path)
		case path.Base(f.path) == rendered.List:
			trees[path.Dir(f.path)] = true
		case f.size <= MaxFile && !strings.HasPrefix(f.path, ".git/"):
			files = append(files, f)
		}
	}
	projects := map[string]bool{r.Prefix: r.Prefix != ""}
	everything := r.Prefix == ""
	for i := range files {
		if path.Base(files[i].path) == projectFile {
			projects[path.Dir(files[i].path)] = true
		}
	}
	files = slices.DeleteFunc(files, func(f file) bool {
		return isBelow(f.path, trees) || !everything && path.Ext(f.path) != ".cue" && !isBelow(f.path, projects) && !projects["."]
	})
	for i := range files {
		if files[i].isMissing {
			if err := out.miss(files[i].path); err != nil {
				return nil, nil, err
			}
		}
	}
	return slices.DeleteFunc(files, func(f file) bool { return f.isMissing }), out, nil
}

// miss notes a file that a partial clone lacks. Without its sources a project would be
// another one.
func (e *Extracted) miss(name string) error {
	if isSource(name) {
		return fmt.Errorf("%s: %w", name, errPartial)
	}
	e.Missing = append(e.Missing, name)
	return nil
}

// projectFile marks a project, which reads any file below it, and of all others only
// packages of CUE.
const projectFile = "kgen.cue"

// isSource reports whether a file may say something of a service.
func isSource(name string) bool {
	switch path.Ext(name) {
	case ".cue", ".yaml", ".yml", ".json":
		return true
	}
	return false
}

// isBelow reports whether a path lies below one of some directories; the top is none,
// for it may be a project that is rendered into itself.
func isBelow(name string, dirs map[string]bool) bool {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if dirs[dir] {
			return true
		}
	}
	return false
}

// parseEntry reads "MODE TYPE OBJECT SIZE\tPATH".
func parseEntry(entry string) (f file, ok bool) {
	head, name, found := strings.Cut(entry, "\t")
	fields := strings.Fields(head)
	if !found || len(fields) != 4 || name == "" {
		return file{}, false
	}
	f = file{mode: fields[0], object: fields[2], path: name}
	switch fields[3] {
	case "-": // of a submodule
	case "BAD": // git has no object to take the size of
		f.isMissing = true
	default:
		size, err := strconv.ParseInt(fields[3], 10, 64)
		if err != nil {
			return file{}, false
		}
		f.size = size
	}
	return f, true
}

// extraction writes files.
type extraction struct {
	root  *os.Root
	files []file
	out   *Extracted
	made  map[string]bool // directories
	lfs   string          // the directory of Git LFS
}

// run asks git for the contents, and writes them as they come.
func (x *extraction) run(ctx context.Context, r *Repository) error {
	var wanted bytes.Buffer
	for i := range x.files {
		wanted.WriteString(x.files[i].object + "\n")
	}
	c := r.command(ctx, "cat-file", "--batch")
	var stderr bytes.Buffer
	c.Stdin, c.Stderr = &wanted, &stderr
	stdout, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return complaint(err, nil)
	}
	readErr := x.read(ctx, bufio.NewReaderSize(stdout, 1<<16))
	if readErr != nil {
		_ = c.Process.Kill() // it would wait for a reader
	}
	if err := c.Wait(); err != nil && readErr == nil {
		return complaint(err, stderr.Bytes())
	}
	return readErr
}

// read writes the files in the order in which they were asked for, until ctx is done.
func (x *extraction) read(ctx context.Context, in *bufio.Reader) error {
	for i := range x.files {
		if err := ctx.Err(); err != nil {
			return err
		}
		f := &x.files[i]
		head, err := in.ReadString('\n')
		if err != nil {
			return fmt.Errorf("git cat-file: %w", noEOF(err))
		}
		fields := strings.Fields(head)
		if len(fields) == 2 && fields[1] == "missing" {
			if err := x.out.miss(f.path); err != nil {
				return err
			}
			continue
		}
		if len(fields) != 3 {
			return fmt.Errorf("git cat-file: %q", strings.TrimSpace(head))
		}
		size, err := strconv.ParseInt(fields[2], 10, 64)
		if err != nil || size < 0 || size > MaxFile {
			return fmt.Errorf("git cat-file: %q", strings.TrimSpace(head))
		}
		data := make([]byte, size+1) // with the line end that follows
		if _, err := io.ReadFull(in, data); err != nil {
			return fmt.Errorf("git cat-file: %w", noEOF(err))
		}
		if err := x.write(f, data[:size]); err != nil {
			return fmt.Errorf("write the files of the revision: %w", err)
		}
	}
	return nil
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// write writes one file. A file system that cannot have its name is no reason to stop:
// what is missing is missed by who needs it.
func (x *extraction) write(f *file, data []byte) error {
	name := filepath.FromSlash(f.path)
	if err := x.makeDir(path.Dir(f.path)); err != nil {
		return err
	}
	if f.mode == "120000" {
		target := string(data)
		inside := path.Join(path.Dir(f.path), target)
		if path.IsAbs(target) || !filepath.IsLocal(filepath.FromSlash(inside)) {
			return nil
		}
		if x.root.Symlink(filepath.FromSlash(target), name) == nil {
			return nil
		} // else a file that names its target, as git itself has it there
	}
	if pointer := lfsObject(data); pointer != "" {
		content, err := os.ReadFile(filepath.Join(x.lfs, "objects", pointer[:2], pointer[2:4], pointer))
		if err != nil {
			x.out.Missing = append(x.out.Missing, f.path)
		} else {
			data = content
		}
	}
	return x.root.WriteFile(name, data, 0o644)
}

func (x *extraction) makeDir(dir string) error {
	if x.made[dir] {
		return nil
	}
	x.made[dir] = true
	return x.root.MkdirAll(filepath.FromSlash(dir), 0o755)
}
