package convert

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const (
	projectFile = "kgen.cue"
	servicesDir = "services"
)

// Stage is a draft in a directory of its own, where kgen loads and renders it as it
// would any project.
type Stage struct {
	draft *Draft
	dir   string
}

// Rendered is what the services of a draft come to.
type Rendered struct {
	// Objects are those of each service, in their order; the project's own are under
	// the empty name.
	Objects map[string][]render.Kept
	// YAML is the same as text.
	YAML     map[string][]byte
	Findings []report.Finding
	// Wrong are the services that errors are about; a mistake that is in none is under
	// the empty name.
	Wrong map[string]bool
}

// NewStage puts the draft into a temporary directory.
func NewStage(d *Draft) (*Stage, error) {
	dir, err := os.MkdirTemp("", "kgen-import-")
	if err != nil {
		return nil, fmt.Errorf("make a directory to try the project in: %w", err)
	}
	s := &Stage{draft: d, dir: dir}
	files, err := d.Tree("yaml")
	if err == nil {
		err = s.write(files)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close removes the directory.
func (s *Stage) Close() { _ = os.RemoveAll(s.dir) } // it is in nobody's way

func (s *Stage) write(files []File) error {
	for _, f := range files {
		name := filepath.Join(s.dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return fmt.Errorf("try the project: %w", err)
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			return fmt.Errorf("try the project: %w", err)
		}
	}
	return nil
}

// Render renders the draft as it is now. The values of Secrets are made up.
func (s *Stage) Render() (*Rendered, error) { return s.renderWith(nil) }

// renderWith renders the draft with other services in the place of its own, by name.
func (s *Stage) renderWith(others map[string]*tree.Node) (*Rendered, error) {
	overlay := load.Overlay{}
	project, err := s.draft.projectText()
	if err != nil {
		return nil, err
	}
	overlay.Lay(filepath.Join(s.dir, projectFile), project)
	for _, service := range s.draft.Services {
		root := service.Root
		if other := others[service.Name]; other != nil {
			root = other
		}
		overlay.Lay(s.fileOf(service.Name), manifest.Append(nil, root))
	}
	loaded, err := load.Load(load.Options{Paths: []string{s.dir}, Overlay: overlay, Mixed: true})
	if err != nil {
		return nil, fmt.Errorf("try the project: %w", err)
	}
	r := &Rendered{Objects: map[string][]render.Kept{}, YAML: map[string][]byte{}, Wrong: map[string]bool{}, Findings: loaded.Findings}
	for _, p := range loaded.Projects {
		made, findings := render.Render(p, render.Options{Keep: true, Unjudged: true, LookupEnv: madeUp})
		r.Findings = append(r.Findings, findings...)
		for i := range made.Environments {
			r.take(&made.Environments[i])
		}
	}
	s.blame(r)
	return r, nil
}

// madeUp is a value for every variable that a Secret is made of.
func madeUp(string) (string, bool) { return "made-up", true }

func (s *Stage) fileOf(service string) string {
	return filepath.Join(s.dir, servicesDir, service+".yaml")
}

func (r *Rendered) take(e *render.Environment) {
	for _, o := range e.Kept {
		r.Objects[o.Service] = append(r.Objects[o.Service], o)
	}
	for _, o := range e.Objects {
		r.YAML[o.Service] = append(append(r.YAML[o.Service], o.YAML...), render.Separator...)
	}
}

// blame finds the services that errors are about.
func (s *Stage) blame(r *Rendered) {
	for _, f := range report.Errors(r.Findings) {
		name, isService := strings.CutSuffix(path.Base(f.Pos.File()), ".yaml")
		switch {
		case f.Owner != "":
			r.Wrong[f.Owner] = true
		case isService:
			r.Wrong[name] = true
		case len(f.Services) > 0:
			for _, service := range f.Services {
				r.Wrong[service] = true
			}
		default:
			r.Wrong[""] = true
		}
	}
}

// Finish shortens the services of the draft, and lifts what they have in common.
func (d *Draft) Finish() error {
	s, err := NewStage(d)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Shorten(); err != nil {
		return err
	}
	return s.Lift()
}
