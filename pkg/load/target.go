package load

import (
	"path/filepath"

	"github.com/kgen-dev/kgen/schema"
)

// Projects finds the kgen.cue that files lie under, and reads each once.
type Projects struct {
	loader  *loader
	byRoot  map[string]*schema.Project
	rootsOf map[string]string // by directory
}

// NewProjects knows no project yet.
func NewProjects(options Options) *Projects {
	return &Projects{loader: newLoader(options), byRoot: map[string]*schema.Project{}, rootsOf: map[string]string{}}
}

// Of returns the project that a file lies in; nil without one, and where its
// kgen.cue has mistakes, which are told where the project is loaded.
func (p *Projects) Of(file string) *schema.Project {
	dir := filepath.Dir(file)
	root, known := p.rootsOf[dir]
	if !known {
		root, _ = projectRoot(dir)
		p.rootsOf[dir] = root
	}
	if root == "" {
		return nil
	}
	config, known := p.byRoot[root]
	if !known {
		project := projectAt(root)
		if err := p.loader.readProjectFile(project); err == nil && project.Tree != nil {
			config = project.Config
		}
		p.byRoot[root] = config
	}
	return config
}

// projectAt is the project in a directory with kgen.cue, before that is read.
func projectAt(root string) *Project {
	return &Project{Dir: display(root), Root: root, File: display(filepath.Join(root, projectFile)), Config: &schema.Project{}}
}
