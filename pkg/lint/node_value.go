package lint

import (
	"strconv"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// textOf is the string that a node of a custom resource holds; empty for anything else.
func textOf(n *tree.Node) string {
	if n == nil || n.Kind != tree.String {
		return ""
	}
	return n.Text
}

// numberOf is the whole number that a node holds; 0 for anything else.
func numberOf(n *tree.Node) int32 {
	if n == nil || n.Kind != tree.Int {
		return 0
	}
	number, err := strconv.ParseInt(n.Text, 10, 32)
	if err != nil {
		return 0
	}
	return int32(number)
}

// elementsOf are the elements of a list; none of anything else.
func elementsOf(n *tree.Node) []tree.Field {
	if n == nil || n.Kind != tree.List {
		return nil
	}
	return n.Fields
}
