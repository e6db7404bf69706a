package load

import (
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

var routeForms = map[string]expand{
	"gateway": expandGateway,
	"paths":   each(stringOrIntUnder("port")),
}

func expandRoute(x *expander, n *tree.Node) *tree.Node { return fields(routeForms)(x, n) }

// expandGateway takes NAME, NAMESPACE/NAME or NAMESPACE/NAME/LISTENER apart. What has
// more parts, or an empty one, stays, for the check to refuse.
func expandGateway(_ *expander, n *tree.Node) *tree.Node {
	if n.Kind != tree.String {
		return n
	}
	keys := []string{"name"}
	parts := strings.SplitN(n.Text, "/", 3)
	if slices.Contains(parts, "") {
		parts = []string{n.Text}
	}
	if len(parts) > 1 {
		keys = []string{"namespace", "name", "sectionName"}
	}
	expanded := &tree.Node{Kind: tree.Map, Pos: n.Pos}
	for i, part := range parts {
		value := &tree.Node{Kind: tree.String, Pos: n.Pos, Text: part}
		expanded.Fields = append(expanded.Fields, tree.Field{Key: keys[i], KeyPos: n.Pos, Value: value})
	}
	return expanded
}
