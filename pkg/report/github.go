package report

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// GitHub prints a report as workflow commands of GitHub Actions, which show each
// finding beside the line of the pull request.
type GitHub struct{}

var githubCommands = [...]string{Info: "notice", Warning: "warning", Error: "error"}

// GitHub's escapes: of a message, and of a property, which ends at more.
var (
	githubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// Print writes a command for each finding.
func (GitHub) Print(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	for i := range r.Findings {
		f := &r.Findings[i]
		out.WriteString("::" + githubCommands[f.Severity] + " ")
		property := func(name, value string) { out.WriteString(name + "=" + githubProperty.Replace(printable(value)) + ",") }
		if file := r.inRepository(f.Pos.File()); file != "" {
			property("file", file)
		}
		if f.Pos.IsValid() {
			property("line", strconv.Itoa(int(f.Pos.Line)))
			property("col", strconv.Itoa(int(f.Pos.Col)))
		}
		out.WriteString("title=" + githubProperty.Replace(printable(f.ID)) + "::" + githubMessage.Replace(explained(f)) + "\n")
	}
	return out.Flush()
}

// explained is a finding in several lines, without its place.
func explained(f *Finding) string {
	text := headline(f, (Text{Brief: true}).subject(f))
	if f.Why != "" {
		text += "\nwhy: " + printable(f.Why)
	}
	if f.Fix != "" {
		text += "\nfix: " + printable(f.Fix)
	}
	return text
}
