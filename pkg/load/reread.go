package load

import (
	"sync"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// rereader makes the tree of a service anew. The trees of all services would be
// most of the memory of a large project, and only a finding needs one.
type rereader struct {
	options *Options
	project *Project
	layers  layers
	file    serviceFile
	name    string
}

// tree returns the merged tree, nil where the file is no longer what it was.
func (r *rereader) tree() *tree.Node {
	if _, d := r.definition(); d != nil {
		return r.layers.merge(d, &report.Sink{})
	}
	return nil
}

// definition is the service as its file has it now, nil where it is no longer there,
// and who read it.
func (r *rereader) definition() (*worker, *definition) {
	w := &worker{options: r.options, checker: schema.NewChecker()}
	w.join(r.project)
	for _, d := range r.file.again(w, r.project) {
		if d.name == r.name {
			return w, d
		}
	}
	return w, nil
}

// severalServices are those of one file, read again at most once.
type severalServices struct {
	once sync.Once
	list []*definition
}

// again reads the services of the file once more.
func (f serviceFile) again(w *worker, p *Project) []*definition {
	if f.several == nil {
		list, _, _ := w.readService(p, f, &report.Sink{})
		return list
	}
	f.several.once.Do(func() { f.several.list, _, _ = w.readService(p, f, &report.Sink{}) })
	return f.several.list
}
