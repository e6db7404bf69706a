package report

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Text prints findings for people, one line each, with what explains them below:
//
//	services/web.cue:14:15: error schema/unknown-field: ports.http.protcol: unknown field
//		fix: ...
type Text struct {
	// Brief leaves out why it matters and which object it is about.
	Brief bool
	// Color marks the severity for a terminal.
	Color bool
}

// Print writes findings to w in the order given.
func (t Text) Print(w io.Writer, findings []Finding) error {
	out := bufio.NewWriter(w)
	for i := range findings {
		t.print(out, &findings[i])
	}
	return out.Flush()
}

func (t Text) print(out *bufio.Writer, f *Finding) {
	if place := f.Pos.String(); place != "" {
		out.WriteString(OneLine(place) + ": ")
	}
	out.WriteString(t.severity(f.Severity) + " " + f.ID + ": ")
	// An object's field is told by the line "at".
	if path := f.Path.String(); path != "" && f.Object == "" {
		out.WriteString(OneLine(path) + ": ")
	}
	out.WriteString(OneLine(f.Message))
	out.WriteString(services(f.Services))
	if len(f.Environments) > 0 {
		out.WriteString(" [" + strings.Join(f.Environments, ", ") + "]")
	}
	out.WriteString("\n")
	if !t.Brief {
		detail(out, "why: ", f.Why)
	}
	detail(out, "fix: ", f.Fix)
	if !t.Brief {
		detail(out, "at:  ", f.Object)
	}
}

// mostNamed is how many services a finding names.
const mostNamed = 3

// services tells which services a finding is about: " (services api, web)".
func services(names []string) string {
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return " (service " + names[0] + ")"
	case n <= mostNamed:
		return " (services " + strings.Join(names, ", ") + ")"
	default:
		return " (services " + strings.Join(names[:mostNamed], ", ") + " and " + strconv.Itoa(n-mostNamed) + " more)"
	}
}

func detail(out *bufio.Writer, label, text string) {
	if text != "" {
		out.WriteString("\t" + label + OneLine(text) + "\n")
	}
}

// severity is the word, in red or yellow where colours are shown.
func (t Text) severity(s Severity) string {
	switch {
	case t.Color && s == Error:
		return red + s.String() + plain
	case t.Color && s == Warning:
		return yellow + s.String() + plain
	}
	return s.String()
}

// The escape sequences of a terminal's colours.
const (
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	plain  = "\x1b[0m"
)

// OneLine is text with line ends and other control characters escaped: what
// people wrote is quoted in messages, and must not steer a terminal.
func OneLine(text string) string {
	if strings.IndexFunc(text, steers) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if steers(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// steers reports whether a terminal acts on r instead of showing it.
func steers(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
