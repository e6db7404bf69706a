package load

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Names are what a person may name in a project.
type Names struct {
	Services, Environments []string // sorted, and in the order of kgen.cue
	Rules                  []string // of the project's own
	// Extension is what the project adds to the fields of services.
	Extension *schema.Extension
}

// FindNames lists names as fast as a shell needs them to complete a word: no service is
// evaluated, and what cannot be read is passed over. The project is that around the
// first of the paths, a directory; outside of any the projects one directory below
// count, and the services there.
func FindNames(options Options) *Names {
	l := newLoader(options)
	n := &Names{}
	dir := "."
	if len(options.Paths) > 0 {
		dir = orDot(options.Paths[0])
	}
	root, err := projectRoot(dir)
	switch {
	case err != nil:
	case root != "":
		l.addNames(n, root)
	default:
		below, _ := filepath.Glob(filepath.Join(dir, "*", projectFile))
		for _, file := range below {
			l.addNames(n, filepath.Dir(file))
		}
		here, _ := filepath.Glob(filepath.Join(dir, "*"))
		for _, file := range here {
			if isServiceFile(file) && otherTool(file) == "" {
				n.addFile(file)
			}
		}
	}
	slices.Sort(n.Services)
	n.Services = slices.Compact(n.Services)
	return n
}

// addNames adds those of the project at root.
func (l *loader) addNames(n *Names, root string) {
	p := projectAt(root)
	w, sink := l.workers[0], &report.Sink{}
	w.join(p)
	var globs []string
	if config, err := w.readFile(filepath.Join(root, projectFile), sink); err == nil && config != nil {
		n.Environments = appendKeys(n.Environments, config.Get("environments"))
		n.Rules = appendKeys(n.Rules, config.At(tree.P("lint", "rules")))
		n.Extension = p.Extension(l.options)
		if list := config.Get("serviceFiles"); list != nil && list.Kind == tree.List {
			for _, f := range list.Fields {
				globs = append(globs, f.Value.Text)
			}
		}
	}
	files, _ := l.serviceFiles(root, globs, sink)
	for _, file := range files {
		n.addFile(file)
	}
}

func appendKeys(keys []string, n *tree.Node) []string {
	for _, f := range entries(n) {
		if !slices.Contains(keys, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// addFile adds the services of a file: the one called as the file is, without reading
// more than the beginnings of its lines, unless the file says another name.
func (n *Names) addFile(file string) {
	data, err := read.File(file)
	if err != nil {
		return
	}
	base := baseName(file)
	switch {
	case beginsLine(data, "apiVersion"):
	case !beginsLine(data, "services") && !beginsLine(data, "name"):
		n.Services = append(n.Services, base)
	case filepath.Ext(file) == ".cue":
		n.addCUE(data, base)
	default:
		n.addTree(file, data, base)
	}
}

// beginsLine reports whether a line may begin with a field: at the margin, or, in braces,
// anywhere. Where it is wrong, the file is read in vain.
func beginsLine(data []byte, field string) bool {
	isInBraces := bytes.HasPrefix(bytes.TrimSpace(data), []byte("{"))
	for end := 0; ; {
		i := bytes.Index(data[end:], []byte(field))
		if i < 0 {
			return false
		}
		at := end + i
		line := data[bytes.LastIndexByte(data[:at], '\n')+1 : at]
		if len(bytes.Trim(line, `"'`)) == 0 || isInBraces && len(bytes.Trim(line, "{,\"' \t")) == 0 {
			return true
		}
		end = at + len(field)
	}
}

func (n *Names) addTree(file string, data []byte, base string) {
	sink := &report.Sink{}
	parse := read.YAML
	if filepath.Ext(file) == ".json" {
		parse = read.JSON
	}
	root := parse(SourceOf(file), data, sink)
	if services := root.Get("services"); services != nil {
		for _, f := range entries(services) {
			n.Services = append(n.Services, ownName(f.Value, f.Key))
		}
		return
	}
	n.Services = append(n.Services, ownName(root, base))
}

// addCUE adds the services of a CUE file as it is written; those that it computes are
// not known.
func (n *Names) addCUE(data []byte, base string) {
	file, err := parser.ParseFile("", data)
	if err != nil {
		n.Services = append(n.Services, base)
		return
	}
	isOne := true
	for name, value := range cueFields(file.Decls) {
		if name == "services" {
			isOne = false
			for service := range cueFields(declsOf(value)) {
				n.Services = append(n.Services, service)
			}
		}
		if text, isText := value.(*ast.BasicLit); name == "name" && isText {
			base = strings.Trim(text.Value, `"`)
		}
	}
	if isOne {
		n.Services = append(n.Services, base)
	}
}

func cueFields(decls []ast.Decl) func(yield func(string, ast.Expr) bool) {
	return func(yield func(string, ast.Expr) bool) {
		for _, d := range decls {
			f, isField := d.(*ast.Field)
			if !isField {
				continue
			}
			name, isIdent, err := ast.LabelName(f.Label)
			isHidden := isIdent && (strings.HasPrefix(name, "_") || strings.HasPrefix(name, "#"))
			if err == nil && !isHidden && !yield(name, f.Value) {
				return
			}
		}
	}
}

func declsOf(x ast.Expr) []ast.Decl {
	switch x := x.(type) {
	case *ast.StructLit:
		return x.Elts
	case *ast.BinaryExpr:
		return append(declsOf(x.X), declsOf(x.Y)...)
	}
	return nil
}
