package manifests

import (
	"github.com/kgen-dev/kgen/pkg/tree"
)

// ingressFrom writes the backends of v1beta1 as v1 has them: service: {name, port}, and
// the path type, which had a default.
func ingressFrom(o *Object, _ string) string {
	spec := o.Node.Get("spec")
	if spec == nil || spec.Kind != tree.Map {
		return ""
	}
	if backend := spec.Field("backend"); backend != nil {
		backend.Key, backend.Value = "defaultBackend", backendFrom(backend.Value)
	}
	isTyped := false
	for _, rule := range elements(spec.Get("rules")) {
		for _, path := range elements(rule.At(tree.P("http", "paths"))) {
			if path.Kind != tree.Map {
				continue
			}
			if backend := path.Field("backend"); backend != nil {
				backend.Value = backendFrom(backend.Value)
			}
			if path.Get("pathType") == nil {
				path.Set("pathType", path.Pos, stringNode("ImplementationSpecific", path.Pos))
				isTyped = true
			}
		}
	}
	if isTyped {
		return "backends are written as v1 has them, and the path type that was the default is said"
	}
	return "backends are written as v1 has them"
}

func backendFrom(n *tree.Node) *tree.Node {
	name, port := n.Get("serviceName"), n.Get("servicePort")
	if name == nil && port == nil {
		return n
	}
	service := &tree.Node{Kind: tree.Map, Pos: n.Pos}
	if name != nil {
		service.Set("name", name.Pos, name)
	}
	if port != nil {
		key := "number"
		if port.Kind == tree.String {
			key = "name"
		}
		service.Set("port", port.Pos, mapNode(port.Pos, key, port))
	}
	to := n.Without("serviceName", "servicePort")
	to.Set("service", n.Pos, service)
	return to
}

// elements are those of a list; none of anything else.
func elements(n *tree.Node) (nodes []*tree.Node) {
	if n == nil || n.Kind != tree.List {
		return nil
	}
	for i := range n.Fields {
		nodes = append(nodes, n.Fields[i].Value)
	}
	return nodes
}

func stringNode(s string, pos tree.Pos) *tree.Node {
	return &tree.Node{Kind: tree.String, Text: s, Pos: pos}
}

// mapNode is a map of one entry.
func mapNode(pos tree.Pos, key string, value *tree.Node) *tree.Node {
	n := &tree.Node{Kind: tree.Map, Pos: pos}
	n.Set(key, pos, value)
	return n
}

func listNode(pos tree.Pos, elements ...*tree.Node) *tree.Node {
	n := &tree.Node{Kind: tree.List, Pos: pos}
	for _, e := range elements {
		n.Fields = append(n.Fields, tree.Field{Value: e})
	}
	return n
}
