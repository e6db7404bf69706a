package cuetext

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/literal"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Inline is n as CUE in one line, for messages.
func Inline(n *tree.Node) string {
	var b strings.Builder
	inline(&b, n)
	return b.String()
}

func inline(b *strings.Builder, n *tree.Node) {
	switch n.Kind {
	case tree.String:
		b.WriteString(literal.String.Quote(n.Text))
	case tree.List:
		b.WriteByte('[')
		for i := range n.Fields {
			if i > 0 {
				b.WriteString(", ")
			}
			inline(b, n.Fields[i].Value)
		}
		b.WriteByte(']')
	case tree.Map:
		b.WriteByte('{')
		for i := range n.Fields {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(inlineLabel(n.Fields[i].Key) + ": ")
			inline(b, n.Fields[i].Value)
		}
		b.WriteByte('}')
	case tree.Null:
		b.WriteString("null")
	default:
		b.WriteString(n.Text)
	}
}

func inlineLabel(key string) string {
	text, err := format.Node(label(key).(ast.Node))
	if err != nil {
		return literal.String.Quote(key)
	}
	return string(text)
}
