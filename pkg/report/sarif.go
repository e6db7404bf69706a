package report

import (
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// SARIF prints a report as SARIF 2.1.0, which code scanning services and editors read.
type SARIF struct{}

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sourceRoot  = "%SRCROOT%" // the root of the repository, as SARIF names it
	homepage    = "https://github.com/kgen-dev/kgen"
	// fingerprintName has a version, which changes when Fingerprints do.
	fingerprintName = "kgenFinding/v1"
)

var sarifLevels = [...]string{Info: "note", Warning: "warning", Error: "error"}

// Print writes the report as one JSON document.
func (SARIF) Print(w io.Writer, r *Report) error {
	rules, index := r.sarifRules()
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "kgen", Version: printable(strings.TrimPrefix(r.Tool, "v")), InformationURI: homepage, Rules: rules,
		}},
		Invocations: []sarifInvocation{{!r.IsIncomplete}},
		BaseIDs:     map[string]sarifArtifact{sourceRoot: {Description: &sarifText{Text: "the root of the repository"}}},
		ColumnKind:  "unicodeCodePoints",
		Results:     make([]sarifResult, len(r.Findings)),
	}
	prints := r.Fingerprints()
	for i := range r.Findings {
		f := &r.Findings[i]
		run.Results[i] = r.sarifResult(f)
		run.Results[i].RuleIndex = index[f.ID]
		run.Results[i].Fingerprints = map[string]string{fingerprintName: prints[i]}
	}
	return writeJSON(w, sarifReport{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

func (r *Report) sarifResult(f *Finding) sarifResult {
	text := headline(f, (Text{Brief: true}).subject(f))
	if f.Fix != "" {
		text += "\nfix: " + printable(f.Fix)
	}
	at := r.sarifLocation(f.Pos)
	for i, name := range f.Objects {
		field := ""
		if i == 0 {
			field = f.Field
		}
		if object := newSARIFObject(name, field); !slices.Contains(at.Logical, object) {
			at.Logical = append(at.Logical, object)
		}
	}
	result := sarifResult{
		RuleID: printable(f.ID), Level: sarifLevels[f.Severity], Message: sarifText{Text: text}, Locations: []sarifLocation{at},
	}
	for i := range f.Related {
		other := r.sarifLocation(f.Related[i].Pos)
		object := newSARIFObject(f.Related[i].Object, f.Related[i].Path.String())
		other.ID, other.Logical, other.Message = i+1, []sarifObject{object}, &sarifText{Text: object.Full}
		result.Related = append(result.Related, other)
	}
	if len(f.Services)+len(f.Environments) > 0 {
		result.Properties = &sarifProperties{Services: f.Services, Environments: f.Environments}
	}
	return result
}

// newSARIFObject names an object, and a field in it, as a place of its own.
func newSARIFObject(object, field string) sarifObject {
	return sarifObject{Name: printable(object), Full: printable(strings.TrimSuffix(object+" "+field, " ")), Kind: "object"}
}

// sarifLocation is a place in a file. Code scanning takes no result without a file
// and a line.
func (r *Report) sarifLocation(pos tree.Pos) sarifLocation {
	var artifact sarifArtifact
	if file := r.place(pos); filepath.IsAbs(filepath.FromSlash(file)) { // on Windows it begins with a drive
		artifact.URI = (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(file, "/")}).String()
	} else {
		artifact = sarifArtifact{URI: (&url.URL{Path: file}).String(), BaseID: sourceRoot}
	}
	return sarifLocation{Physical: sarifPhysical{artifact, sarifRegion{max(1, pos.Line), pos.Col}}}
}
