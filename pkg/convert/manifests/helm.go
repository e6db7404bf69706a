package manifests

import (
	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// noteHelm tells of what Helm does with an object and nobody does any more.
func (in *input) noteHelm(o *Object) {
	at := tree.P("metadata", "annotations")
	if hook := text(o.Node, "metadata", "annotations", "helm.sh/hook"); hook != "" {
		in.add(convert.Changed, o, at.With("helm.sh/hook"), "Helm runs it as a hook, at %s; here it is applied with all else", hook)
	}
	if policy := text(o.Node, "metadata", "annotations", "helm.sh/resource-policy"); policy != "" {
		in.add(convert.Changed, o, at.With("helm.sh/resource-policy"), "Helm goes by it (%s); who applies manifests does not", policy)
	}
}
