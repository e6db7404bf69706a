package load

import (
	"path/filepath"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/repository"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// foreign takes the services of the projects that kgen.cue names, as they are in
// one environment, and returns these. What is wrong with those projects is told where they are
// rendered; here it is one finding that there is something.
func (l *loader) foreign(p *Project, w *schema.World, sink *report.Sink) (environments []*Environment) {
	if len(p.Config.Projects) == 0 {
		return nil
	}
	w.Foreign, w.Projects = map[string]*schema.Service{}, map[string]bool{}
	for _, named := range p.Config.Projects {
		at := tree.P("projects", named.Key)
		w.Projects[named.Key] = false
		other := l.otherProject(p, named.Value, at, sink)
		if other == nil {
			continue
		}
		env := other.environment(w.Environment)
		if env == nil {
			sink.Errorf(schema.UnknownReference, at, "the project has no environment %q%s", w.Environment, suggest.Hint(w.Environment, other.EnvironmentNames))
			continue
		}
		if env.World.Namespace == nil && w.Namespace != nil {
			sink.Errorf(schema.UnknownReference, at, "the project says no namespace, so nobody can tell where its services are").
				Fix = "add namespace to its " + projectFile
			continue
		}
		environments = append(environments, env)
		w.Projects[named.Key] = true
		for _, s := range env.Services {
			w.Foreign[named.Key+"/"+s.Name] = s.Service
		}
	}
	return environments
}

// environment returns the environment called name; one without a name, which a
// project without environments has, stands for all.
func (p *Project) environment(name string) *Environment {
	for _, e := range p.Environments {
		if e.Name == name || e.Name == "" {
			return e
		}
	}
	return nil
}

// otherProject loads the project in a directory that p names; nil, with a
// finding, where there is none. A run loads each once.
func (l *loader) otherProject(p *Project, dir string, at tree.Path, sink *report.Sink) *Project {
	root := filepath.Join(p.Root, filepath.FromSlash(dir))
	switch {
	case filepath.IsAbs(dir) || !isInRepository(p.Root, root):
		sink.Errorf(schema.UnknownReference, at, "%s: a directory inside the repository, relative to %s", dir, projectFile)
		return nil
	case !isFile(filepath.Join(root, projectFile)):
		sink.Errorf(schema.UnknownReference, at, "%s: no %s there", dir, projectFile)
		return nil
	case placeOf(root) == placeOf(p.Root):
		sink.Errorf(schema.UnknownReference, at, "%s: the project itself", dir).
			Fix = "name its services without a project"
		return nil
	}
	if other, ok := l.others[placeOf(root)]; ok {
		return other
	}
	options := l.options
	options.Env, options.Paths = "", nil
	reader := newLoader(options)
	reader.isForeign, reader.workers = true, l.workers // which know the schema's patterns already
	err := reader.loadProject(&found{dir: root, all: true})
	var other *Project
	if err == nil && !report.HasErrors(reader.findings) && len(reader.result.Projects) == 1 {
		other = reader.result.Projects[0]
	} else {
		sink.Errorf(schema.UnknownReference, at, "%s: the project has mistakes of its own", dir).
			Fix = "see what kgen render says of it"
	}
	l.others[placeOf(root)] = other
	return other
}

// isInRepository reports whether dir lies in the repository of root, links
// resolved; without a repository any directory does.
func isInRepository(root, dir string) bool {
	top := repository.Root(placeOf(root))
	if top == "" {
		return true
	}
	real, err := filepath.EvalSymlinks(top)
	if err != nil {
		return false
	}
	target, err := filepath.EvalSymlinks(placeOf(dir))
	if err != nil {
		target = placeOf(dir) // what is not there is told as such
	}
	rel, err := filepath.Rel(real, target)
	return err == nil && filepath.IsLocal(rel)
}
