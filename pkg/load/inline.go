package load

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Inline is a project that no file holds. What it says of files counts from the
// working directory.
type Inline struct {
	Project  *tree.Node // as kgen.cue
	Services *tree.Node // by name
}

// file is a service file with the services.
func (i *Inline) file() *tree.Node {
	root := &tree.Node{Kind: tree.Map, Pos: i.Services.Pos}
	root.Set("services", i.Services.Pos, i.Services)
	return root
}

// readInline reads the project into p, as readProjectFile does.
func (l *loader) readInline(p *Project) {
	project := l.options.Inline.Project
	p.File = project.Pos.File()
	w := l.workers[0]
	w.join(p)
	sink := &report.Sink{Source: project.Pos.Source}
	w.takeProject(p, project, sink)
	l.findings = append(l.findings, sink.Findings...)
}
