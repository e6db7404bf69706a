package diff

import (
	"fmt"
	"io"
	"strings"

	"github.com/kgen-dev/kgen/pkg/report"
)

// Text prints for people.
type Text struct{ Color bool }

var marks = map[Action]string{Added: "+", Removed: "-", Changed: "~", Reordered: "~"}

const (
	red, green, yellow, bold, plain = "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[1m", "\x1b[0m"
)

// Print prints all that changes, and nothing where nothing does.
func (t Text) Print(w io.Writer, r *Result) error {
	var b strings.Builder
	for _, g := range r.groups() {
		if len(g.environments) > 0 {
			b.WriteString(t.in(bold, "["+strings.Join(g.environments, ", ")+"]") + "\n")
		}
		for _, c := range g.changes {
			t.change(&b, c)
		}
	}
	if len(r.Changes) > 0 {
		b.WriteString(r.Counts().String() + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t Text) change(b *strings.Builder, c *Change) {
	b.WriteString(t.in(colorOf(c.Action), marks[c.Action]+" "+c.title()) + "\n")
	for _, m := range c.Cares {
		b.WriteString("    " + t.in(yellow, "! "+m.String()) + "\n")
	}
	for i := range c.Fields {
		f := &c.Fields[i]
		line, below := f.shown()
		b.WriteString("  " + t.in(colorOf(f.Action), marks[f.Action]) + " " + line + "\n")
		for _, l := range below {
			b.WriteString("      " + t.in(colorOfLine(l), l) + "\n")
		}
	}
}

func (t Text) in(color, text string) string {
	if !t.Color || color == "" {
		return text
	}
	return color + text + plain
}

func colorOf(a Action) string {
	switch a {
	case Added:
		return green
	case Removed:
		return red
	}
	return yellow
}

func colorOfLine(line string) string {
	switch {
	case strings.HasPrefix(line, "+"):
		return green
	case strings.HasPrefix(line, "-"):
		return red
	}
	return ""
}

// title names the object and where it is.
func (c *Change) title() string {
	title := c.Ref()
	if c.Namespace != "" {
		title += " in " + c.Namespace
	}
	if c.Service != "" && c.Service != c.Name {
		title += fmt.Sprintf(" (service %s)", c.Service)
	}
	return report.OneLine(title)
}

// String is what needs care in one line.
func (m Care) String() string {
	at := ""
	if m.Path != "" {
		at = m.Path + ": "
	}
	return report.OneLine(m.ID + ": " + at + m.Message)
}
