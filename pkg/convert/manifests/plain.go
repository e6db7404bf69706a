package manifests

import (
	"strconv"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// plain is a service that says of a workload no more than that it is there, and
// declines all else: patches say the rest. It stands in for one that kgen refuses.
func plain(g *Group) *tree.Node {
	o := g.Workload
	template := podTemplate(o)
	container := o.Node.At(template.With("spec", "containers", 0))
	root := mapNode(tree.Pos{}, "kind", stringNode(o.Kind, tree.Pos{}))
	set := func(key string, value *tree.Node) { root.Set(key, tree.Pos{}, value) }
	image := load.LongForm(mapNode(tree.Pos{}, "image", stringNode(orText(text(container, "image"), "unknown"), tree.Pos{}))).Get("image")
	if image.Kind != tree.Map { // it is no reference
		image = mapNode(tree.Pos{}, "repository", stringNode("unknown", tree.Pos{}))
	}
	if tag := text(image, "tag"); (tag == "" || tag == "latest") && image.Get("digest") == nil {
		image.Set("mutable", tree.Pos{}, boolNode(true))
	}
	set("image", image)
	set("containerName", stringNode(orText(text(container, "name"), o.Name), tree.Pos{}))
	for _, field := range []string{"resources", "podDisruptionBudget", "service", "serviceAccount"} {
		set(field, boolNode(false))
	}
	set("spread", stringNode("none", tree.Pos{}))
	set("securityPreset", stringNode("none", tree.Pos{}))
	set("enableServiceLinks", boolNode(true))
	switch o.Kind {
	case "Deployment", "StatefulSet":
		set("replicas", boolNode(false))
	case "CronJob":
		set("schedule", stringNode(orText(text(o.Node, "spec", "schedule"), "0 0 * * *"), tree.Pos{}))
	}
	if selector := o.Node.At(tree.P("spec", "selector", "matchLabels")); selector != nil && len(selector.Fields) > 0 && (o.Kind != "Job" && o.Kind != "CronJob") {
		set("selector", bare(selector))
	}
	return root
}

func orText(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func boolNode(b bool) *tree.Node { return &tree.Node{Kind: tree.Bool, Text: strconv.FormatBool(b)} }

// bare is a copy of a tree without places, which are those of another file.
func bare(n *tree.Node) *tree.Node {
	c := copied(n)
	forget(c)
	return c
}

func forget(n *tree.Node) {
	n.Pos, n.Plain = tree.Pos{}, false
	for i := range n.Fields {
		n.Fields[i].KeyPos = tree.Pos{}
		forget(n.Fields[i].Value)
	}
}
