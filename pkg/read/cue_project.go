package read

import (
	"slices"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Package is a directory that holds a CUE module of shared packages.
type Package struct {
	Path    string // of the module, as imports start with
	Dir     string // on this machine
	Display string // as messages name it
}

// PackageDir is a directory that kgen.cue names under packages.
type PackageDir struct {
	Name string
	At   tree.Path
	Pos  tree.Pos
}

// Fields of kgen.cue that are no data.
const (
	orgService = "#Service"
	orgRender  = "render"
	orgPolicy  = "policy"
)

// ReadProject reads a kgen.cue as Read does. What it says of services and objects
// beside data, #Service, render and policy, is set aside and returned as an Org, which
// is nil where there is none. The packages that it names are read from its syntax, for
// its imports need them: open finds them.
func (c *CUE) ReadProject(source *tree.Source, data []byte, sink *report.Sink, open func([]PackageDir) []Package) (*tree.Node, *Org) {
	c.Packages = nil
	t := newText(source, data, sink)
	if t == nil {
		return nil, nil
	}
	if t.isLarge() {
		defer c.watch(source.Name)()
	}
	file := parseCUE(t, sink)
	if file == nil {
		return nil, nil
	}
	dropSchema(file)
	dirs, isLiteral := packageDirs(t, file.Decls)
	if !isLiteral {
		sink.ErrorAt(dirs[0].Pos, schema.InvalidValue, tree.P("packages"), "packages are found before anything is evaluated: write a list of directories, each in quotes")
		return nil, nil
	}
	if len(dirs) > 0 {
		before := len(sink.Findings)
		c.Packages = open(dirs)
		if report.HasErrors(sink.Findings[before:]) {
			return nil, nil
		}
	}
	aside := setAside(file)
	if len(aside) == 0 {
		return c.readFile(t, file, sink), nil
	}
	org := &Org{source: source, data: data, root: c.Root, packages: c.Packages, aside: aside}
	if isWithoutData(file.Decls) {
		return &tree.Node{Kind: tree.Map, Pos: tree.Pos{Source: source}}, org
	}
	return c.readFile(t, file, sink), org
}

// isWithoutData reports whether nothing is left of a file that holds a value.
func isWithoutData(decls []ast.Decl) bool {
	return !slices.ContainsFunc(decls, func(d ast.Decl) bool {
		switch d := d.(type) {
		case *ast.Package, *ast.CommentGroup, *ast.LetClause, *ast.Attribute:
			return false
		case *ast.ImportDecl:
			return len(d.Specs) > 0
		case *ast.EmbedDecl:
			s, isStruct := d.Expr.(*ast.StructLit)
			return !isStruct || !isWithoutData(s.Elts)
		case *ast.Field:
			_, isData := labelText(d.Label)
			return isData
		}
		return true
	})
}

// packageDirs are the directories under packages; of a value that is no list of
// literals the one that is returned says where it stands.
func packageDirs(t *text, decls []ast.Decl) (dirs []PackageDir, isLiteral bool) {
	for _, d := range decls {
		switch d := d.(type) {
		case *ast.EmbedDecl:
			more, isLiteral := packageDirs(t, structDecls(d.Expr))
			if !isLiteral {
				return more, false
			}
			dirs = append(dirs, more...)
		case *ast.Field:
			name, _ := labelText(d.Label)
			if name != "packages" {
				continue
			}
			list, isList := d.Value.(*ast.ListLit)
			if !isList {
				return []PackageDir{{Pos: t.pos(d.Value.Pos().Offset())}}, false
			}
			for i, e := range list.Elts {
				element := PackageDir{At: tree.P("packages", i), Pos: t.pos(e.Pos().Offset())}
				literal, isBasic := e.(*ast.BasicLit)
				ok := isBasic && literal.Kind == token.STRING
				if ok {
					element.Name, ok = stringText(literal.Value)
				}
				if !ok {
					return []PackageDir{element}, false
				}
				dirs = append(dirs, element)
			}
		}
	}
	return dirs, true
}

// setAside takes #Service, render and policy out of a file, and the imports that only
// they use, and returns their names. A #Service that the data refers to stays with it.
func setAside(file *ast.File) (names []string) {
	used := usedImports(file)
	before := isReferred(file, orgService)
	take := func(name string) bool {
		isAside := name == orgRender || name == orgPolicy || name == orgService
		if isAside && !slices.Contains(names, name) {
			names = append(names, name)
		}
		return isAside
	}
	var rest func(decls []ast.Decl, isKept bool) []ast.Decl
	rest = func(decls []ast.Decl, isKept bool) []ast.Decl {
		return slices.DeleteFunc(slices.Clone(decls), func(d ast.Decl) bool {
			switch d := d.(type) {
			case *ast.EmbedDecl:
				if s, isStruct := d.Expr.(*ast.StructLit); isStruct {
					s.Elts = rest(s.Elts, isKept)
				}
			case *ast.Field:
				name := topLabel(d.Label)
				return take(name) && !(isKept && name == orgService)
			}
			return false
		})
	}
	decls := file.Decls
	file.Decls = rest(decls, false)
	if before && isReferred(file, orgService) {
		file.Decls = rest(decls, true)
	}
	if len(names) > 0 {
		dropImports(file, used)
	}
	return names
}

// topLabel is what a field at the top of a file is called, definitions included.
func topLabel(label ast.Label) string {
	if ident, isIdent := label.(*ast.Ident); isIdent {
		return ident.Name
	}
	name, _ := labelText(label)
	return name
}

// isReferred reports whether anything in a file refers to a definition of it.
func isReferred(file *ast.File, name string) bool {
	found := false
	ast.Walk(file, func(n ast.Node) bool {
		ident, isIdent := n.(*ast.Ident)
		found = found || isIdent && ident.Name == name && ident.Node != nil
		return !found
	}, nil)
	return found
}

// usedImports are the imports of a file that something refers to.
func usedImports(file *ast.File) map[*ast.ImportSpec]bool {
	used := map[*ast.ImportSpec]bool{}
	for spec := range file.ImportSpecs() {
		used[spec] = isUsed(file, spec)
	}
	return used
}

// dropImports drops those that nothing refers to any more; one that nothing ever
// referred to is CUE's to report.
func dropImports(file *ast.File, used map[*ast.ImportSpec]bool) {
	for _, d := range file.Decls {
		if imports, ok := d.(*ast.ImportDecl); ok {
			imports.Specs = slices.DeleteFunc(imports.Specs, func(s *ast.ImportSpec) bool { return used[s] && !isUsed(file, s) })
		}
	}
	file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool {
		imports, ok := d.(*ast.ImportDecl)
		return ok && len(imports.Specs) == 0
	})
}
