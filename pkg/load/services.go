package load

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// definition is one service as its file writes it: a layer in the long form, and
// the partial services it brings for environments.
type definition struct {
	name         string
	file         serviceFile
	root         *tree.Node
	environments *tree.Node // map of layers; nil without any
	isSelected   bool
	// mistakes are the places where the layer is wrong already; it is still
	// merged, to find the others, but not decoded.
	mistakes mistakes
}

// definitions are a project's services by name.
type definitions struct {
	list []*definition
	// isSelective is set when not all of them were asked for.
	isSelective bool
	// isIncomplete is set when a file could not be read, so that a service that
	// others name may be missing.
	isIncomplete bool
}

// serviceFile is one file to read, or standard input.
type serviceFile struct {
	name     string
	isStdin  bool
	data     []byte           // of standard input
	inline   *tree.Node       // nil where it has to be read
	several  *severalServices // nil where the file holds one
	isNamed  bool             // by the user, as opposed to found in a directory
	selected bool
}

// readServices reads the project's service files, all at once.
func (l *loader) readServices(p *Project, f *found) (*definitions, error) {
	sink := &report.Sink{Root: p.Tree}
	files, err := l.listServices(p, f, sink)
	l.findings = append(l.findings, sink.Findings...)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if file.isStdin {
			continue
		}
		if dir := filepath.Dir(file.name); !slices.Contains(p.SourceDirs, dir) {
			p.SourceDirs = append(p.SourceDirs, dir)
		}
	}
	type outcome struct {
		definitions []*definition
		findings    []report.Finding
		skipped     string
		err         error
	}
	outcomes := make([]outcome, len(files))
	l.each(len(files), func(w *worker, i int) {
		w.join(p)
		o := &outcomes[i]
		sink := &report.Sink{}
		o.definitions, o.skipped, o.err = w.readService(p, files[i], sink)
		o.findings = sink.Findings
	})
	all := &definitions{isSelective: !f.all && !f.isLoose, isIncomplete: report.HasErrors(sink.Findings)}
	for i, o := range outcomes {
		l.findings = append(l.findings, o.findings...)
		if o.err != nil {
			l.errs = append(l.errs, o.err)
		}
		if o.skipped != "" {
			l.skip(files[i].name, o.skipped)
		}
		all.isIncomplete = all.isIncomplete || o.err != nil || o.definitions == nil && report.HasErrors(o.findings)
		if len(o.definitions) > 1 {
			files[i].several = &severalServices{}
		}
		for _, d := range o.definitions {
			d.file, d.isSelected = files[i], files[i].selected
			all.list = append(all.list, d)
		}
	}
	l.findings = append(l.findings, all.sort()...)
	return all, nil
}

// listServices lists the files to read: those of the project, and beside them
// those that were named.
func (l *loader) listServices(p *Project, f *found, sink *report.Sink) ([]serviceFile, error) {
	var files []serviceFile
	if !f.isLoose {
		names, err := l.serviceFiles(p.Root, p.Config.ServiceFiles, sink)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			files = append(files, serviceFile{name: name, selected: f.all})
			l.result.ServiceFiles = append(l.result.ServiceFiles, name)
		}
	}
	places := map[string]int{}
	for i := range files {
		if len(f.files) > 0 {
			places[placeOf(files[i].name)] = i
		}
	}
	for _, name := range f.files {
		i, ok := places[placeOf(name)]
		switch {
		case !ok && !f.isLoose && l.options.Mixed:
			l.skip(name, "not among the serviceFiles of its project")
			continue
		case !ok:
			i = len(files)
			places[placeOf(name)] = i
			files = append(files, serviceFile{name: name})
		}
		files[i].isNamed, files[i].selected = f.named[name], true
	}
	if inline := l.options.Inline; inline != nil {
		files = append(files, inline.serviceFiles()...)
	}
	if f.stdin {
		data, err := read.All(l.options.Stdin)
		if err != nil {
			return nil, pathError("standard input", err)
		}
		files = append(files, serviceFile{name: "<stdin>", isStdin: true, data: data, isNamed: true, selected: true})
	}
	return files, nil
}

// placeOf is what two ways to name one file have in common, links aside.
func placeOf(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		return abs
	}
	return file
}

// readService reads the services of one file. It returns why the file is none,
// where it was not asked for by name.
func (w *worker) readService(p *Project, f serviceFile, sink *report.Sink) (list []*definition, skipped string, err error) {
	root, err := w.readSource(f, sink)
	if err != nil || root == nil {
		return nil, "", err
	}
	sink.Root = root
	if root.Kind != tree.Map {
		sink.Errorf(schema.NotAService, nil, "a service is a map of fields, this is %s", root.Kind)
		return nil, "", nil
	}
	if root.Get("apiVersion") != nil && root.Get("kind") != nil {
		switch {
		case p.File != "" && !f.isNamed:
			sink.Errorf(schema.NotAService, nil, "a Kubernetes manifest among the service files").
				Fix = "put it under objects in a service or in " + projectFile
		case f.isNamed:
			sink.Errorf(schema.NotAService, nil, "a Kubernetes manifest, not a service").
				Fix = "describe the service with kgen's fields, or put the manifest under objects of one"
		default:
			return nil, "Kubernetes manifest", nil
		}
		return nil, "", nil
	}
	services := root.Field("services")
	if services == nil {
		if d := w.define(nameOf(root, f), root, root.Pos, sink); d != nil {
			return []*definition{d}, "", nil
		}
		return nil, "", nil
	}
	return w.readSeveral(root, services, sink), "", nil
}

