package load

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

var routeForms = map[string]expand{
	"gateway": expandGateway,
	"paths":   each(stringOrIntUnder("port")),
}

func expandRoute(x *expander, n *tree.Node) *tree.Node { return fields(routeForms)(x, n) }

// expandGateway takes NAME, NAMESPACE/NAME or NAMESPACE/NAME/LISTENER apart. What has
// more parts stays, for the check to refuse.
func expandGateway(_ *expander, n *tree.Node) *tree.Node {
	if n.Kind != tree.String {
		return n
	}
	keys := []string{"name"}
	parts := strings.SplitN(n.Text, "/", 3)
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

// releaseForms are the images of the Deployments of a release.
var releaseForms = map[string]expand{
	"blueGreen": fields(map[string]expand{"blue": sideForm, "green": sideForm}),
	"canary":    sideForm,
}

var sideForm = fields(map[string]expand{"image": expandImage})
