package load

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// rereader makes the tree of a service anew. The trees of all services would be
// most of the memory of a large project, and only a finding needs one.
type rereader struct {
	options Options
	project *Project
	layers  layers
	file    serviceFile
	name    string
}

// tree returns the merged tree, nil where the file is no longer what it was.
func (r rereader) tree() *tree.Node {
	w := &worker{options: &r.options, checker: schema.NewChecker()}
	w.join(r.project)
	list, _, err := w.readService(r.project, r.file, &report.Sink{})
	if err != nil {
		return nil
	}
	for _, d := range list {
		if d.name == r.name {
			return r.layers.merge(d, &report.Sink{})
		}
	}
	return nil
}
