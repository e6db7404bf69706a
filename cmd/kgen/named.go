package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/atomicfile"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/suggest"
)

// projectIn are the paths to load for --project DIR: the project that DIR is, or lies in.
func projectIn(dir string) ([]string, error) {
	info, err := os.Stat(dir)
	switch {
	case dir == "":
		return nil, errors.New("--project needs a directory")
	case err != nil:
		return nil, fmt.Errorf("--project %s: %w", filepath.ToSlash(dir), atomicfile.Cause(err))
	case !info.IsDir():
		return nil, fmt.Errorf("--project %s: not a directory", filepath.ToSlash(dir))
	}
	return load.Roots([]string{dir}), nil
}

// environmentNamed demands that env is one of the environments that there are. Nothing
// is asked for where it is empty.
func environmentNamed(env string, environments []string) error {
	if env == "" || slices.Contains(environments, env) {
		return nil
	}
	if len(environments) == 0 {
		return fmt.Errorf("no project has an environment %q: there are none", env)
	}
	hint := suggest.Hint(env, environments)
	if hint == "" {
		hint = "; there are " + strings.Join(environments, ", ")
	}
	return fmt.Errorf("no project has an environment %q%s", env, hint)
}

// serviceNamed finds the service called name, or PROJECT/NAME where several projects
// have one. PROJECT is the project's directory, or the end of it. What a service is
// called is known also where it has mistakes.
func serviceNamed(projects []*load.Project, name string) (project *load.Project, service string, err error) {
	dir, service := path.Split(name)
	if dir = strings.TrimSuffix(dir, "/"); dir == "." { // ./replicas is a service, whatever else is called so
		dir = ""
	}
	var candidates []string
	var having []*load.Project
	for _, p := range projects {
		if dir != "" && !isProject(p, dir) {
			continue
		}
		candidates = append(candidates, p.ServiceNames...)
		if slices.Contains(p.ServiceNames, service) {
			having = append(having, p)
		}
	}
	switch {
	case len(having) == 1:
		return having[0], service, nil
	case len(having) > 1:
		var choices []string
		for _, p := range having {
			choices = append(choices, p.Dir+"/"+service)
		}
		return nil, "", fmt.Errorf("%d projects have a service %q: say %s", len(having), service, strings.Join(choices, " or "))
	case dir != "" && candidates == nil:
		return nil, "", noProject(projects, dir)
	}
	where := "in this project"
	if len(projects) != 1 {
		where = "in these projects"
	}
	if dir != "" {
		where = "in the project " + dir
	}
	hint := suggest.Hint(service, candidates)
	if hint == "" {
		hint = listed("; it has ", candidates)
	}
	return nil, "", fmt.Errorf("no service %q %s%s", service, where, hint)
}

// isProject reports whether dir names p: by its whole directory, or by the end of it.
func isProject(p *load.Project, dir string) bool {
	return p.Dir == path.Clean(dir) || strings.HasSuffix("/"+p.Dir, "/"+path.Clean(dir))
}

func noProject(projects []*load.Project, dir string) error {
	var dirs []string
	for _, p := range projects {
		dirs = append(dirs, p.Dir)
	}
	hint := suggest.Hint(dir, dirs)
	if hint == "" {
		hint = listed("; there are ", dirs)
	}
	return fmt.Errorf("no project %q%s", dir, hint)
}

// fewNames is how many names one line has room for.
const fewNames = 12

// listed are names behind some words; nothing where they are none or too many to read.
func listed(words string, names []string) string {
	if len(names) == 0 || len(names) > fewNames {
		return ""
	}
	return words + strings.Join(names, ", ")
}
