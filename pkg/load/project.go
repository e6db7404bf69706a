package load

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// loadProject loads one project: its kgen.cue, its service files, and the
// services of every environment asked for.
func (l *loader) loadProject(f *found) error {
	p, err := l.openProject(f)
	if err != nil {
		return err
	}
	if p.File != "" && p.Tree == nil {
		_, err := l.readServices(p, f) // for what can be said about them alone
		return err
	}
	for _, name := range p.EnvironmentNames {
		if !slices.Contains(l.result.EnvironmentNames, name) {
			l.result.EnvironmentNames = append(l.result.EnvironmentNames, name)
		}
	}
	names, err := l.chooseEnvironments(p, f.optionalEnv)
	if err != nil {
		return err
	}
	if names == nil {
		_, err := l.listServices(p, f, &report.Sink{}) // that they are none of the manifests
		return err
	}
	definitions, err := l.readServices(p, f)
	if err != nil {
		return err
	}
	if len(definitions.list) == 0 && !definitions.isIncomplete && !p.hasOwnObjects() {
		if l.options.Mixed {
			return nil
		}
		if p.File == "" {
			return noServices(p.Dir)
		}
		return fmt.Errorf("%s: the project has no services; kgen init adds one with --from IMAGE", p.Dir)
	}
	p.ServiceNames = definitions.names()
	l.result.Projects = append(l.result.Projects, p)
	l.buildEnvironments(p, names, definitions)
	return nil
}

// openProject reads what a project says outside of its service files. Its Tree is nil
// where there is too much wrong with kgen.cue.
func (l *loader) openProject(f *found) (*Project, error) {
	p := projectAt(f.dir)
	p.Whole = f.all
	switch {
	case l.options.Inline != nil:
		l.readInline(p)
	case f.isLoose:
		p.File = ""
	default:
		if err := l.readProjectFile(p); err != nil {
			return nil, err
		}
		if !l.isForeign {
			l.checkVendored(p)
		}
	}
	for _, e := range p.Config.Environments {
		p.EnvironmentNames = append(p.EnvironmentNames, e.Key)
	}
	return p, nil
}

// hasOwnObjects reports whether a project renders to something without services.
func (p *Project) hasOwnObjects() bool {
	creates := p.Config.Namespace != nil && p.Config.Namespace.Create
	for _, e := range p.Config.Environments {
		creates = creates || e.Value.Namespace != nil && e.Value.Namespace.Create
	}
	return creates || len(p.Config.Objects) > 0
}

// readProjectFile reads kgen.cue into p.Tree, in the long form, and p.Config.
// p.Tree stays nil where there is too much wrong to go on.
func (l *loader) readProjectFile(p *Project) error {
	w := l.workers[0]
	w.join(p)
	sink := &report.Sink{}
	defer func() { l.findings = append(l.findings, sink.Findings...) }()
	root, err := w.readFile(filepath.Join(p.Root, projectFile), sink)
	if err != nil || root == nil {
		return err
	}
	w.takeProject(p, root, sink)
	return nil
}

// takeProject judges what kgen.cue says, and takes it where it can be used.
func (w *worker) takeProject(p *Project, root *tree.Node, sink *report.Sink) {
	x := expander{sink: sink}
	root = x.project(root)
	sink.Root = root
	w.checkProject(root, sink)
	checkOutput(p.Root, root, sink)
	checkDelivery(root, sink)
	p.mistakes = mistakesIn(sink.Findings)
	unfit := &report.Sink{Root: root}
	if decode(withoutLayers(root), p.Config, unfit) {
		p.Tree = root
	} else if !report.HasErrors(sink.Findings) {
		sink.Findings = append(sink.Findings, unfit.Findings...)
	}
}

// checkProject judges the project's own fields, and of the layers in it what can
// be said before they are merged.
func (w *worker) checkProject(root *tree.Node, sink *report.Sink) {
	own := w.project.ownFields()
	checkLayer(root.Get("defaults"), tree.P("defaults"), own, sink)
	for _, e := range entries(root.Get("environments")) {
		at := tree.P("environments", e.Key)
		checkLayer(e.Value.Get("defaults"), at.With("defaults"), own, sink)
		for _, s := range entries(e.Value.Get("services")) {
			checkLayer(s.Value, at.With("services", s.Key), own, sink)
		}
	}
	w.checker.CheckProject(withoutLayers(root), sink)
}

// checkOutput refuses a directory to write to that is outside the repository:
// whoever may change kgen.cue would choose what a CI run overwrites.
func checkOutput(dir string, root *tree.Node, sink *report.Sink) {
	at := tree.P("output", "dir")
	n := root.At(at)
	if n == nil || n.Kind != tree.String {
		return
	}
	if filepath.IsAbs(n.Text) || !isInRepository(dir, filepath.Join(dir, filepath.FromSlash(n.Text))) {
		sink.Errorf(schema.InvalidValue, at, "%s: a directory inside the repository, relative to %s", n.Text, projectFile).
			Fix = "for any other directory use kgen render -o"
	}
}

// withoutLayers is the project without the partial services in it.
func withoutLayers(root *tree.Node) *tree.Node {
	config := root.Without("defaults")
	environments := config.Field("environments")
	if environments == nil {
		return config
	}
	config = config.Without() // a copy whose fields may be set
	config.Field("environments").Value = mapFields(environments.Value, func(f *tree.Field) *tree.Node {
		return f.Value.Without("defaults", "services")
	})
	return config
}

// entries are the fields of a map; none of anything else.
func entries(n *tree.Node) []tree.Field {
	if n == nil || n.Kind != tree.Map {
		return nil
	}
	return n.Fields
}

// chooseEnvironments are the environments to load: a single empty name in a
// project without any, nil where the one asked for need not be there.
func (l *loader) chooseEnvironments(p *Project, optional bool) ([]string, error) {
	env := l.options.Env
	hasNone := len(p.EnvironmentNames) == 0
	switch {
	case env == "" && hasNone:
		return []string{""}, nil
	case env == "":
		return p.EnvironmentNames, nil
	case slices.Contains(p.EnvironmentNames, env):
		l.hasEnv = true
		return []string{env}, nil
	}
	err := l.lacksEnvironment(p)
	if l.options.Mixed {
		l.withoutEnv = append(l.withoutEnv, err)
	} else if !optional {
		return nil, err
	}
	if hasNone {
		return []string{""}, nil
	}
	l.skip(p.Dir, "no environment "+env)
	return nil, nil
}

// lacksEnvironment is what to say of a project without the environment asked for.
func (l *loader) lacksEnvironment(p *Project) error {
	env := l.options.Env
	if len(p.EnvironmentNames) == 0 {
		return fmt.Errorf("%s: no environment %q: the project has none", p.Dir, env)
	}
	return fmt.Errorf("%s: no environment %q; it has %s%s", p.Dir, env,
		strings.Join(p.EnvironmentNames, ", "), suggest.Hint(env, p.EnvironmentNames))
}

// SourceOf is the Source of a file named as the user did.
func SourceOf(file string) *tree.Source {
	return &tree.Source{Name: display(file), Dir: filepath.Dir(file)}
}
