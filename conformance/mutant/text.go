package mutant

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// textClass is a change to the written manifest.
type textClass struct {
	name  string
	apply func(w *worker, lines []string, at int) []string // nil when it cannot be made
}

var textClasses = []textClass{
	{"indent", func(_ *worker, lines []string, at int) []string { return set(lines, at, " "+lines[at]) }},
	{"indent-more", func(_ *worker, lines []string, at int) []string { return set(lines, at, "  "+lines[at]) }},
	{"outdent", func(_ *worker, lines []string, at int) []string {
		return set(lines, at, strings.TrimPrefix(lines[at], "  "))
	}},
	{"tab", func(_ *worker, lines []string, at int) []string { return set(lines, at, "\t"+lines[at]) }},
	{"line-drop", func(_ *worker, lines []string, at int) []string { return slices.Delete(slices.Clone(lines), at, at+1) }},
	{"line-double", func(_ *worker, lines []string, at int) []string {
		return slices.Insert(slices.Clone(lines), at, lines[at])
	}},
	{"line-swap", swapLines},
	{"colon-drop", func(_ *worker, lines []string, at int) []string {
		return set(lines, at, strings.Replace(lines[at], ":", "", 1))
	}},
	{"space-drop", func(_ *worker, lines []string, at int) []string {
		return set(lines, at, strings.Replace(lines[at], ": ", ":", 1))
	}},
	{"comment", func(_ *worker, lines []string, at int) []string { return set(lines, at, lines[at]+" # note") }},
	{"dash-drop", func(_ *worker, lines []string, at int) []string {
		return set(lines, at, strings.Replace(lines[at], "- ", "  ", 1))
	}},
	{"dash-add", dashLine},
	{"truncate", func(w *worker, lines []string, at int) []string { return lines[:at] }},
	{"byte", addByte},
	{"line-ends", func(_ *worker, lines []string, _ int) []string {
		return strings.Split(strings.Join(lines, "\r\n"), "\n")
	}},
	{"json", asJSON},
}

// changeText changes the text of a few.
func (w *worker) changeText(document []byte) []byte {
	if !w.chance(9) {
		return document
	}
	c := pickFrom(w, textClasses)
	lines := strings.Split(strings.TrimSuffix(string(document), "\n"), "\n")
	at := w.IntN(len(lines))
	changed := c.apply(w, lines, at)
	if changed == nil {
		return document
	}
	w.note(c.name, fmt.Sprintf("line %d", at+1), "")
	return []byte(strings.Join(changed, "\n") + "\n")
}

func set(lines []string, at int, line string) []string {
	lines = slices.Clone(lines)
	lines[at] = line
	return lines
}

func swapLines(_ *worker, lines []string, at int) []string {
	if at == 0 {
		return nil
	}
	lines = slices.Clone(lines)
	lines[at], lines[at-1] = lines[at-1], lines[at]
	return lines
}

func dashLine(_ *worker, lines []string, at int) []string {
	line := strings.TrimLeft(lines[at], " ")
	return set(lines, at, strings.Repeat(" ", len(lines[at])-len(line))+"- "+line)
}

// addByte puts something in that is no plain text.
func addByte(w *worker, lines []string, at int) []string {
	i := w.IntN(len(lines[at]) + 1)
	what := pickFrom(w, []string{"\x00", "\x07", "\ufeff", "\u00e4", "\xff", "\u2028", "\U0001F600", "{", "]", "\"", "&", "*", "!", "%", "@", "`", "|", "---", "\u00a0"})
	return set(lines, at, lines[at][:i]+what+lines[at][i:])
}

// asJSON writes the manifest as JSON, in one line.
func asJSON(_ *worker, lines []string, _ int) []string {
	document, err := yaml.YAMLToJSON([]byte(strings.Join(lines, "\n")))
	if err != nil {
		return nil
	}
	return []string{string(bytes.TrimSpace(document))}
}
