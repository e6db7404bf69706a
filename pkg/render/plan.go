package render

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/rendered"
)

// Tree is a directory that a project is rendered into.
type Tree struct {
	Dir     string
	Layout  string // one of Layouts
	Project *Project
}

// change is a file to write or to remove. Previous is its content before, where
// there was any.
type change struct {
	path           string
	data, previous []byte
	existed        bool
}

// plan is what has to happen in a tree to bring it up to date.
type plan struct {
	dir  string
	root *os.Root // nil where the directory does not exist
	old  *list    // with what killed runs were about to write
	// leftovers are the ids of killed runs; their files are to be removed.
	leftovers []string
	write     []change
	remove    []change
	list      change // of .kgen-files itself
	// foreign files are in the way, and not what kgen wrote.
	foreign []string
	// ignored paths of the old list lead out of the tree, or to no file.
	ignored []string
}

// makePlan compares the tree with what was rendered. The plan has to be closed.
func makePlan(t Tree) (*plan, error) {
	p := &plan{dir: t.Dir}
	root, err := os.OpenRoot(t.Dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	default:
		p.root = root
	}
	if err := p.compare(t); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *plan) close() {
	if p.root != nil {
		p.root.Close()
	}
}

func (p *plan) compare(t Tree) error {
	id, err := identify(t)
	if err != nil {
		return err
	}
	if err := p.readList(id); err != nil {
		return err
	}
	scope := scopeOf(t.Project)
	files := t.files()
	delivered, err := t.deliveries()
	if err != nil {
		return err
	}
	produced := make(map[string]bool, len(files))
	for _, f := range slices.Concat(files, delivered) {
		produced[f.path] = true
	}
	kept := slices.DeleteFunc(p.old.paths(), func(name string) bool { return produced[name] || scope.covers(name) })
	if hasKustomization(t.Layout) {
		files = append(files, kustomizations(t.Project, files, kept)...)
	}
	files = append(files, delivered...)
	next := &list{project: p.old.project, files: map[string][]string{}}
	for _, f := range files {
		if err := p.compareFile(f); err != nil {
			return err
		}
		next.add(f.path, digestOf(f.data))
	}
	for _, name := range kept {
		if next.files[name] == nil {
			next.files[name] = p.old.files[name]
		}
	}
	for _, name := range p.old.paths() {
		if next.files[name] != nil {
			continue
		}
		if err := p.compareStale(name); err != nil {
			return err
		}
	}
	p.list.data = next.bytes()
	return nil
}

// files are the files of all environments that were rendered, without the lists
// that kustomize wants.
func (t Tree) files() []file {
	var files []file
	for _, e := range t.Project.Environments {
		files = append(files, filesOf(t.Layout, e.Name, e.Objects)...)
	}
	return files
}

// kustomizations are the kustomization.yaml of each environment, over the files
// just rendered and those that stay.
func kustomizations(p *Project, files []file, kept []string) []file {
	var lists []file
	for _, e := range p.Environments {
		var paths []string
		add := func(name string) {
			if e.Name == "" {
				paths = append(paths, name)
			} else if rest, ok := strings.CutPrefix(name, e.Name+"/"); ok {
				paths = append(paths, rest)
			}
		}
		for _, f := range files {
			add(f.path)
		}
		for _, name := range kept {
			if path.Base(name) != kustomization && !isDelivery(name) {
				add(name)
			}
		}
		slices.Sort(paths)
		lists = append(lists, file{path.Join(e.Name, kustomization), kustomizationOf(paths)})
	}
	return lists
}

// readList reads the tree's list, and the lists that killed runs left behind.
func (p *plan) readList(id identity) error {
	p.list.path = rendered.List
	p.old = &list{project: id.name, files: map[string][]string{}}
	if p.root == nil {
		return nil
	}
	s, data, err := look(p.root, rendered.List)
	if err != nil {
		return err
	}
	switch s {
	case absent:
	case regular:
		if p.old, err = parseList(data); err != nil {
			return fmt.Errorf("%s: %w", p.name(rendered.List), err)
		}
		p.list.previous, p.list.existed = data, true
	default:
		return fmt.Errorf("%s: not a file", p.name(rendered.List))
	}
	if !id.admits(p.old.project) {
		return fmt.Errorf("%s: the files here are of the project %s, not of %s: render into another directory, or remove this list to take them over",
			p.name(rendered.List), p.old.project, id.name)
	}
	if !id.isUnsure {
		p.old.project = id.name
	}
	return p.readLeftovers(p.old.project)
}

