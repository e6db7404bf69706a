package convert

import (
	"fmt"
	"io"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
)

// Printer prints what became of what was read.
type Printer interface {
	Print(w io.Writer, r *Report) error
}

// Formats are the names of printers, the default first.
var Formats = []string{"text", "json"}

// Text prints for people: a line for each item, and the numbers at the end.
type Text struct {
	// All prints what needs no words too, and what is routine.
	All bool
}

// Print prints the items in their order, then the objects that differ, then findings that
// the input has too, then numbers.
func (t Text) Print(w io.Writer, r *Report) error {
	var b strings.Builder
	routine := 0
	for i := range r.Items {
		switch item := &r.Items[i]; {
		case !t.All && item.IsRoutine:
			routine++
		case t.All || item.Outcome != Kept:
			b.WriteString(report.OneLine(item.text()) + "\n")
		}
	}
	if routine > 0 {
		fmt.Fprintf(&b, "dropped: what clusters fill in and make by themselves (%d); --all tells of each\n", routine)
	}
	r.writeProofs(&b, t.All)
	if t.All {
		for _, f := range r.Had {
			b.WriteString(report.OneLine(fmt.Sprintf("%s: lint, as in the input: %s: %s", f.Pos, f.ID, f.Message)) + "\n")
		}
	}
	b.WriteString(r.Summary() + "\n")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// text is FILE:LINE:COL: OUTCOME PATH: MESSAGE (SERVICE FIELD).
func (i *Item) text() string {
	var b strings.Builder
	if place := i.Pos.String(); place != "" {
		b.WriteString(place + ": ")
	}
	b.WriteString(string(i.Outcome))
	if i.Path != "" {
		b.WriteString(" " + i.Path)
	}
	if i.Message != "" {
		b.WriteString(": " + i.Message)
	}
	if to := strings.TrimSpace(i.Service + " " + i.Field); to != "" {
		b.WriteString(" (" + to + ")")
	}
	return b.String()
}

func (r *Report) writeProofs(b *strings.Builder, isAll bool) {
	for i := range r.Proofs {
		p := &r.Proofs[i]
		if p.IsIdentical() && !isAll {
			continue
		}
		line := p.Pos.String() + ": " + p.Object + ": identical"
		if !p.IsIdentical() {
			line = p.Pos.String() + ": " + p.Object + ": differs"
		}
		b.WriteString(report.OneLine(line) + "\n")
		for _, d := range p.Differences {
			b.WriteString("\t" + report.OneLine(fmt.Sprintf("%s: %s -> %s: %s", d.Path, orNothing(d.Old), orNothing(d.New), d.Reason)) + "\n")
		}
	}
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

// Summary is the numbers in one line.
func (r *Report) Summary() string {
	var parts []string
	for _, o := range Outcomes {
		if n := r.Count(o); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	if len(parts) == 0 {
		parts = []string{"nothing"}
	}
	text := strings.Join(parts, ", ")
	if len(r.Proofs) == 0 {
		return text
	}
	identical := 0
	for i := range r.Proofs {
		if r.Proofs[i].IsIdentical() {
			identical++
		}
	}
	return fmt.Sprintf("%s; %d of %d objects render identical", text, identical, len(r.Proofs))
}
