package schema

import (
	"strconv"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// What the methods here write, those of decode.go read.

// EncodeTree writes the map in its order.
func (m Map[T]) EncodeTree() *tree.Node {
	if m == nil {
		return nil
	}
	n := &tree.Node{Kind: tree.Map}
	for i := range m {
		if value := tree.Encode(&m[i].Value); value != nil {
			n.Fields = append(n.Fields, tree.Field{Key: m[i].Key, Value: value})
		}
	}
	return n
}

// EncodeTree writes a string, or false.
func (t Text) EncodeTree() *tree.Node {
	if t.Declined {
		return &tree.Node{Kind: tree.Bool, Text: "false"}
	}
	return &tree.Node{Kind: tree.String, Text: t.Value}
}

// EncodeTree writes a number, or false.
func (c Count) EncodeTree() *tree.Node {
	if c.Declined {
		return &tree.Node{Kind: tree.Bool, Text: "false"}
	}
	return &tree.Node{Kind: tree.Int, Text: strconv.Itoa(int(c.Value))}
}

// EncodeTree writes a number or a name; nothing where neither is set.
func (v IntOrName) EncodeTree() *tree.Node {
	switch {
	case v.Name != "":
		return &tree.Node{Kind: tree.String, Text: v.Name}
	case v.Number != 0:
		return &tree.Node{Kind: tree.Int, Text: strconv.Itoa(int(v.Number))}
	}
	return nil
}
