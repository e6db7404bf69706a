package convert

import (
	"encoding/json"
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
	// All prints what needs no words too.
	All bool
}

// Print prints the items in their order, then the objects that differ, then numbers.
func (t Text) Print(w io.Writer, r *Report) error {
	var b strings.Builder
	for i := range r.Items {
		if item := &r.Items[i]; t.All || item.Outcome != Kept {
			b.WriteString(report.OneLine(item.text()) + "\n")
		}
	}
	r.writeProofs(&b, t.All)
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

// JSON prints for programs; docs/import.md describes it.
type JSON struct{}

type jsonItem struct {
	Outcome Outcome `json:"outcome"`
	File    string  `json:"file,omitempty"`
	Line    int32   `json:"line,omitempty"`
	Column  int32   `json:"column,omitempty"`
	Path    string  `json:"path,omitempty"`
	Service string  `json:"service,omitempty"`
	Field   string  `json:"field,omitempty"`
	Message string  `json:"message,omitempty"`
}

type jsonProof struct {
	Object      string       `json:"object"`
	File        string       `json:"file,omitempty"`
	Line        int32        `json:"line,omitempty"`
	Service     string       `json:"service,omitempty"`
	Identical   bool         `json:"identical"`
	Differences []Difference `json:"differences,omitempty"`
}

// Print prints all items and all objects.
func (JSON) Print(w io.Writer, r *Report) error {
	out := struct {
		Counts  map[Outcome]int `json:"counts"`
		Items   []jsonItem      `json:"items"`
		Objects []jsonProof     `json:"objects,omitempty"`
	}{Counts: map[Outcome]int{}, Items: []jsonItem{}}
	for _, o := range Outcomes {
		out.Counts[o] = r.Count(o)
	}
	for _, i := range r.Items {
		out.Items = append(out.Items, jsonItem{i.Outcome, i.Pos.File(), i.Pos.Line, i.Pos.Col, i.Path, i.Service, i.Field, i.Message})
	}
	for _, p := range r.Proofs {
		out.Objects = append(out.Objects, jsonProof{p.Object, p.Pos.File(), p.Pos.Line, p.Service, p.IsIdentical(), p.Differences})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}
