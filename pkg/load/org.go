package load

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// readProject reads a kgen.cue, and takes the packages and the Org of it.
func (w *worker) readProject(src *tree.Source, data []byte, sink *report.Sink) *tree.Node {
	w.project.packages, w.project.Org = nil, nil
	root, org := w.cue.ReadProject(src, data, sink, func(dirs []read.PackageDir) []read.Package {
		w.project.packages = openPackages(w.project.Root, dirs, sink)
		return w.project.packages
	})
	if org != nil && root != nil {
		org.Compile(w.options.OnEvaluate, sink)
		w.project.Org = org
	}
	return root
}

// openPackages finds the modules that kgen.cue names.
func openPackages(root string, dirs []read.PackageDir, sink *report.Sink) (packages []read.Package) {
	own, _ := read.OpenPackage(root, "") // most projects are none
	for _, d := range dirs {
		dir := filepath.Join(root, filepath.FromSlash(d.Name))
		refuse := func(what, fix string) {
			sink.ErrorAt(d.Pos, schema.UnknownReference, d.At, "%s: %s", d.Name, what).Fix = fix
		}
		info, err := os.Stat(dir)
		switch {
		case filepath.IsAbs(d.Name) || !isInRepository(root, dir):
			refuse("a directory inside the repository, relative to "+projectFile, "")
			continue
		case err != nil || !info.IsDir():
			refuse("no such directory", "")
			continue
		}
		p, err := read.OpenPackage(dir, display(dir))
		same := slices.IndexFunc(packages, func(other read.Package) bool { return other.Path == p.Path })
		switch {
		case errors.Is(err, read.ErrNoModule):
			refuse(err.Error(), `write there module: "acme.example/`+path.Base(filepath.ToSlash(dir))+`", and language: version`)
		case err != nil:
			refuse(err.Error(), "")
		case p.Path == own.Path:
			refuse("its module is called "+p.Path+", as the project's own", "")
		case same >= 0:
			refuse("its module is called "+p.Path+", as that of "+packages[same].Display, "")
		default:
			packages = append(packages, p)
		}
	}
	return packages
}

// ownFields are the fields that an organisation adds to services.
type ownFields struct {
	names []string
	// isUnknown is set where nobody can say which others, for kgen.cue does not evaluate.
	isUnknown bool
}

func (p *Project) ownFields() ownFields {
	if p == nil || p.Org == nil {
		return ownFields{}
	}
	return ownFields{p.Org.Fields, !p.Org.KnowsFields()}
}

// Extension is what the project adds to the fields of services.
func (p *Project) Extension(options Options) *schema.Extension {
	return schema.Extend(p.Org.Describe(options.OnEvaluate))
}

// ExtensionAt is what the project that a directory is in adds to the fields of services.
// Findings are the mistakes for which nobody can tell.
func ExtensionAt(dir string, options Options) (*schema.Extension, []report.Finding) {
	configs := NewConfigs(options)
	config := configs.find(orDot(dir))
	if config == nil {
		return nil, report.Errors(configs.loader.findings)
	}
	if config.Org.IsBroken() {
		return nil, report.Errors(configs.loader.findings)
	}
	return schema.Extend(config.Org.Describe(options.OnEvaluate)), nil
}

// without is a service without the fields of the organisation.
func (o ownFields) without(root *tree.Node) *tree.Node {
	if o.isUnknown {
		var unknown []string
		for _, f := range entries(root) {
			if !schema.IsServiceField(f.Key) {
				unknown = append(unknown, f.Key)
			}
		}
		return root.Without(unknown...)
	}
	if len(o.names) == 0 {
		return root
	}
	return root.Without(o.names...)
}

// fitsOrg judges a merged service by the organisation's #Service, and reports whether
// it fits.
func (w *worker) fitsOrg(p *Project, root *tree.Node, sink *report.Sink) bool {
	if !p.Org.HasService() {
		return true
	}
	before := len(sink.Findings)
	for _, m := range w.run(p).Service(root, sink) {
		by := ""
		if m.By.IsValid() {
			by = " (" + m.By.String() + ")"
		}
		sink.Errorf(m.ID, m.Path, "%s%s", m.Message, by)
	}
	return !report.HasErrors(sink.Findings[before:])
}

// run is the worker's runner of what the project says of services.
func (w *worker) run(p *Project) *read.Runner {
	if w.runner == nil {
		w.runner = p.Org.Runner(w.options.OnEvaluate)
	}
	return w.runner
}

// decodeService makes the service of a merged tree, whose own fields it keeps aside.
func (p *Project) decodeService(root *tree.Node, s *schema.Service, sink *report.Sink) (ok bool) {
	own := p.ownFields()
	if len(own.names) > 0 {
		s.ByOrg = &schema.ByOrg{}
		for _, f := range entries(root) {
			if slices.Contains(own.names, f.Key) {
				s.ByOrg.Fields = append(s.ByOrg.Fields, f)
			}
		}
	}
	return decode(own.without(root), s, sink)
}

// renderByOrg evaluates what the project renders for every service, and reports whether
// that worked.
func (w *worker) renderByOrg(p *Project, s *schema.Service, sink *report.Sink) (ok bool) {
	if !p.Org.HasRender() {
		return true
	}
	service := tree.Encode(s)
	service.Set("namespace", tree.Pos{}, &tree.Node{Kind: tree.String, Text: s.NamespaceName()})
	if s.ByOrg == nil {
		s.ByOrg = &schema.ByOrg{}
	}
	service.Fields = append(service.Fields, s.ByOrg.Fields...)
	own := &report.Sink{Source: sink.Source, Service: s.Name}
	defer func() { sink.Take(own) }()
	root := w.run(p).Render(service, s.World.Environment, own)
	if root == nil {
		return false
	}
	result := &tree.Node{Kind: tree.Map, Pos: root.Pos, Fields: []tree.Field{{Key: "render", KeyPos: root.Pos, Value: root}}}
	own.Root = result
	w.checker.CheckProject(result, own)
	patches := &report.Sink{Root: root}
	checkGroups(root, serviceShape, nil, patches)
	for _, f := range patches.Findings {
		f.Path = tree.P("render").With(f.Path...)
		own.Add(f)
	}
	var rendered schema.Render
	if report.HasErrors(own.Findings) || !decode(root, &rendered, own) {
		return false
	}
	s.ByOrg.Render, s.ByOrg.RenderTree = &rendered, result
	return true
}
