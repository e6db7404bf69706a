package convert

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"strings"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const (
	projectFile = "kgen.cue"
	servicesDir = "services"
)

// Stage is where kgen loads and renders a draft as it would any project. Nothing of it
// lies on disk: a run that is given up leaves nothing behind.
type Stage struct {
	draft    *Draft
	project  reading
	services map[*Service]reading
	files    []File
	// last is what the draft rendered to, where nothing was changed and nobody has it.
	last *Rendered
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

// NewStage is a stage for a draft, whose services it brings into order.
func NewStage(d *Draft) *Stage {
	d.sort()
	return &Stage{draft: d, services: map[*Service]reading{}}
}

// Render renders the draft as it is now. The values of Secrets are made up.
func (s *Stage) Render() (*Rendered, error) {
	last := s.last
	s.last = nil // who has it may change it
	if isChanged, findings := s.read(); isChanged || last == nil {
		r, err := s.renderProject(s.projectOf(s.draft.Services, s.project.tree, s.asRead), true)
		if err != nil {
			return nil, err
		}
		if len(findings) > 0 {
			r.Findings = append(findings, r.Findings...)
			r.blame()
		}
		s.last = r
		return r, nil
	}
	return last, nil
}

// asRead is a service as it was last read.
func (s *Stage) asRead(service *Service) *tree.Node { return s.services[service].tree }

// projectOf is a project of services, each with the tree that rootOf has for it.
func (s *Stage) projectOf(services []*Service, project *tree.Node, rootOf func(*Service) *tree.Node) *load.Inline {
	p := &load.Inline{Project: project, Services: &tree.Node{Kind: tree.Map}, IsApart: true, Files: map[string][]byte{}}
	for _, service := range services {
		root := rootOf(service)
		p.Services.Fields = append(p.Services.Fields, tree.Field{Key: service.Name, KeyPos: root.Pos, Value: root})
	}
	for _, f := range s.draft.Files {
		p.Files[f.Path] = f.Data
	}
	return p
}

// renderProject renders a project, and keeps the objects too where somebody wants them.
func (s *Stage) renderProject(project *load.Inline, keep bool) (*Rendered, error) {
	loaded, err := load.Load(load.Options{Inline: project, Mixed: true})
	if err != nil {
		return nil, fmt.Errorf("try the project: %w", err)
	}
	r := &Rendered{Objects: map[string][]render.Kept{}, YAML: map[string][]byte{}, Wrong: map[string]bool{}, Findings: loaded.Findings}
	for _, p := range loaded.Projects {
		made, findings := render.Render(p, render.Options{Keep: keep, Unjudged: true, LookupEnv: madeUp})
		r.Findings = append(r.Findings, findings...)
		for i := range made.Environments {
			r.take(&made.Environments[i])
		}
	}
	r.blame()
	return r, nil
}

// madeUp is a value for every variable that a Secret is made of.
func madeUp(string) (string, bool) { return "made-up", true }

func (r *Rendered) take(e *render.Environment) {
	for _, o := range e.Kept {
		r.Objects[o.Service] = append(r.Objects[o.Service], o)
	}
	for _, o := range e.Objects {
		r.YAML[o.Service] = append(append(r.YAML[o.Service], o.YAML...), render.Separator...)
	}
}

// isLike reports whether every service comes to the same in both.
func (r *Rendered) isLike(other *Rendered) bool {
	return maps.Equal(r.Wrong, other.Wrong) && maps.EqualFunc(r.YAML, other.YAML, bytes.Equal)
}

// isLikeIn reports whether one service comes to the same in both.
func (r *Rendered) isLikeIn(name string, other *Rendered) bool {
	return r.Wrong[name] == other.Wrong[name] && bytes.Equal(r.YAML[name], other.YAML[name])
}

// blame finds the services that errors are about.
func (r *Rendered) blame() {
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
	s := NewStage(d)
	if err := s.Shorten(); err != nil {
		return err
	}
	return s.Lift()
}
