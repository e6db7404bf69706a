package edit

import (
	"bytes"
	"encoding/json"
	"strings"

	"cuelang.org/go/cue/literal"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// text is a value in CUE or JSON, in one line, or with isTall, in JSON, a map in several.
func (e *cueEditor) text(n *tree.Node, indent string, isTall bool) string {
	switch n.Kind {
	case tree.Null:
		return "null"
	case tree.String:
		if e.isJSON {
			return quoteJSON(n.Text)
		}
		return literal.String.Quote(n.Text)
	case tree.List:
		parts := make([]string, len(n.Fields))
		for i := range n.Fields {
			parts[i] = e.text(n.Fields[i].Value, indent, false)
		}
		return "[" + strings.Join(parts, e.spaced(",")) + "]"
	case tree.Map:
		return e.mapText(n, indent, isTall)
	}
	return n.Text
}

func (e *cueEditor) mapText(n *tree.Node, indent string, isTall bool) string {
	parts := make([]string, len(n.Fields))
	inner := indent + e.unit()
	for i := range n.Fields {
		parts[i] = e.label(n.Fields[i].Key, false) + e.spaced(":") + e.text(n.Fields[i].Value, inner, isTall)
	}
	if !isTall || len(parts) == 0 {
		return "{" + strings.Join(parts, e.spaced(",")) + "}"
	}
	line := e.newline()
	return "{" + line + inner + strings.Join(parts, ","+line+inner) + line + indent + "}"
}

// quoteJSON is a text as JSON writes it.
func quoteJSON(s string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s) // a string is always encoded
	return strings.TrimSuffix(b.String(), "\n")
}
