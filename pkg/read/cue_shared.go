package read

import (
	"errors"
	"fmt"
	"os"
	"path"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/schema"
)

// ErrNoModule is about a directory without a CUE module.
var ErrNoModule = errors.New("no cue.mod/module.cue there that says a module")

// OpenPackage reads what the module in a directory is called, under which its packages
// are imported; display is the directory as messages name it.
func OpenPackage(dir, display string) (Package, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Package{}, fmt.Errorf("read %s: %s", display, reason(err))
	}
	defer root.Close()
	s := session{display: display}
	name, err := s.moduleName(root.FS())
	switch {
	case err != nil:
		return Package{}, err
	case name == "":
		return Package{}, ErrNoModule
	}
	if first, _, _ := strings.Cut(name, "/"); !strings.Contains(first, ".") {
		return Package{}, fmt.Errorf("%s: the module is called %q, which CUE takes for its own library: its name starts with a domain, as in acme.example/platform",
			path.Join(display, "cue.mod/module.cue"), name)
	}
	return Package{Path: name, Dir: dir, Display: display}, nil
}

// sharedPackage is the module that an import path leads into, of several the innermost.
func sharedPackage(packages []Package, importPath string) (found *Package) {
	for i := range packages {
		p := &packages[i]
		if strings.HasPrefix(importPath+"/", p.Path+"/") && (found == nil || len(p.Path) > len(found.Path)) {
			found = p
		}
	}
	return found
}

// loadShared loads a package of a shared module.
func (s *session) loadShared(pos token.Pos, p ast.ImportPath, shared *Package) *build.Instance {
	root, err := os.OpenRoot(shared.Dir)
	if err != nil {
		return s.failed(pos, "read %s: %v", shared.Display, reason(err))
	}
	defer root.Close()
	below := strings.TrimPrefix(p.Path, shared.Path)
	return s.newPackage(pos, p, shared.Display, root.FS(), upwards(path.Clean(strings.TrimPrefix(below, "/"))))
}

// openSchema is kgen.dev/schema with every definition open. Where kgen judges by itself
// what they define, they come to the same in a hundredth of the time.
func (s *session) openSchema() *build.Instance {
	instance := s.build.NewInstance("", s.load)
	file, err := parser.ParseFile(schema.ImportPath, schema.Open)
	if err == nil {
		err = instance.AddSyntax(file)
	}
	if err == nil {
		err = instance.Complete()
	}
	if err != nil {
		return s.failed(token.NoPos, "%v", err)
	}
	return instance
}
