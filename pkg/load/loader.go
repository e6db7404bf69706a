package load

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/workers"
	"github.com/kgen-dev/kgen/schema"
)

// loader collects what a run loads. Its fields are written by one goroutine;
// workers hand their findings back.
type loader struct {
	options  Options
	result   Result
	findings []report.Finding
	errs     []error
	others   map[string]*Project // that kgen.cue files name, by place
	// isForeign is set where only the services count: the projects that they
	// name themselves are not loaded, so that two may name each other.
	isForeign bool
	workers   []*worker
	// hasEnv is set when a project has the environment asked for; withoutEnv are
	// the errors of those that need it only where none has.
	hasEnv     bool
	withoutEnv []error
}

func newLoader(options Options) *loader {
	l := &loader{options: options, others: map[string]*Project{}, workers: make([]*worker, workers.Count(options.Workers))}
	for i := range l.workers {
		l.workers[i] = &worker{options: &l.options, checker: schema.NewChecker()}
	}
	return l
}

func (l *loader) skip(file, reason string) {
	l.result.Skipped = append(l.result.Skipped, Skipped{display(file), reason})
}

// each calls do for 0 to n-1, on all workers at once.
func (l *loader) each(n int, do func(w *worker, i int)) {
	workers.Each(n, len(l.workers), func(worker, i int) { do(l.workers[worker], i) })
}
