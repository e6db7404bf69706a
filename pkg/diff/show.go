package diff

import (
	"strconv"
	"strings"
	"unicode/utf8"

	godiff "github.com/rogpeppe/go-internal/diff"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const (
	// maxShown bounds a value that is shown in one line, in characters.
	maxShown = 160
	// maxLines bounds the lines of a text that are shown.
	maxLines = 40
	// hidden stands for the value of a Secret.
	hidden = "(not shown)"
)

// show is a value in one line, without what nobody wrote in it.
func show(v *value) string {
	if v == nil {
		return ""
	}
	var b strings.Builder
	flow(&b, v)
	text := b.String()
	if utf8.RuneCountInString(text) > maxShown {
		text = string([]rune(text)[:maxShown-1]) + "…"
	}
	return text
}

func flow(b *strings.Builder, v *value) {
	if b.Len() > 4*maxShown {
		return // it is cut anyway
	}
	switch {
	case v.isSecret:
		b.WriteString(hidden)
	case v.isScalar():
		b.WriteString(scalar(v))
	case v.kind == tree.List:
		b.WriteByte('[')
		for i := range v.fields {
			if i > 0 {
				b.WriteString(", ")
			}
			flow(b, v.fields[i].value)
		}
		b.WriteByte(']')
	default:
		b.WriteByte('{')
		isFirst := true
		for i := range v.fields {
			if v.fields[i].value.isDefault && !v.isDefault {
				continue
			}
			if !isFirst {
				b.WriteString(", ")
			}
			isFirst = false
			b.WriteString(report.OneLine(quoted(v.fields[i].key)) + ": ")
			flow(b, v.fields[i].value)
		}
		b.WriteByte('}')
	}
}

// scalar is a scalar as YAML has it, in one line.
func scalar(v *value) string {
	switch v.kind {
	case tree.Null:
		return "null"
	case tree.String:
		return quoted(v.text)
	}
	return v.text
}

// quoted is a string in quotes where it needs them.
func quoted(s string) string {
	if len(s) > 4*maxShown {
		s = strings.ToValidUTF8(s[:4*maxShown], "")
	}
	if strings.ContainsAny(s, "\n\r\t") {
		return strconv.Quote(s)
	}
	return report.OneLine(strings.TrimSuffix(string(manifest.Append(nil, &tree.Node{Kind: tree.String, Text: s})), "\n"))
}

// isText reports whether a value has several lines.
func isText(v *value) bool {
	return v != nil && v.kind == tree.String && !v.isSecret && strings.Contains(strings.TrimSuffix(v.text, "\n"), "\n")
}

// lines are the lines in which two texts differ, with some around them.
func lines(old, now *value) []string {
	text := string(godiff.Diff("old", []byte(textOf(old)), "new", []byte(textOf(now))))
	all := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(all) > 3 {
		all = all[3:] // that name the files
	}
	left := len(all) - maxLines
	if left > 0 {
		all = all[:maxLines]
	}
	for i := range all {
		all[i] = report.OneLine(strings.ReplaceAll(all[i], "\t", "    "))
		if utf8.RuneCountInString(all[i]) > maxShown {
			all[i] = string([]rune(all[i])[:maxShown-1]) + "…"
		}
	}
	if left > 0 {
		all = append(all, "… "+strconv.Itoa(left)+" more lines")
	}
	return all
}

// Shown is the value before and after in one line each, hidden where it may be a secret;
// empty for none.
func (f *Field) Shown() (old, now string) { return show(f.old), show(f.new) }

// shown is a field in one line, and the lines of texts below it.
func (f *Field) shown() (line string, below []string) {
	switch {
	case f.isHidden() && f.Action == Changed:
		return f.Path + ": changed " + hidden, nil
	case f.Action == Reordered:
		return f.Path + ": order " + show(f.old) + " -> " + show(f.new), nil
	case f.Action == Changed && (isText(f.old) || isText(f.new)):
		return f.Path + ":", lines(f.old, f.new)
	case f.Action == Changed:
		return f.Path + ": " + show(f.old) + byDefault(f.old) + " -> " + show(f.new) + byDefault(f.new), nil
	case f.Action == Added:
		return f.Path + ": " + show(f.new) + byDefault(f.new), nil
	}
	return f.Path + ": " + show(f.old) + byDefault(f.old), nil
}

func byDefault(v *value) string {
	if v != nil && v.isDefault {
		return " (default)"
	}
	return ""
}

func (f *Field) isHidden() bool {
	return f.old != nil && f.old.isSecret || f.new != nil && f.new.isSecret
}
