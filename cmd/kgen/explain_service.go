package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/effective"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/report"
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
// stand in, for they cannot be read.
func (r *serviceRun) named(name string) (*load.Project, string, error) {
	p, service, err := serviceNamed(r.loaded.Projects, name)
	if err != nil {
		r.findings = slices.DeleteFunc(report.Errors(r.loaded.Findings), func(f report.Finding) bool {
			return f.ID != schema.Syntax && f.ID != schema.BadFile && f.ID != schema.NotAService
		})
	}
	return p, service, err
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
		if len(f.Services) > 0 {
			return !slices.Contains(f.Services, service)
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
	out            []byte
}

// explainService tells what a field of a service comes to, or, without a field, which
// layers make the service.
func explainService(p *process, flags *loadFlags, service, field, format string) error {
	r := &explainServiceRun{
		serviceRun: serviceRun{operation: operation{process: p}, flags: flags},
		service:    service, field: field, format: format,
	}
	err := r.supervise(flags, p.stderr, p.hasColor(p.isStderrTerminal), r.operate)
	if len(r.out) > 0 {
		if _, printErr := p.stdout.Write(r.out); printErr != nil {
			err = errors.Join(err, fmt.Errorf("write the explanation: %w", printErr))
		}
	}
	return err
}

func (r *explainServiceRun) operate(context.Context) error {
	if err := r.load(); err != nil {
		return err
	}
	p, name, err := r.named(r.service)
	if err != nil {
		return err
	}
	all := r.environments(p, name)
	r.findings = r.about(p, name, report.Errors(r.loaded.Findings))
	x := explanation{Service: name, Absent: absent(p, name)}
	if r.field == "" {
		x.addLayers(all)
	} else {
		at, lookupErr := fieldOfService(r.field)
		if lookupErr != nil {
			return lookupErr
		}
		x.Field = at.String()
		x.addValues(all, at)
	}
	if r.format == "json" {
		r.out, err = x.json()
		return err
	}
	r.out = x.text()
	return nil
}

// fieldOfService is the path of a field in the long form; a name that is the whole of a
// short form leads there.
func fieldOfService(path string) (tree.Path, error) {
	f, err := schema.ServiceDocument.Lookup(path)
	if err != nil {
		return nil, err
	}
	if f.At[0] == "environments" {
		return nil, fmt.Errorf("%s: say the field without its environment, and --env for one of them", path)
	}
	return f.At, nil
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
