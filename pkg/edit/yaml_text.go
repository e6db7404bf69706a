package edit

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// yamlText is a value in YAML, in one line: a map or list in braces. A text has the
// quotes of a style, or those that it needs.
func yamlText(n *tree.Node, style yaml.Style, inFlow bool) string {
	switch n.Kind {
	case tree.Null:
		return "null"
	case tree.String:
		return yamlString(n.Text, style, inFlow)
	case tree.List:
		parts := make([]string, len(n.Fields))
		for i := range n.Fields {
			parts[i] = yamlText(n.Fields[i].Value, style, true)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case tree.Map:
		parts := make([]string, len(n.Fields))
		for i := range n.Fields {
			parts[i] = yamlKey(n.Fields[i].Key, true) + ": " + yamlText(n.Fields[i].Value, style, true)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return n.Text
}

func yamlString(s string, style yaml.Style, inFlow bool) string {
	isPlain := manifest.IsPlainYAML(s) && !(inFlow && strings.ContainsAny(s, ",[]{}"))
	switch {
	case style&yaml.DoubleQuotedStyle != 0:
	case style&yaml.SingleQuotedStyle != 0 && isOneLine(s):
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	case isPlain:
		return s
	}
	return manifest.QuoteYAML(s)
}

// isOneLine reports whether single quotes can hold a text.
func isOneLine(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' || r == 0x7f || r == '\ufffd' || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff
	})
}

func yamlKey(key string, inFlow bool) string { return yamlString(key, 0, inFlow) }

// lines is a list or map with a line for each element, which begin at a column.
func (e *yamlEditor) lines(n *tree.Node, style yaml.Style, column int) string {
	lines := make([]string, len(n.Fields))
	for i := range n.Fields {
		head := "- "
		if n.Kind == tree.Map {
			head = yamlKey(n.Fields[i].Key, false) + ": "
		}
		lines[i] = head + yamlText(n.Fields[i].Value, style, false)
	}
	return strings.Join(lines, e.newline()+strings.Repeat(" ", column))
}

// column is how many bytes of its line stand before an offset.
func (e *yamlEditor) column(offset int) int { return offset - e.LineStart(offset) }
