package convert

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/kgen-dev/kgen/pkg/report"
)

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
	Routine bool    `json:"routine,omitempty"`
}

type jsonProof struct {
	Object      string       `json:"object"`
	File        string       `json:"file,omitempty"`
	Line        int32        `json:"line,omitempty"`
	Service     string       `json:"service,omitempty"`
	Identical   bool         `json:"identical"`
	Differences []Difference `json:"differences,omitempty"`
}

type jsonFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	File     string `json:"file,omitempty"`
	Line     int32  `json:"line,omitempty"`
	Column   int32  `json:"column,omitempty"`
	Object   string `json:"object,omitempty"`
	Message  string `json:"message"`
}

type jsonLint struct {
	Caused []jsonFinding `json:"caused"`
	Had    []jsonFinding `json:"had"`
}

// Print prints all items, all objects and all findings.
func (JSON) Print(w io.Writer, r *Report) error {
	out := struct {
		Counts  map[Outcome]int `json:"counts"`
		Items   []jsonItem      `json:"items"`
		Objects []jsonProof     `json:"objects,omitempty"`
		Lint    jsonLint        `json:"lint"`
	}{Counts: map[Outcome]int{}, Items: []jsonItem{}, Lint: jsonLint{jsonFindings(r.Caused), jsonFindings(r.Had)}}
	for _, o := range Outcomes {
		out.Counts[o] = r.Count(o)
	}
	for _, i := range r.Items {
		out.Items = append(out.Items, jsonItem{i.Outcome, i.Pos.File(), i.Pos.Line, i.Pos.Col, i.Path, i.Service, i.Field, i.Message, i.IsRoutine})
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

func jsonFindings(findings []report.Finding) []jsonFinding {
	list := []jsonFinding{}
	for _, f := range findings {
		object := ""
		if len(f.Objects) > 0 {
			object = f.Objects[0]
		}
		list = append(list, jsonFinding{f.ID, f.Severity.String(), f.Pos.File(), f.Pos.Line, f.Pos.Col, object, f.Message})
	}
	return list
}
