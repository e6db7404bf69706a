package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// JSON prints a report for programs, as docs/findings.schema.json has it.
type JSON struct{}

// jsonVersion grows when what programs rely on changes; new fields do not count.
const jsonVersion = 1

type jsonReport struct {
	Version  int           `json:"version"`
	Tool     jsonTool      `json:"tool"`
	Summary  jsonSummary   `json:"summary"`
	Findings []jsonFinding `json:"findings"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonSummary struct {
	Complete bool `json:"complete"`
	Objects  int  `json:"objects"`
	Files    int  `json:"files"`
	Errors   int  `json:"errors"`
	Warnings int  `json:"warnings"`
	Infos    int  `json:"infos"`
}

type jsonFinding struct {
	File         string        `json:"file"`
	Line         int32         `json:"line"`
	Column       int32         `json:"column"`
	Severity     string        `json:"severity"`
	Rule         string        `json:"rule"`
	Message      string        `json:"message"`
	Why          string        `json:"why"`
	Fix          string        `json:"fix"`
	Path         string        `json:"path"`
	Objects      []string      `json:"objects"`
	Field        string        `json:"field"`
	Services     []string      `json:"services"`
	Environments []string      `json:"environments"`
	Related      []jsonRelated `json:"related"`
	Fingerprint  string        `json:"fingerprint"`
}

type jsonRelated struct {
	File   string `json:"file"`
	Line   int32  `json:"line"`
	Column int32  `json:"column"`
	Object string `json:"object"`
	Field  string `json:"field"`
}

// Print writes the report as one JSON document.
func (JSON) Print(w io.Writer, r *Report) error {
	document := jsonReport{
		Version: jsonVersion, Tool: jsonTool{"kgen", r.Tool},
		Summary:  jsonSummary{!r.IsIncomplete, r.Objects, len(r.Files), r.Count(Error), r.Count(Warning), r.Count(Info)},
		Findings: make([]jsonFinding, len(r.Findings)),
	}
	prints := r.Fingerprints()
	for i := range r.Findings {
		f := &r.Findings[i]
		related := make([]jsonRelated, len(f.Related))
		for j, other := range f.Related {
			related[j] = jsonRelated{other.Pos.File(), other.Pos.Line, other.Pos.Col, other.Object, other.Path.String()}
		}
		document.Findings[i] = jsonFinding{
			File: f.Pos.File(), Line: f.Pos.Line, Column: f.Pos.Col,
			Severity: f.Severity.String(), Rule: f.ID, Message: f.Message, Why: f.Why, Fix: f.Fix,
			Path: f.Path.String(), Objects: list(f.Objects), Field: f.Field,
			Services: list(f.Services), Environments: list(f.Environments), Related: related, Fingerprint: prints[i],
		}
	}
	return writeJSON(w, document)
}

// list is never null, which programs would have to look for.
func list(names []string) []string {
	if names == nil {
		return []string{}
	}
	return names
}

// writeJSON writes a value, indented.
func writeJSON(w io.Writer, value any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	_, err := w.Write(escapeSteering(b.Bytes()))
	return err
}

// escapeSteering escapes in JSON what a terminal would act on. JSON itself asks only
// for the lowest of control characters to be escaped; all others stand in strings.
func escapeSteering(document []byte) []byte {
	isSteering := func(r rune) bool { return r > ' ' && steers(r) }
	if bytes.IndexFunc(document, isSteering) < 0 {
		return document
	}
	escaped := make([]byte, 0, len(document)+64)
	for len(document) > 0 {
		r, size := utf8.DecodeRune(document)
		if isSteering(r) {
			escaped = fmt.Appendf(escaped, `\u%04x`, r)
		} else {
			escaped = append(escaped, document[:size]...)
		}
		document = document[size:]
	}
	return escaped
}
