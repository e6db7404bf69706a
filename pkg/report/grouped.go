package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
)

// Grouped prints a report for people, by file, with a summary at the end:
//
//	services/web.cue
//	  7:53  error  hpa-target-too-high: cpu target is 100 %
//		why: ...
//
// Why a rule matters is said where it first finds something, and how to mend it
// where that is not what was said of the rule before.
type Grouped struct {
	// Color marks files and severities for a terminal.
	Color bool
}

// Print writes the findings in their order, which is by file.
func (g Grouped) Print(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	said := map[string]bool{}
	for rest := r.Findings; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Pos.File() == rest[0].Pos.File() {
			n++
		}
		g.group(out, rest[:n], said)
		rest = rest[n:]
	}
	if isNothing := r.IsIncomplete && r.Objects+len(r.Findings) == 0; !isNothing {
		fmt.Fprintln(out, r.Summary())
	}
	return out.Flush()
}

func (g Grouped) group(out *bufio.Writer, findings []Finding, said map[string]bool) {
	if file := findings[0].Pos.File(); file != "" {
		fmt.Fprintln(out, g.bold(printable(file)))
	}
	width := 0
	for i := range findings {
		width = max(width, len(lineAndColumn(&findings[i])))
	}
	text := Text{Color: g.Color}
	for i := range findings {
		f := &findings[i]
		padding := "       "[len(f.Severity.String()):]
		fmt.Fprintf(out, "  %-*s  %s%s  %s: %s\n", width, lineAndColumn(f), text.severity(f.Severity), padding, printable(f.ID), headline(f, text.subject(f)))
		once := func(label, sentence string) {
			if key := f.ID + label + sentence; !said[key] {
				said[key] = true
				detail(out, label, sentence)
			}
		}
		once("why: ", f.Why)
		once("fix: ", f.Fix)
		detail(out, "at:  ", object(f))
	}
	fmt.Fprintln(out)
}

// lineAndColumn is the place in the file; of the file as a whole it is a dash.
func lineAndColumn(f *Finding) string {
	if !f.Pos.IsValid() {
		return "-"
	}
	return strconv.Itoa(int(f.Pos.Line)) + ":" + strconv.Itoa(int(f.Pos.Col))
}

func (g Grouped) bold(text string) string {
	if g.Color {
		return bold + text + plain
	}
	return text
}

// Lines prints the findings of a report alone, one by one.
type Lines struct{ Text Text }

// Print writes the findings in their order.
func (l Lines) Print(w io.Writer, r *Report) error { return l.Text.Print(w, r.Findings) }
