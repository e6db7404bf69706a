package load

import (
	"fmt"
	"path/filepath"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Inline is a project that no file holds. What it says of files counts from the
// working directory.
type Inline struct {
	Project  *tree.Node // as kgen.cue
	Services *tree.Node // by name
	// IsApart is set where each service is as in a file of its own, which can be read
	// beside others.
	IsApart bool
	// Files, where not nil, are all files that services may name, by slash path below
	// the project: then nothing is read from disk.
	Files map[string][]byte
}

// serviceFiles are the files that the services stand in.
func (i *Inline) serviceFiles() (files []serviceFile) {
	file := func(services *tree.Node) serviceFile {
		root := &tree.Node{Kind: tree.Map, Pos: services.Pos}
		root.Set("services", services.Pos, services)
		return serviceFile{name: services.Pos.File(), isStdin: true, inline: root, isNamed: true, selected: true}
	}
	if !i.IsApart {
		return []serviceFile{file(i.Services)}
	}
	for _, f := range i.Services.Fields {
		files = append(files, file(&tree.Node{Kind: tree.Map, Pos: f.KeyPos, Fields: []tree.Field{f}}))
	}
	return files
}

// readInline reads the project into p, as readProjectFile does.
func (l *loader) readInline(p *Project) {
	project := l.options.Inline.Project
	p.File, p.files = project.Pos.File(), l.options.Inline.Files
	w := l.workers[0]
	w.join(p)
	sink := &report.Sink{Source: project.Pos.Source}
	w.takeProject(p, project, sink)
	l.findings = append(l.findings, sink.Findings...)
}

// Contents reads a file that a source names, as ReadInside does.
func (p *Project) Contents(from *tree.Source, name string) ([]byte, error) {
	if p.files == nil {
		return ReadInside(p.Root, from, name)
	}
	data, isThere := p.files[filepath.ToSlash(filepath.Join(from.Dir, filepath.FromSlash(name)))]
	if !isThere {
		return nil, fmt.Errorf("%s: no such file beside %s", name, from.Name)
	}
	return data[:min(len(data), maxContent)], nil
}
