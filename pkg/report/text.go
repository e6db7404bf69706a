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
		out.WriteString(printable(place) + ": ")
	}
	out.WriteString(t.severity(f.Severity) + " " + printable(f.ID) + ": " + headline(f, t.subject(f)) + "\n")
	if !t.Brief {
		detail(out, "why: ", f.Why)
	}
	detail(out, "fix: ", f.Fix)
	if !t.Brief {
		detail(out, "at:  ", object(f))
	}
}

// headline is the line that says what is wrong, after what it is about, if told.
func headline(f *Finding, subject string) string {
	line := f.Message + extent(f)
	if subject != "" {
		line = subject + ": " + line
	}
	if len(f.Environments) > 0 {
		line += " [" + strings.Join(f.Environments, ", ") + "]"
	}
	return printable(line)
}

// subject is what the message is about: a path, or an object and its field where
// no line "at" tells them.
func (t Text) subject(f *Finding) string {
	switch {
	case len(f.Objects) == 0:
		return f.Path.String()
	case t.Brief:
		return object(f)
	}
	return ""
}

// object names the first object that the finding is about, and the field in it.
func object(f *Finding) string {
	if len(f.Objects) == 0 {
		return ""
	}
	return strings.TrimSuffix(f.Objects[0]+" "+f.Field, " ")
}

// mostNamed is how many services a finding names.
const mostNamed = 3

// extent tells which services a finding is about, and how many objects where that
// is more: " (services api, web)", " (4 objects of services api, web)".
func extent(f *Finding) string {
	objects := ""
	if n := len(f.Objects); n > max(1, len(f.Services)) {
		objects = strconv.Itoa(n) + " objects"
	}
	switch named := services(f.Services); {
	case objects == "" && named == "":
		return ""
	case objects == "" || named == "":
		return " (" + objects + named + ")"
	default:
		return " (" + objects + " of " + named + ")"
	}
}

func services(names []string) string {
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return "service " + names[0]
	case n <= mostNamed:
		return "services " + strings.Join(names, ", ")
	default:
		return "services " + strings.Join(names[:mostNamed], ", ") + " and " + strconv.Itoa(n-mostNamed) + " more"
	}
}

func detail(out *bufio.Writer, label, text string) {
	if text != "" {
		out.WriteString("\t" + label + printable(text) + "\n")
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

// The escape sequences of a terminal.
const (
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	bold   = "\x1b[1m"
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

// printable is OneLine of what may not even be text.
func printable(text string) string { return OneLine(strings.ToValidUTF8(text, "\ufffd")) }

// steers reports whether a terminal acts on r instead of showing it.
func steers(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