// readSeveral reads a file that holds services by name.
func (w *worker) readSeveral(root *tree.Node, services *tree.Field, sink *report.Sink) []*definition {
	list := []*definition{}
	for _, f := range root.Fields {
		if f.Key != "services" {
			sink.KeyErrorf(schema.UnknownField, tree.P(f.Key), "unknown field beside services").
				Fix = "put it into one of the services"
		}
	}
	if services.Value.Kind != tree.Map {
		sink.Errorf(schema.InvalidValue, tree.P("services"), "services is a map of services by name, this is %s", services.Value.Kind)
		return list
	}
	for _, f := range services.Value.Fields {
		if f.Value.Kind != tree.Map {
			sink.Errorf(schema.NotAService, tree.P("services", f.Key), "a service is a map of fields, this is %s", f.Value.Kind)
			continue
		}
		name := ownName(f.Value, f.Key)
		own := &report.Sink{Service: name}
		if d := w.define(name, f.Value, f.KeyPos, own); d != nil {
			list = append(list, d)
		}
		sink.Findings = append(sink.Findings, own.Findings...)
	}
	return list
}

// define brings one service to the long form and judges it as a layer.
func (w *worker) define(name string, root *tree.Node, pos tree.Pos, sink *report.Sink) *definition {
	d := &definition{name: name}
	sink.Root = root
	if name == "" {
		sink.ErrorAt(pos, schema.MissingField, tree.P("name"), "standard input has no file name to take the service's name from").
			Fix = "add name: \"...\""
		return nil
	}
	x := expander{sink: sink}
	if environments := root.Field("environments"); environments != nil {
		d.environments = x.entry(environments, each((*expander).service))
		for _, e := range entries(d.environments) {
			checkLayer(e.Value, tree.P("environments", e.Key), w.project.ownFields(), sink)
		}
		if kind := d.environments.Kind; kind != tree.Map && kind != tree.Null {
			sink.Errorf(schema.InvalidValue, tree.P("environments"), "a map of partial services by environment, this is %s", d.environments.Kind)
		}
		root = root.Without("environments")
	}
	d.root = x.service(root)
	checkLayer(d.root, nil, w.project.ownFields(), sink)
	d.root = d.root.Without("name")
	d.root.Fields = slices.Insert(d.root.Fields, 0, tree.Field{Key: "name", KeyPos: pos, Value: nameNode(root, name, pos)})
	d.mistakes = mistakesIn(sink.Findings)
	return d
}

// nameNode is the service's name where the file says it, else a node at pos.
func nameNode(root *tree.Node, name string, pos tree.Pos) *tree.Node {
	if n := root.Get("name"); n != nil {
		return n
	}
	return &tree.Node{Kind: tree.String, Text: name, Pos: pos}
}

// nameOf is the name of the one service in a file: what it says, else the base
// name of the file.
func nameOf(root *tree.Node, f serviceFile) string {
	if f.isStdin {
		return ownName(root, "")
	}
	return ownName(root, baseName(f.name))
}

// ownName is the name that a service says of itself, else another.
func ownName(service *tree.Node, otherwise string) string {
	if n := service.Get("name"); n != nil && n.Kind == tree.String {
		return n.Text
	}
	return otherwise
}

// baseName is what the service of a file is called that says no name.
func baseName(file string) string {
	return strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
}

// checkLayer reports what is wrong with a layer before it is merged: unknown
// fields, of which own are the organisation's, and two of a group. The layer stands at
// a path below the sink's root.
func checkLayer(layer *tree.Node, at tree.Path, own ownFields, sink *report.Sink) {
	if layer == nil {
		return
	}
	found := &report.Sink{Root: layer, Source: layer.Pos.Source}
	if layer.Kind == tree.Map {
		schema.CheckFields(own.without(settleMounts(layer)), found, own.names...)
		checkGroups(layer, serviceShape, nil, found)
		if len(at) > 0 && layer.Get("name") != nil {
			found.KeyErrorf(schema.InvalidValue, tree.P("name"), "only the service itself says its name").
				Fix = "name the objects with objectName where they are called otherwise"
		}
	}
	for _, f := range found.Findings {
		f.Path, f.Owner = at.With(f.Path...), sink.Service
		sink.Findings = append(sink.Findings, f)
	}
}

// sort orders definitions by name and reports a name that comes twice.
func (d *definitions) sort() []report.Finding {
	slices.SortStableFunc(d.list, func(a, b *definition) int { return strings.Compare(a.name, b.name) })
	sink := &report.Sink{}
	d.list = slices.CompactFunc(d.list, func(second, first *definition) bool {
		if first.name != second.name {
			return false
		}
		sink.ErrorAt(second.root.Pos, schema.DuplicateObject, tree.P("name"), "a second service called %s, the first stands at %s", first.name, first.root.Pos).
			Fix = "rename one, or give it a name field of its own"
		return true
	})
	return sink.Findings
}

// names are the names of all definitions.
func (d *definitions) names() []string {
	names := make([]string, len(d.list))
	for i := range d.list {
		names[i] = d.list[i].name
	}
	return names
}

// unknownName reports a name of a service that the project does not have.
func (d *definitions) unknownName(name string, pos tree.Pos, at tree.Path, sink *report.Sink) {
	if d.isIncomplete || sink.IsFull() || named(d.list, name) != nil {
		return
	}
	sink.ErrorAt(pos, schema.MatchesNothing, at, "the project has no service %q%s", name, suggest.Hint(name, d.names()))
}

// named is the one of sorted definitions that is called name, nil where there is none.
func named(sorted []*definition, name string) *definition {
	i, isFound := slices.BinarySearchFunc(sorted, name, func(have *definition, name string) int { return strings.Compare(have.name, name) })
	if !isFound {
		return nil
	}
	return sorted[i]
}
