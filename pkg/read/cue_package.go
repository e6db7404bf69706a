package read

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	cueerrors "cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// load finds the package that a file imports: kgen's own in the binary, those of
// the project's CUE module and of its cue.mod/pkg on disk. It returns nil for
// CUE's standard library, which CUE knows.
func (s *session) load(pos token.Pos, importPath string) *build.Instance {
	p := ast.ParseImportPath(importPath)
	if p.Path == schema.ImportPath {
		if s.isOpen {
			return s.openSchema()
		}
		return s.newPackage(pos, p, "", schema.FS, []string{"."})
	}
	if shared := sharedPackage(s.packages, p.Path); shared != nil {
		return s.loadShared(pos, p, shared)
	}
	first, _, _ := strings.Cut(p.Path, "/")
	if s.module == "" {
		if !strings.Contains(first, ".") {
			return nil
		}
		return s.failed(pos, "package %q is not found: there is no cue.mod in the project", importPath)
	}
	root, err := os.OpenRoot(s.module)
	if err != nil {
		return s.failed(pos, "read %s: %v", s.display, reason(err))
	}
	defer root.Close()
	files := root.FS()
	name, err := s.moduleName(files)
	if err != nil {
		return s.failed(pos, "%v", err)
	}
	below, isOwn := strings.CutPrefix(p.Path+"/", name+"/")
	switch {
	case name != "" && isOwn:
		return s.newPackage(pos, p, s.display, files, upwards(path.Clean(below)))
	case !strings.Contains(first, "."):
		return nil
	}
	dir := path.Join("cue.mod/pkg", p.Path)
	if _, err := fs.Stat(files, dir); err != nil {
		return s.failed(pos, "package %q is not found: neither in the module %s nor in %s", importPath, cmp.Or(name, "(without a name)"), path.Join(s.display, "cue.mod/pkg"))
	}
	return s.newPackage(pos, p, s.display, files, []string{dir})
}

// upwards are the directories from dir to the root of the module: a package also
// has the files of its name above it.
func upwards(dir string) []string {
	dirs := []string{dir}
	for dir != "." {
		dir = path.Dir(dir)
		dirs = append(dirs, dir)
	}
	return dirs
}

// failed is a package that cannot be loaded, and why.
func (s *session) failed(pos token.Pos, format string, args ...any) *build.Instance {
	i := s.build.NewInstance("", s.load)
	i.Err = cueerrors.Newf(pos, format, args...)
	return i
}

// moduleName is the path that the module's packages are imported under; empty
// where it has none.
func (s *session) moduleName(files fs.FS) (string, error) {
	file := "cue.mod/module.cue"
	data, err := readRegular(files, file)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	display := path.Join(s.display, file)
	if err != nil {
		return "", errors.New("read " + display + ": " + reason(err))
	}
	var sink report.Sink
	n := (&CUE{}).Read(&tree.Source{Name: display}, data, &sink)
	if n == nil {
		f := sink.Findings[0]
		return "", errors.New(f.Pos.String() + ": " + f.Message)
	}
	name := n.Get("module")
	if name == nil {
		return "", nil
	}
	return ast.ParseImportPath(name.Text).Path, nil
}

// newPackage builds a package of the files in dirs that have its name; the first
// directory must have one.
func (s *session) newPackage(pos token.Pos, p ast.ImportPath, display string, files fs.FS, dirs []string) *build.Instance {
	if s.loading[p.String()] {
		return s.failed(pos, "package %q imports itself", p.String())
	}
	s.loading[p.String()] = true
	defer delete(s.loading, p.String())
	instance := s.build.NewInstance("", s.load)
	for i, dir := range dirs {
		parsed, err := s.parsePackage(files, display, dir, p.Qualifier)
		if err == nil && i == 0 && len(parsed) == 0 {
			err = errors.New(path.Join(display, dir) + " has no file of a package " + strconv.Quote(p.Qualifier))
		}
		if err != nil {
			return s.failed(pos, "package %q: %v", p.String(), err)
		}
		for _, file := range parsed {
			if err := instance.AddSyntax(file); err != nil {
				instance.Err = err
				return instance
			}
		}
	}
	if err := instance.Complete(); err == nil && instance.ResolutionErr != nil {
		instance.Err = instance.ResolutionErr
	}
	return instance
}

// parsePackage parses the files in dir that belong to the package called name.
func (s *session) parsePackage(files fs.FS, display, dir, name string) ([]*ast.File, error) {
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		return nil, errors.New("read " + path.Join(display, dir) + ": " + reason(err))
	}
	var parsed []*ast.File
	for _, entry := range entries {
		if !isPackageFile(entry.Name()) {
			continue
		}
		shown := path.Join(display, dir, entry.Name())
		data, err := readRegular(files, path.Join(dir, entry.Name()))
		if err != nil {
			return nil, errors.New("read " + shown + ": " + reason(err))
		}
		if len(bytes.TrimSpace(data)) == 0 {
			continue // of no package: kgen.cue may be empty
		}
		sink := report.Sink{}
		var file *ast.File
		t := newText(&tree.Source{Name: shown}, data, &sink)
		if t != nil {
			file = parseCUE(t, &sink)
		}
		if file == nil {
			f := sink.Findings[0]
			return nil, errors.New(f.Pos.String() + ": " + f.Message)
		}
		if file.PackageName() != name {
			continue
		}
		if err := checkAllowed(file); err != nil {
			return nil, err
		}
		if pos, found := deepest(t, file); found {
			return nil, errors.New(pos.String() + ": " + tooDeep)
		}
		s.texts[file.Pos().File()], s.files[t] = t, file
		parsed = append(parsed, file)
	}
	return parsed, nil
}

// isPackageFile reports whether CUE takes a file of that name for a package.
func isPackageFile(name string) bool {
	return path.Ext(name) == ".cue" && name[0] != '_' && name[0] != '.' &&
		!strings.HasSuffix(name, "_tool.cue") && !strings.HasSuffix(name, "_test.cue")
}

// readRegular reads a regular file as All does. It follows links only inside the
// module, which is what files ends at.
func readRegular(files fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(files, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return All(f)
}

// reason is an error of the file system without the path in it.
func reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
