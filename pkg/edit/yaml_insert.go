package edit

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// insert writes an entry that is not there yet into the map m, the value of an entry,
// which is nil for the root.
func (e *yamlEditor) insert(m *yaml.Node, in *yamlEntry, keys []string, value *tree.Node) ([]Splice, error) {
	if isAbsent(m) {
		return e.insertBelow(in, keys, value)
	}
	if m.Kind != yaml.MappingNode {
		inFlow := in.parent.Style&yaml.FlowStyle != 0
		from, to := e.Offset(e.posOf(m)), e.endOf(m, in)
		if m.Tag != "!!null" || from < 0 || to < from {
			return nil, e.unclear(m)
		}
		return []Splice{{from, to, yamlText(nested(keys, value), 0, inFlow)}}, nil
	}
	style := siblingStyle(m)
	if m.Style&yaml.FlowStyle != 0 {
		return e.insertInFlow(m, in, keys, value, style)
	}
	for value.Kind == tree.Map && len(value.Fields) == 1 {
		keys, value = append(keys[:len(keys):len(keys)], value.Fields[0].Key), value.Fields[0].Value
	}
	anchor := anchorIn(m)
	from, end := e.Offset(e.posOf(anchor.key)), e.endOfEntry(anchor)
	if from < 0 || end < from || !e.isFirstInLine(from) {
		return nil, e.unclear(anchor.key)
	}
	return []Splice{e.lineAfter(end, e.block(e.indent(from), keys, value, style))}, nil
}

// insertBelow writes the first entry of a map that is left out.
func (e *yamlEditor) insertBelow(in *yamlEntry, keys []string, value *tree.Node) ([]Splice, error) {
	from, colon := e.Offset(e.posOf(in.key)), e.colonOf(in.key)
	switch {
	case from < 0 || colon < 0:
		return nil, e.unclear(in.key)
	case in.parent.Style&yaml.FlowStyle != 0:
		return []Splice{{colon, colon, " " + yamlText(nested(keys, value), 0, true)}}, nil
	}
	return []Splice{e.lineAfter(colon, e.block(e.indent(from)+e.step(), keys, value, siblingStyle(in.parent)))}, nil
}

// entriesBelow writes the entries of a map that is left out.
func (e *yamlEditor) entriesBelow(in *yamlEntry, colon int, value *tree.Node) ([]Splice, error) {
	from := e.Offset(e.posOf(in.key))
	if from < 0 {
		return nil, e.unclear(in.key)
	}
	lines := make([]string, len(value.Fields))
	for i, f := range value.Fields {
		keys, inner := []string{f.Key}, f.Value
		for inner.Kind == tree.Map && len(inner.Fields) == 1 {
			keys, inner = append(keys, inner.Fields[0].Key), inner.Fields[0].Value
		}
		lines[i] = e.block(e.indent(from)+e.step(), keys, inner, siblingStyle(in.parent))
	}
	return []Splice{e.lineAfter(colon, strings.Join(lines, e.newline()))}, nil
}

// insertInFlow writes an entry into a map in braces.
func (e *yamlEditor) insertInFlow(m *yaml.Node, in *yamlEntry, keys []string, value *tree.Node, style yaml.Style) ([]Splice, error) {
	text := yamlKey(keys[0], true) + ": " + yamlText(nested(keys[1:], value), style, true)
	if len(m.Content) == 0 {
		open := e.Offset(e.posOf(m))
		if open < 0 || !strings.HasPrefix(e.Data[open:], "{") {
			return nil, e.unclear(m)
		}
		return []Splice{{open + 1, open + 1, text}}, nil
	}
	last := len(m.Content) - 2
	entry := &yamlEntry{m, m.Content[last], m.Content[last+1], last / 2}
	from, end := e.Offset(e.posOf(entry.key)), e.endOfEntry(entry)
	if from < 0 || end < from {
		return nil, e.unclear(entry.key)
	}
	if e.isFirstInLine(from) && len(m.Content) > 2 {
		return []Splice{{end, end, "," + e.newline() + e.indent(from) + text}}, nil
	}
	return []Splice{{end, end, ", " + text}}, nil
}

// anchorIn is the entry that a new one goes below: the last, but before the
// environments.
func anchorIn(m *yaml.Node) *yamlEntry {
	last := len(m.Content) - 2
	if last > 0 && m.Content[last].Value == "environments" {
		last -= 2
	}
	return &yamlEntry{m, m.Content[last], m.Content[last+1], last / 2}
}

// block is an entry in lines of its own.
func (e *yamlEditor) block(indent string, keys []string, value *tree.Node, style yaml.Style) string {
	var b strings.Builder
	for i, key := range keys {
		if i > 0 {
			b.WriteString(e.newline())
		}
		b.WriteString(indent + yamlKey(key, false) + ":")
		indent += e.step()
	}
	return b.String() + " " + yamlText(value, style, false)
}

// step is by how much a level is indented in this file.
func (e *yamlEditor) step() string {
	for line := range strings.Lines(e.Data) {
		rest := strings.TrimLeft(line, " ")
		if len(rest) < len(line) && strings.TrimSpace(rest) != "" && rest[0] != '#' && rest[0] != '-' {
			return line[:len(line)-len(rest)]
		}
	}
	return "  "
}

// siblingStyle is the quotes that all texts of a map have; none where they differ.
func siblingStyle(m *yaml.Node) yaml.Style {
	values := make([]*yaml.Node, 0, len(m.Content)/2)
	for i := 1; i < len(m.Content); i += 2 {
		values = append(values, m.Content[i])
	}
	return commonStyle(values)
}

// commonStyle is the quotes that all texts among values have; none where they differ.
func commonStyle(values []*yaml.Node) (style yaml.Style) {
	isFirst := true
	for _, v := range values {
		if v.Kind != yaml.ScalarNode || v.Tag != "!!str" {
			continue
		}
		if own := v.Style & (yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle); isFirst {
			style, isFirst = own, false
		} else if own != style {
			return 0
		}
	}
	return style
}
