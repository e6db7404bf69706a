package custom

import (
	"strconv"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// valueOf is n as the server's decoder has it: whole numbers as int64 where they
// fit, others as float64. Numbers in n stand as in the JSON that the server gets.
func valueOf(n *tree.Node) any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case tree.Map:
		m := make(map[string]any, len(n.Fields))
		for i := range n.Fields {
			m[n.Fields[i].Key] = valueOf(n.Fields[i].Value)
		}
		return m
	case tree.List:
		l := make([]any, len(n.Fields))
		for i := range n.Fields {
			l[i] = valueOf(n.Fields[i].Value)
		}
		return l
	case tree.String:
		return n.Text
	case tree.Bool:
		return n.Text == "true"
	case tree.Int, tree.Float:
		return numberOf(n)
	}
	return nil
}

func numberOf(n *tree.Node) any {
	text, ok := n.Decimal()
	if !ok {
		return nil
	}
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return i
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil { // out of range: the server's decoder has no value for it either
		return nil
	}
	return f
}
