package convert

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Outcome is what became of something that was read.
type Outcome string

// The outcomes.
const (
	Kept    Outcome = "kept"    // says the same in kgen's words
	Changed Outcome = "changed" // comes to something else than it said; the message says to what, and why
	Dropped Outcome = "dropped" // has no part in the project; the message says why
	Debt    Outcome = "debt"    // kept by declining what kgen demands; the message says what it costs
	ToDo    Outcome = "to do"   // somebody has to say something that the input does not
	Wrong   Outcome = "wrong"   // cannot be read, or means nothing
)

// Outcomes are all, in the order in which reports count them.
var Outcomes = []Outcome{Kept, Changed, Dropped, Debt, ToDo, Wrong}

// Item is what became of one key, object or value.
type Item struct {
	Outcome Outcome
	// Pos is where it stands in the input; it may name a file alone.
	Pos tree.Pos
	// Path is what was read: services.web.ports[0], or Deployment/web spec.replicas.
	Path string
	// Service is the service that it went to, empty for none or the project; Field is
	// the field there.
	Service, Field string
	Message        string // empty for what needs no words
	// IsRoutine is set of what every object of a cluster has, or every cluster: reports
	// for people count it.
	IsRoutine bool
}

// Proof is an object of the input against the one that the project renders.
type Proof struct {
	Pos    tree.Pos
	Object string // Deployment/web
	// Service is the one that renders it; empty for the project.
	Service     string
	Differences []Difference
}

// IsIdentical reports whether an API server sees no difference.
func (p *Proof) IsIdentical() bool { return len(p.Differences) == 0 }

// Difference is a field that the project does not render as the input has it. Old and
// New are values in one line, empty for none, and hidden where they may be secret.
type Difference struct {
	Path   string `json:"path"`
	Old    string `json:"old,omitempty"`
	New    string `json:"new,omitempty"`
	Reason string `json:"reason"`
}

// Report is what became of all that was read.
type Report struct {
	Items []Item
	// Proofs are the objects of the input, in its order, where it had objects.
	Proofs []Proof
	// Caused are the findings of kgen lint about the project that the input has no part
	// in, Had those that it has too.
	Caused, Had []report.Finding
}

// Add adds an item.
func (r *Report) Add(i Item) { r.Items = append(r.Items, i) }

// Count is the number of items of an outcome.
func (r *Report) Count(o Outcome) int {
	n := 0
	for i := range r.Items {
		if r.Items[i].Outcome == o {
			n++
		}
	}
	return n
}

// Sort brings the items into the order of the input: by file, line and column.
func (r *Report) Sort() {
	slices.SortStableFunc(r.Items, func(a, b Item) int {
		return cmp.Or(
			strings.Compare(a.Pos.File(), b.Pos.File()),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			strings.Compare(a.Path, b.Path),
		)
	})
}
