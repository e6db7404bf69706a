package lint

import (
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/pkg/validate/versions"
)

// FromNode is the object of a manifest, a map with apiVersion and kind, however much
// of it can be read. An older API version is read as the one that replaced it. It
// keeps nothing of n, except of a kind without a Go type, and has no Locate.
func FromNode(n *tree.Node, dir string) *Object {
	apiVersion, kind := n.Get("apiVersion").Text, n.Get("kind").Text
	o := &Object{Object: &manifest.Object{APIVersion: apiVersion, Kind: kind, Origin: n.Pos}, Dir: dir}
	known := manifest.KindOf(apiVersion, kind)
	if known == nil {
		known = manifest.KindOf(versions.Served(kind, apiVersion, versions.Newest), kind)
	}
	if known == nil {
		o.Namespace, o.Name = textAt(n, "namespace"), textAt(n, "name")
		o.Value = n
		return o
	}
	value := known.New()
	n, o.written = modern(n, apiVersion, kind)
	for _, m := range tree.Decode(n, value) {
		if m.Kind != tree.UnknownField {
			o.Unread = append(o.Unread, m.Path)
		}
	}
	value.GetObjectKind().SetGroupVersionKind(known.GroupVersionKind())
	o.APIVersion = known.APIVersion
	o.Namespace, o.Name, o.Value = value.GetNamespace(), value.GetName(), value
	if known.ClusterScoped {
		o.Namespace = "" // as the API server does, whatever is written
	}
	return o
}

func textAt(n *tree.Node, field string) string {
	if found := n.At(tree.P("metadata", field)); found != nil && found.Kind == tree.String {
		return found.Text
	}
	return ""
}
