package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/effective"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// serviceRun is one run of a command that tells about services without judging them.
type serviceRun struct {
	operation
	flags  *loadFlags
	loaded *load.Result
}

// load reads the services here. What is wrong with them is in the result.
func (r *serviceRun) load() error {
	r.supervisor.enter("reading services")
	loaded, err := load.Load(r.flags.load)
	if loaded == nil {
		return err
	}
	r.loaded = loaded
	if err == nil {
		err = environmentNamed(r.flags.load.Env, loaded.EnvironmentNames)
	}
	return err
}

// named finds a service. Where there is none of the name, the files are told that it may
// stand in, for they cannot be read; where it surely stands in one of them, that is all
// there is to say, and the project is nil.
func (r *serviceRun) named(name string) (*load.Project, string, error) {
	p, service, err := serviceNamed(r.loaded.Projects, name)
	if err == nil {
		return p, service, nil
	}
	r.findings = slices.DeleteFunc(report.Errors(r.loaded.Findings), func(f report.Finding) bool {
		return f.ID != schema.Syntax && f.ID != schema.BadFile && f.ID != schema.NotAService
	})
	isItsFile := func(f report.Finding) bool {
		file := path.Base(f.Pos.File())
		return strings.TrimSuffix(file, path.Ext(file)) == path.Base(name)
	}
	if slices.ContainsFunc(r.findings, isItsFile) || len(r.loaded.Projects) == 0 && r.useAllErrors() {
		err = nil
	}
	return nil, "", err
}

// useAllErrors is for where no project could be loaded: what is wrong is all there is
// to tell. It reports whether there is something.
func (r *serviceRun) useAllErrors() bool {
	r.findings = report.Errors(r.loaded.Findings)
	return len(r.findings) > 0
}

// about are the findings about a service, and about its project; the mistakes of other
// services are for who asks for those.
func (r *serviceRun) about(p *load.Project, service string, findings []report.Finding) []report.Finding {
	file := ""
	for _, e := range p.Environments {
		if l := e.Layered(service); l != nil {
			file = l.File
		}
	}
	return slices.DeleteFunc(slices.Clone(findings), func(f report.Finding) bool {
		switch {
		case len(f.Services) > 0:
			return !slices.Contains(f.Services, service)
		case f.Owner != "":
			return f.Owner != service
		}
		return f.Pos.File() != file && f.Pos.File() != p.File
	})
}

// environments are the project's that have the service, ready to be asked.
func (r *serviceRun) environments(p *load.Project, service string) (all []*effective.Service) {
	for _, e := range p.Environments {
		if l := e.Layered(service); l != nil {
			all = append(all, effective.New(l))
		}
	}
	return all
}

// explainServiceRun is one run of kgen explain SERVICE [FIELD].
type explainServiceRun struct {
	serviceRun
	service, field string
	format         string
	// unknown, where set, is what to say where there is no such service, for the word
	// may have meant something else; isLikely is set where it looks like one.
	unknown  error
	isLikely bool
	out      []byte
}

// run tells what a field of a service comes to, or, without a field, which layers make
// the service.
func (r *explainServiceRun) run() error {
	err := r.supervise(r.flags, r.stderr, r.hasColor(r.isStderrTerminal), r.operate)
	if len(r.out) > 0 {
		if _, printErr := r.stdout.Write(r.out); printErr != nil {
			err = errors.Join(err, fmt.Errorf("write the explanation: %w", printErr))
		}
	}
	return err
}

// none is what to say where there is no such service, or none could be loaded.
func (r *explainServiceRun) none(err error) error {
	if r.unknown == nil || r.isLikely {
		return err
	}
	r.findings = nil
	if strings.Contains(r.unknown.Error(), "did you mean") {
		return r.unknown
	}
	var names []string
	for _, p := range r.loaded.Projects {
		names = append(names, p.ServiceNames...)
	}
	if nearest := suggest.Nearest(r.service, names); nearest != "" && r.field == "" {
		return fmt.Errorf("there is no rule, field or service %q, did you mean the service %q?", r.service, nearest)
	}
	return r.unknown
}

func (r *explainServiceRun) operate(context.Context) error {
	if err := r.load(); err != nil {
		return r.none(err)
	}
	p, name, err := r.named(r.service)
	if p == nil {
		return r.none(err)
	}
	r.service = name
	all := r.environments(p, name)
	r.findings = r.about(p, name, report.Errors(r.loaded.Findings))
	x := explanation{Service: name, Absent: absent(p, name)}
	if r.field == "" {
		x.addLayers(all)
	} else {
		f, lookupErr := fieldOfService(p.Extension(r.flags.load), r.field)
		if lookupErr != nil {
			return lookupErr
		}
		x.Field = f.At.String()
		x.addValues(all, f.At)
		r.noteMisspelt(all, f)
	}
	if r.format == "json" {
		r.out, err = x.json()
		return err
	}
	r.out = x.text()
	return nil
}

// noteMisspelt tells of a key that the service has nowhere, and that is near to one that
// it has. That is no error: the key may be one of another environment.
func (r *explainServiceRun) noteMisspelt(all []*effective.Service, f schema.Field) {
	for i, step := range strings.Split(f.Path, ".") {
		key, isKey := f.At[i].(string)
		if step != "*" || !isKey || key == step {
			continue
		}
		var keys []string
		for _, s := range all {
			for _, element := range s.Elements(f.At[:i]) {
				if name, isName := element.(string); isName {
					keys = append(keys, name)
				}
			}
		}
		if slices.Contains(keys, key) {
			continue
		}
		if hint := suggest.Hint(key, keys); hint != "" {
			r.notices = append(r.notices, fmt.Sprintf("%s has no %q in %s%s", r.service, key, f.At[:i], hint))
		}
		return
	}
}

// fieldOfService is a field, its path in the long form; a name that is the whole of a
// short form leads there.
func fieldOfService(own *schema.Extension, path string) (schema.Field, error) {
	f, err := own.Root(schema.ServiceDocument).Lookup(path)
	if err != nil {
		return f, err
	}
	if f.At[0] == "environments" {
		return f, fmt.Errorf("%s: say the field without its environment, and --env for one of them", path)
	}
	return f, nil
}

// absence is an environment that takes a service out.
type absence struct {
	environment string
	pos         tree.Pos
}

// absent are the environments asked for without the service.
func absent(p *load.Project, service string) (list []absence) {
	for _, e := range p.Environments {
		if pos := p.RemovedAt(e.Name, service); pos.IsValid() {
			list = append(list, absence{e.Name, pos})
		}
	}
	return list
}

// layerTitle names a layer as people know it.
func layerTitle(l *load.Layer) string {
	switch {
	case len(l.At) == 0:
		return "the service"
	case l.InProject:
		return "the project's " + l.At.String()
	}
	return "the service's " + l.At.String()
}

// serviceHint says what to type where a word is a service and nothing else.
func serviceHint(service string, fields []string) string {
	fields = fields[:min(len(fields), 3)]
	commands := make([]string, len(fields))
	for i, f := range fields {
		commands[i] = "kgen explain " + service + " " + f
	}
	return strings.Join(commands, ", ")
}

// topFields are the fields that a layer sets, by name.
func topFields(root *tree.Node) []string {
	var names []string
	for _, f := range root.Fields {
		if f.Key != "name" && !slices.Contains(names, f.Key) {
			names = append(names, f.Key)
		}
	}
	return names
}
