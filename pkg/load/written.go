package load

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Written is a project as its files write it: the layers before they are merged, in
// short form, and what they come to.
type Written struct {
	Project *Project
	// Config is what kgen.cue says, nil without one.
	Config *tree.Node
	// Findings are mistakes in files.
	Findings []report.Finding

	definitions *definitions
	plans       map[string]*plan
	worker      *worker
}

// WrittenService is one service in its file.
type WrittenService struct {
	File string    // on this machine
	At   tree.Path // of the service in the file, empty where it is the whole of it
	// Root is what the file says, all of it.
	Root *tree.Node
}

// ErrSeveralProjects is about a directory that is none and has several below it.
var ErrSeveralProjects = errors.New("there are several projects")

// ReadWritten reads the one project in a directory, or the files there that are
// services without one. It has no services where there is too much wrong with
// kgen.cue.
func ReadWritten(options Options) (*Written, error) {
	options.Workers = 1
	l := newLoader(options)
	all := l.find()
	if len(l.errs) > 0 {
		return nil, l.errs[0]
	}
	if slices.ContainsFunc(all, func(f *found) bool { return !f.isLoose }) { // what lies beside projects is no service
		all = slices.DeleteFunc(all, func(f *found) bool { return f.isLoose })
	}
	if len(all) != 1 {
		var dirs []string
		for _, f := range all {
			dirs = append(dirs, display(f.dir))
		}
		return nil, fmt.Errorf("%w: %s", ErrSeveralProjects, strings.Join(dirs, ", "))
	}
	f := all[0]
	p, err := l.openProject(f)
	if err != nil {
		return nil, err
	}
	w := &Written{Project: p, plans: map[string]*plan{}, worker: l.workers[0]}
	w.worker.join(p)
	if w.Findings = l.findings; p.File != "" && p.Tree == nil {
		return w, nil
	}
	if p.File != "" {
		if w.Config, err = w.worker.readFile(filepath.Join(f.dir, projectFile), &report.Sink{}); err != nil {
			return nil, err
		}
	}
	definitions, err := l.readServices(p, f)
	if err != nil {
		return nil, err
	}
	w.definitions = definitions
	p.ServiceNames = definitions.names()
	w.Findings = l.findings
	names := p.EnvironmentNames
	if len(names) == 0 {
		names = []string{""}
	}
	for _, name := range names {
		w.plans[name] = l.plan(p, name, definitions)
	}
	return w, nil
}

// Service is the service called name as its file writes it, nil where there is none.
func (w *Written) Service(name string) (*WrittenService, error) {
	var d *definition
	if w.definitions != nil {
		d = named(w.definitions.list, name)
	}
	if d == nil || d.file.isStdin {
		return nil, nil
	}
	root, err := w.worker.readFile(d.file.name, &report.Sink{})
	if err != nil || root == nil {
		return nil, err
	}
	s := &WrittenService{File: d.file.name, Root: root}
	for _, f := range entries(root.Get("services")) {
		if ownName(f.Value, f.Key) == name {
			s.At = tree.P("services", f.Key)
		}
	}
	return s, nil
}

// InEffect is the service called name as it is merged for an environment, in the long
// form and before defaults; nil where that environment has no such service.
func (w *Written) InEffect(environment, name string) *tree.Node {
	plan := w.plans[environment]
	if plan == nil {
		return nil
	}
	if d := named(plan.definitions, name); d != nil {
		return plan.merge(d, &report.Sink{})
	}
	return nil
}

// Reader reads the contents that a file of the project may have.
func (w *Written) Reader(file string) func(data []byte) (*tree.Node, []report.Finding) {
	source := SourceOf(file)
	return func(data []byte) (*tree.Node, []report.Finding) {
		sink := &report.Sink{Source: source}
		worker := &worker{options: w.worker.options, project: w.Project, cue: &read.CUE{Root: w.Project.Root, OnEvaluate: w.worker.options.OnEvaluate, Packages: w.Project.packages}}
		return worker.readData(file, source, data, sink), sink.Findings
	}
}

// LongForm is a service, or a part of one, in the form that layers are merged in.
func LongForm(service *tree.Node) *tree.Node {
	x := expander{sink: &report.Sink{}}
	return x.service(service)
}

// SettledForm is the long form as it stands when all layers are merged.
func SettledForm(service *tree.Node) *tree.Node { return settleMounts(LongForm(service)) }