// readLeftovers adds what killed runs were about to write: the files that they
// got to rename are kgen's too.
func (p *plan) readLeftovers(project string) error {
	entries, err := fs.ReadDir(p.root.FS(), ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		run, ok := strings.CutPrefix(e.Name(), rendered.List+".")
		if !ok {
			continue
		}
		p.leftovers = append(p.leftovers, run)
		data, err := p.root.ReadFile(e.Name())
		if err != nil {
			return err
		}
		// One that is not whole was the first thing its run wrote, and the last.
		l, err := parseList(data)
		if err != nil || l.project != project {
			continue
		}
		for _, name := range l.paths() {
			p.old.add(name, l.files[name][0])
		}
	}
	return nil
}

// compareFile plans to write f where the tree has other bytes.
func (p *plan) compareFile(f file) error {
	c := change{path: f.path, data: f.data}
	if p.root != nil {
		s, data, err := look(p.root, f.path)
		switch {
		case err != nil:
			return err
		case s == behind:
			return fmt.Errorf("%s: a link or a file is where a directory has to be, and kgen writes through no link", p.name(f.path))
		case s == other:
			return fmt.Errorf("%s: a link or a directory is where a file has to be", p.name(f.path))
		case s == outside:
			return fmt.Errorf("%s: no name for a file", p.name(f.path))
		case s == regular && bytes.Equal(toLF(data), f.data):
			return nil
		case s == regular && !p.old.wrote(f.path, data):
			p.foreign = append(p.foreign, f.path)
		}
		c.previous, c.existed = data, s == regular
	}
	p.write = append(p.write, c)
	return nil
}

// compareStale plans to remove a listed file that is no longer rendered.
func (p *plan) compareStale(name string) error {
	s, data, err := look(p.root, name)
	switch {
	case err != nil:
		return err
	case s == absent:
		return nil
	case s != regular:
		p.ignored = append(p.ignored, name)
		return nil
	case !p.old.wrote(name, data):
		p.foreign = append(p.foreign, name)
	}
	p.remove = append(p.remove, change{path: name, previous: data, existed: true})
	return nil
}

// name is a file of the tree as messages name it.
func (p *plan) name(file string) string { return path.Join(slashed(p.dir), file) }

// isStale reports whether the tree is not what was rendered. Line ends do not
// count.
func (p *plan) isStale() bool {
	return len(p.write) > 0 || len(p.remove) > 0 || !bytes.Equal(toLF(p.list.previous), p.list.data)
}

// scope is what a run may remove files of.
type scope struct {
	everything   bool
	environments map[string]map[string]bool // name -> services, nil for all
}

// scopeOf is the scope of a run that rendered p: the services that it rendered,
// and all that were there when all that are there were asked for.
func scopeOf(p *Project) scope {
	s := scope{environments: map[string]map[string]bool{}}
	s.everything = p.Whole && len(p.Environments) == max(1, len(p.EnvironmentNames))
	for _, e := range p.Environments {
		s.environments[e.Name] = nil
		if !p.Whole {
			s.environments[e.Name] = e.Services
		}
	}
	return s
}

// covers reports whether the run may remove a file, by its path: that of a
// service is [ENV/]SERVICE/FILE or [ENV/]SERVICE.yaml.
func (s scope) covers(name string) bool {
	if s.everything {
		return true
	}
	owner := name
	services, ok := s.environments[""]
	if !ok {
		var environment string
		environment, owner, _ = strings.Cut(name, "/")
		if services, ok = s.environments[environment]; !ok {
			return false
		}
	}
	if services == nil {
		return true
	}
	owner, _, inDir := strings.Cut(owner, "/")
	if !inDir {
		owner = strings.TrimSuffix(owner, ".yaml")
	}
	return services[owner]
}
