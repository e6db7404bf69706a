package jsonschema

import (
	"encoding/json"
	"strings"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// describe documents s, which stands for f: what it is, what values look like, the
// built-in default and why, an example.
func describe(s *Schema, f schema.Field) {
	plain, marked := []string{f.Doc}, []string{escaped(f.Doc)}
	if values := f.Values(); values != "" {
		plain = append(plain, "Values: "+values+".")
		marked = append(marked, "Values: "+escaped(values)+".")
	}
	if d := f.Default(); d != nil {
		plain = append(plain, "Default: "+d.Value+"; "+d.Why+".")
		marked = append(marked, "**Default:** "+escaped(d.Value)+"; "+escaped(d.Why)+".")
		if d.Decline != "" {
			plain = append(plain, "To decline: "+d.Decline)
			marked = append(marked, "**To decline:** `"+d.Decline+"`")
		}
	}
	s.Description = strings.Join(plain, "\n")
	if len(marked) > 1 {
		s.MarkdownDescription = strings.Join(marked, "\n\n")
	}
	if value, ok := valueOf(f.Example()); ok {
		s.Examples = []any{value}
	}
}

var markdown = strings.NewReplacer("*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, "[", `\[`)

// escaped is text that Markdown leaves as it is.
func escaped(text string) string { return markdown.Replace(text) }

// valueOf is a CUE literal as JSON has it.
func valueOf(cue string) (value any, ok bool) {
	if cue == "" {
		return nil, false
	}
	sink := &report.Sink{}
	n := (&read.CUE{}).Read(&tree.Source{Name: "example"}, []byte("value: "+cue), sink)
	if n == nil || report.HasErrors(sink.Findings) {
		return nil, false
	}
	return jsonOf(n.Get("value")), true
}

// jsonOf is n as encoding/json writes it; the examples have decimal numbers only.
func jsonOf(n *tree.Node) any {
	switch n.Kind {
	case tree.Map:
		m := map[string]any{}
		for _, f := range n.Fields {
			m[f.Key] = jsonOf(f.Value)
		}
		return m
	case tree.List:
		list := []any{}
		for _, f := range n.Fields {
			list = append(list, jsonOf(f.Value))
		}
		return list
	case tree.Bool:
		return n.Text == "true"
	case tree.Int, tree.Float:
		return json.Number(n.Text)
	case tree.Null:
		return nil
	}
	return n.Text
}
