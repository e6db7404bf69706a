package diff

import (
	"fmt"
	"io"
	"strings"
)

// Markdown prints for the comment of a pull request.
type Markdown struct {
	// Limit is the most characters; 0 is what GitHub takes.
	Limit int
}

const (
	// gitHubLimit is below the 65,536 characters of a comment on GitHub, in bytes, with
	// room for a few words that somebody puts around it.
	gitHubLimit = 64_000
	// objectLimit bounds what is shown of one object, in bytes.
	objectLimit = 8_000
	// noticeRoom is kept for the counts of what is left out.
	noticeRoom = 400
)

// Print prints a summary, what needs care, and each object, as far as there is room.
func (m Markdown) Print(w io.Writer, r *Result) error {
	limit := m.Limit
	if limit == 0 {
		limit = gitHubLimit
	}
	limit -= noticeRoom
	var b strings.Builder
	if len(r.Changes) == 0 {
		b.WriteString("**kgen diff**: nothing changes\n")
		_, err := io.WriteString(w, b.String())
		return err
	}
	fmt.Fprintf(&b, "**kgen diff**: %s\n", r.Counts())
	writeCares(&b, r, limit/2)
	left := Result{}
	for _, g := range r.groups() {
		heading := "\n"
		if len(g.environments) > 0 {
			heading = "\n#### " + inCode(strings.Join(g.environments, ", ")) + "\n\n"
		}
		for _, c := range g.changes {
			block := heading + blockOf(c)
			if len(left.Changes) > 0 || b.Len()+len(block) > limit {
				left.Changes = append(left.Changes, c)
				continue
			}
			b.WriteString(block)
			heading = ""
		}
	}
	if len(left.Changes) > 0 {
		fmt.Fprintf(&b, "\nNot shown, for a comment has no more room: %s.\n", left.Counts())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeCares writes what needs care, the gravest first.
func writeCares(b *strings.Builder, r *Result, limit int) {
	var items []string
	for _, id := range CareIDs {
		for _, c := range r.Changes {
			for _, m := range c.Cares {
				if m.ID != id {
					continue
				}
				where := ""
				if len(c.Environments) > 0 {
					where = " in " + inCode(strings.Join(c.Environments, ", "))
				}
				at := ""
				if m.Path != "" {
					at = " " + inCode(m.Path)
				}
				items = append(items, fmt.Sprintf("- **%s**: %s%s%s: %s\n", m.ID, inCode(c.Ref()), where, at, escaped(m.Message)))
			}
		}
	}
	if len(items) == 0 {
		return
	}
	b.WriteString("\nNeeds care:\n\n")
	for i, item := range items {
		if b.Len()+len(item) > limit {
			fmt.Fprintf(b, "- and %d more\n", len(items)-i)
			return
		}
		b.WriteString(item)
	}
}

// blockOf is an object, folded.
func blockOf(c *Change) string {
	summary := string(c.Action) + " " + inCode(c.title())
	if len(c.Fields) == 0 {
		return "- " + summary + "\n"
	}
	var body strings.Builder
	for i := range c.Fields {
		text := inDiff(&c.Fields[i])
		if body.Len()+len(text) > objectLimit {
			fmt.Fprintf(&body, "  … %d more fields\n", len(c.Fields)-i)
			break
		}
		body.WriteString(text)
	}
	noun := "fields"
	if len(c.Fields) == 1 {
		noun = "field"
	}
	fence := fenceFor(body.String())
	return fmt.Sprintf("\n<details><summary>%s, %d %s</summary>\n\n%sdiff\n%s%s\n\n</details>\n\n", summary, len(c.Fields), noun, fence, body.String(), fence)
}

// inDiff is a field as the lines of a diff, which are coloured by how they begin.
func inDiff(f *Field) string {
	line, below := f.shown()
	switch {
	case len(below) > 0:
		return "  " + line + "\n" + strings.Join(below, "\n") + "\n"
	case f.Action == Added:
		return "+ " + line + "\n"
	case f.Action == Removed:
		return "- " + line + "\n"
	case f.isHidden():
		return "! " + line + "\n"
	case f.Action == Reordered:
		return "- " + f.Path + ": order " + show(f.old) + "\n+ " + f.Path + ": order " + show(f.new) + "\n"
	}
	return "- " + f.Path + ": " + show(f.old) + byDefault(f.old) + "\n+ " + f.Path + ": " + show(f.new) + byDefault(f.new) + "\n"
}

// fenceFor is a fence that no line of the text ends.
func fenceFor(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence
}

// inCode is text as code within a line.
func inCode(text string) string { return "<code>" + escaped(text) + "</code>" }

// markup are the characters that Markdown acts on, also within tags, and those that
// make mentions.
var markup = strings.NewReplacer("\\", "&#92;", "`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;", "|", "&#124;", "@", "&#64;", "~", "&#126;", "#", "&#35;")

func escaped(text string) string {
	return markup.Replace(strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text))
}
