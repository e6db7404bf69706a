package report

import "io"

// GitLab prints a report as the code quality artifact of GitLab CI.
type GitLab struct{}

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int32 `json:"begin"`
}

// gitlabSeverities are GitLab's words; its critical and blocker are for more than a
// manifest can tell.
var gitlabSeverities = [...]string{Info: "info", Warning: "minor", Error: "major"}

// Print writes a list with an entry for each finding.
func (GitLab) Print(w io.Writer, r *Report) error {
	issues := make([]gitlabIssue, len(r.Findings))
	prints := r.Fingerprints()
	for i := range r.Findings {
		f := &r.Findings[i]
		issues[i] = gitlabIssue{
			Description: headline(f, (Text{Brief: true}).subject(f)), CheckName: f.ID, Fingerprint: prints[i], Severity: gitlabSeverities[f.Severity],
			Location: gitlabLocation{r.place(f.Pos), gitlabLines{max(1, f.Pos.Line)}},
		}
	}
	return writeJSON(w, issues)
}
