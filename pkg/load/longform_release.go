package load

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// releaseForms are the images of the Deployments of a release.
var releaseForms = map[string]expand{
	"blueGreen": fields(map[string]expand{"blue": sideForm, "green": sideForm}),
	"canary":    sideForm,
}

var sideForm = fields(map[string]expand{"image": expandSideImage})

// expandSideImage is expandImage, but for a tag alone, which people write in a release:
// it would be taken for a repository, and the tag be the service's.
func expandSideImage(x *expander, n *tree.Node) *tree.Node {
	if n.Kind != tree.String || n.Text == "" || strings.Contains(n.Text, "/") {
		return expandImage(x, n)
	}
	tag, digest, _ := strings.Cut(n.Text, "@")
	switch repository, name, hasTag := strings.Cut(tag, ":"); {
	case tag == "" && digest != "":
		x.refuse(n, schema.InvalidValue, "%q names no repository", n.Text).Fix = `write image: digest: "` + digest + `"`
	case repository == "" && hasTag && digest == "":
		x.refuse(n, schema.InvalidValue, "%q names no repository", n.Text).Fix = `write image: tag: "` + name + `"`
	case !hasTag && digest == "":
		x.refuse(n, schema.InvalidValue, "%q names a repository, and no tag", n.Text).
			Fix = `write image: tag: "` + tag + `", or image: repository: "` + tag + `" where that is meant`
	default:
		return expandImage(x, n)
	}
	return n
}
