package report

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Report is what a run found, and what it looked at.
type Report struct {
	Tool    string // the version of kgen
	Dir     string // the working directory as repository.Below has it
	Files   []string
	Objects int // that were judged, rendered and in manifests
	// Findings as Merge returns them.
	Findings []Finding
	// Rules are those that were looked for, in any order; a finding may be of none.
	Rules []RuleInfo
	// FailOn is the least severity that fails the run.
	FailOn Severity
	// IsIncomplete says that some inputs could not be looked at.
	IsIncomplete bool
}

// RuleInfo explains a rule, in sentences without a full stop; all but ID and
// Severity may be empty.
type RuleInfo struct {
	ID              string
	Title, Why, Fix string
	Help            string // Markdown, with examples
	URL             string
	Tags            []string // the groups of the rule
	Severity        Severity
}

// Printer writes a report in one format.
type Printer interface {
	Print(w io.Writer, r *Report) error
}

// FormatText is the format for people.
const FormatText = "text"

// Formats are the names of all formats, the default first.
func Formats() []string { return []string{FormatText, "json", "sarif", "junit", "github", "gitlab"} }

// NewPrinter returns the printer of a format; text is that for FormatText.
func NewPrinter(format string, text Printer) (Printer, error) {
	switch format {
	case FormatText:
		return text, nil
	case "json":
		return JSON{}, nil
	case "sarif":
		return SARIF{}, nil
	case "junit":
		return JUnit{}, nil
	case "github":
		return GitHub{}, nil
	case "gitlab":
		return GitLab{}, nil
	}
	return nil, fmt.Errorf("unknown format %q: one of %s", format, strings.Join(Formats(), ", "))
}

// Count is how many findings have a severity.
func (r *Report) Count(s Severity) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == s {
			n++
		}
	}
	return n
}

// IsFailed reports whether a finding is as severe as FailOn says.
func (r *Report) IsFailed() bool {
	for i := range r.Findings {
		if r.Findings[i].Severity >= r.FailOn {
			return true
		}
	}
	return false
}

// Summary says in a line how much was looked at: that nothing was found must not
// mean that nothing was read.
func (r *Report) Summary() string {
	return counted(r.Objects, "object", "objects") + " judged: " + counted(r.Count(Error), "error", "errors") + ", " +
		counted(r.Count(Warning), "warning", "warnings") + ", " + counted(r.Count(Info), "info", "infos")
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// stdin is the name of standard input, which is no file of the repository.
const stdin = "<stdin>"

// inRepository is a file as services that show a repository name it: from its root.
func (r *Report) inRepository(file string) string {
	if file == "" || file == stdin || filepath.IsAbs(filepath.FromSlash(file)) {
		return file
	}
	return path.Join(r.Dir, file)
}

// place is the file of pos in the repository, for formats that demand one.
func (r *Report) place(pos tree.Pos) string {
	return cmp.Or(r.inRepository(pos.File()), ".")
}
