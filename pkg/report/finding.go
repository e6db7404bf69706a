// Package report is what kgen has to say: findings, and the printers that say it.
package report

import (
	"fmt"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Severity orders findings; an Error makes the run end with status 1.
type Severity uint8

// The severities, least first.
const (
	Info Severity = iota
	Warning
	Error
)

var severityNames = [...]string{"info", "warning", "error"}

// String is the word users read and write: info, warning or error.
func (s Severity) String() string { return severityNames[s] }

// Finding is one mistake, in one place.
type Finding struct {
	Pos      tree.Pos
	Severity Severity
	ID       string    // schema/unknown-field, api/invalid, or a lint rule's bare id
	Path     tree.Path // where in the service or object; empty for a whole file
	Message  string    // what is wrong, without place, path and object
	Why, Fix string    // one sentence each, may be empty
	// Objects are those that the finding is about, rendered or in a manifest, as
	// Deployment/web; Field is the path in the first, as the API server writes it.
	// Both may be empty.
	Objects []string
	Field   string
	// Named is Field with the names of list elements instead of their indices,
	// containers[web].image, so that it stays when they move; empty where it is not known.
	Named string
	// Related are other places that the finding is about; may be empty.
	Related []Related
	// Environments that share the finding; empty where a project has none.
	Environments []string
	// Services are those that the finding is about, where its place does not tell:
	// in kgen.cue.
	Services []string
	// Owner is the one service in whose judgement it was found, for one file may hold
	// several; empty where there is none, or more than one.
	Owner string
}

// Related is another place of a finding.
type Related struct {
	Pos    tree.Pos
	Object string // Deployment/web
	Path   tree.Path
}

// Sink collects the findings about one document or one service.
type Sink struct {
	// Root is the tree that paths lead through; it gives findings their place.
	Root *tree.Node
	// Tree, where set, makes Root when the first finding needs it.
	Tree func() *tree.Node
	// Source stands in for the place when Root has none.
	Source *tree.Source
	// Service is whose file Source is; what is found elsewhere names it.
	Service  string
	Findings []Finding
}

// Errorf adds an error at the value that path leads to below Root, or at its
// nearest parent that exists, and returns it for Fix and Why to be filled in.
func (s *Sink) Errorf(id string, at tree.Path, format string, args ...any) *Finding {
	return s.add(Error, id, at, s.nearest(at, false), fmt.Sprintf(format, args...))
}

// KeyErrorf is Errorf, placed at the key of a map's entry.
func (s *Sink) KeyErrorf(id string, at tree.Path, format string, args ...any) *Finding {
	return s.add(Error, id, at, s.nearest(at, true), fmt.Sprintf(format, args...))
}

// Warnf adds a warning at the value that path leads to.
func (s *Sink) Warnf(id string, at tree.Path, format string, args ...any) *Finding {
	return s.add(Warning, id, at, s.nearest(at, false), fmt.Sprintf(format, args...))
}

// ErrorAt adds an error at a place the caller knows.
func (s *Sink) ErrorAt(pos tree.Pos, id string, at tree.Path, format string, args ...any) *Finding {
	return s.add(Error, id, at, pos, fmt.Sprintf(format, args...))
}

// WarnAt adds a warning at a place the caller knows.
func (s *Sink) WarnAt(pos tree.Pos, id string, at tree.Path, format string, args ...any) *Finding {
	return s.add(Warning, id, at, pos, fmt.Sprintf(format, args...))
}

// Place is where the value stands that path leads to, or its nearest parent.
func (s *Sink) Place(path tree.Path) tree.Pos { return s.root().Nearest(path, false) }

// Begin is where the value begins that path leads to, or its nearest parent: at the
// key where it starts in a line below.
func (s *Sink) Begin(path tree.Path) tree.Pos { return s.root().Begin(path) }

// At returns the node that path leads to, or nil.
func (s *Sink) At(path tree.Path) *tree.Node { return s.root().At(path) }

func (s *Sink) root() *tree.Node {
	if s.Root == nil && s.Tree != nil {
		s.Root = s.Tree()
	}
	return s.Root
}

// maxFindings bounds what a Sink takes. To place a finding costs a walk through
// the tree, so that a file made of mistakes would take for ever, and nobody reads
// them all.
const maxFindings = 1000

// IsFull reports whether the Sink takes no more; what is added is dropped.
func (s *Sink) IsFull() bool { return len(s.Findings) > maxFindings }

// nearest saves a full Sink the walk.
func (s *Sink) nearest(at tree.Path, onKey bool) tree.Pos {
	if s.IsFull() {
		return tree.Pos{}
	}
	return s.root().Nearest(at, onKey)
}

func (s *Sink) add(sev Severity, id string, at tree.Path, pos tree.Pos, message string) *Finding {
	return s.Add(Finding{Pos: pos, Severity: sev, ID: id, Path: at, Message: message})
}

// Add adds a finding whose place the caller knows.
func (s *Sink) Add(f Finding) *Finding {
	if f.Pos.Source == nil {
		f.Pos.Source = s.Source
	}
	f.Owner = s.Service
	if s.Service != "" && s.Source != nil && f.Pos.File() != s.Source.Name {
		f.Services = []string{s.Service}
	}
	if s.IsFull() {
		return &f // to be filled in, and forgotten
	}
	return s.append(f)
}

// Take adds what another Sink has.
func (s *Sink) Take(other *Sink) {
	for _, f := range other.Findings {
		if s.IsFull() {
			break
		}
		s.append(f)
	}
}

const andMore = "; there are more mistakes, which are not listed"

// append adds a finding, and to the last that is taken, that it is the last.
func (s *Sink) append(f Finding) *Finding {
	if len(s.Findings) == maxFindings && !strings.HasSuffix(f.Message, andMore) {
		f.Severity = Error // an error may be among what is dropped
		f.Message += andMore
	}
	s.Findings = append(s.Findings, f)
	return &s.Findings[len(s.Findings)-1]
}

// Errors are those of the findings that are errors.
func Errors(findings []Finding) (errors []Finding) {
	for i := range findings {
		if findings[i].Severity == Error {
			errors = append(errors, findings[i])
		}
	}
	return errors
}

// HasErrors reports whether any finding is an error.
func HasErrors(findings []Finding) bool {
	for i := range findings {
		if findings[i].Severity == Error {
			return true
		}
	}
	return false
}
