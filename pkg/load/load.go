// Package load turns files into services: it finds them, reads them, brings
// every layer to the long form, merges the layers of each environment, checks
// the result against the schema and fills in the built-in defaults.
package load

import (
	"errors"
	"io"

	"github.com/kgen-dev/kgen/pkg/check"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// Options say what to load.
type Options struct {
	// Paths are files, directories, "-" for Stdin, and "DIR/..." for every
	// project below DIR; none is ".".
	Paths []string
	Stdin io.Reader
	// Env is one environment; empty loads all.
	Env string
	// KubernetesVersion, "1.29" to "1.36", goes over the one in kgen.cue;
	// FeatureGates go over those.
	KubernetesVersion string
	FeatureGates      schema.Map[bool]
	// Workers is the number of goroutines; 0 is one a processor.
	Workers int
	// Mixed is set where services and manifests stand side by side. Then files that
	// were named, lie in a project and are not among its serviceFiles are skipped,
	// not taken for services all the same. A project may be without services, and
	// one without the environment asked for is skipped where another has it.
	Mixed bool
	// Command is the one that runs, as messages name it; empty is kgen validate.
	Command string
	// Inline, where set, is the one project to load, in the place of Paths.
	Inline *Inline
	// Overlay are contents to read in the place of those of files.
	Overlay Overlay
	// OnEvaluate, where set, is called around every evaluation of user CUE,
	// which cannot be interrupted, with the file's name.
	OnEvaluate func(file string) (done func())
}

// Result is what was loaded, and what is wrong with it.
type Result struct {
	Projects []*Project
	Findings []report.Finding // in file order
	Skipped  []Skipped
	// ServiceFiles are the serviceFiles of the projects.
	ServiceFiles []string
	// EnvironmentNames are those of all projects that were found, of those too that
	// lack the one asked for; each once, in the order found.
	EnvironmentNames []string
}

// Skipped is a file that lies in a directory given and is no service.
type Skipped struct {
	File, Reason string
}

// Project is a kgen.cue and its services, or services that have none.
type Project struct {
	Dir  string // as messages name it: a slash path relative to the working directory
	Root string // the directory on this machine
	File string // kgen.cue as messages name it; empty without one
	Tree *tree.Node
	// Config is kgen.cue without the layers in it; never nil.
	Config *schema.Project
	// Environments are those asked for, in the order of kgen.cue; a project
	// without any has one with an empty name.
	Environments []*Environment
	// EnvironmentNames are all of the project, asked for or not.
	EnvironmentNames []string
	// ServiceNames are the services that its files hold, sorted; of those too that
	// cannot be loaded, where the name is known.
	ServiceNames []string
	// SourceDirs are the directories that its service files lie in.
	SourceDirs []string
	// Whole is set when every service of the project was asked for.
	Whole bool
	// Org is what kgen.cue says of services and objects beside data; nil for nothing.
	Org *read.Org
	// packages are the shared ones that kgen.cue names.
	packages []read.Package
	// Told are the errors of what kgen.cue says of itself; nothing is to be said twice.
	Told []report.Finding
	// files are all that services may name, where they lie in no directory.
	files map[string][]byte
	// mistakes are those in kgen.cue.
	mistakes mistakes
}

// Environment is one place the project is deployed to, with its services.
type Environment struct {
	Name  string
	World *schema.World
	// Services are the environment's services by name. All are loaded, for they
	// refer to each other; Selected has the names asked for, nil for all.
	Services []check.Subject
	Selected map[string]bool
	// Foreign are the same environments of the projects that kgen.cue names.
	Foreign []*Environment
	// again reads services once more, also those that could not be loaded.
	again []*rereader
}

// IsSelected reports whether the service called name was asked for.
func (e *Environment) IsSelected(name string) bool { return e.Selected == nil || e.Selected[name] }

// Load loads what options name. Mistakes in the input are findings; the error
// is about what kgen could not do: a path or an environment that does not
// exist, a file that cannot be read. Both may come together.
func Load(options Options) (*Result, error) {
	l := newLoader(options)
	for _, p := range l.find() {
		if err := l.loadProject(p); err != nil {
			l.errs = append(l.errs, err)
		}
	}
	if !l.hasEnv {
		l.errs = append(l.errs, l.withoutEnv...)
	}
	l.result.Findings = report.Merge(l.findings)
	return &l.result, errors.Join(l.errs...)
}
