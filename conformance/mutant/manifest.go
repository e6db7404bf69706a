package mutant

import (
	"reflect"
	"slices"

	"go.yaml.in/yaml/v3"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
)

// Manifest is a document to start from.
type Manifest struct {
	Name string // for messages
	Text []byte
}

type manifest struct {
	name, kind string // kind is with the apiVersion
	root       *yaml.Node
	typ        goType
}

// readManifest is false for what is no object of k8s.io/api.
func readManifest(given Manifest) (manifest, bool) {
	var document yaml.Node
	if yaml.Unmarshal(given.Text, &document) != nil || len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		return manifest{}, false
	}
	root := document.Content[0]
	apiVersion, kind := valueOf(root, "apiVersion"), valueOf(root, "kind")
	if apiVersion == nil || kind == nil {
		return manifest{}, false
	}
	object, err := scheme.Scheme.New(schema.FromAPIVersionAndKind(apiVersion.Value, kind.Value))
	if err != nil {
		return manifest{}, false
	}
	return manifest{given.Name, apiVersion.Value + "/" + kind.Value, clone(root), reflect.TypeOf(object).Elem()}, true
}

func valueOf(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// clone copies a tree without its comments and anchors.
func clone(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	c := &yaml.Node{Kind: n.Kind, Style: n.Style, Tag: n.Tag, Value: n.Value}
	for _, inner := range n.Content {
		c.Content = append(c.Content, clone(inner))
	}
	return c
}

// place is where a value stands.
type place struct {
	parent *yaml.Node // a map or a list
	at     int        // the value's index in the parent's content
	key    string     // its key, or that of the list it is in
	typ    goType
	owner  goType // the parent's type
	path   string
}

func (p *place) node() *yaml.Node { return p.parent.Content[p.at] }

func (p *place) set(n *yaml.Node) { p.parent.Content[p.at] = n }

func (p *place) inMap() bool { return p.parent.Kind == yaml.MappingNode }

// remove takes the value out, with its key.
func (p *place) remove() {
	from := p.at
	if p.inMap() {
		from--
	}
	p.parent.Content = slices.Delete(p.parent.Content, from, p.at+1)
}

// places are all places below n, but those of apiVersion and kind: another kind is
// another manifest.
func places(n *yaml.Node, t goType) (all []place) {
	var walk func(*yaml.Node, goType, string, string)
	visit := func(p place) {
		all = append(all, p)
		walk(p.node(), p.typ, p.key, p.path)
	}
	walk = func(n *yaml.Node, t goType, key, path string) {
		switch n.Kind {
		case yaml.MappingNode:
			for i := 1; i < len(n.Content); i += 2 {
				name := n.Content[i-1].Value
				if path == "" && (name == "apiVersion" || name == "kind") {
					continue
				}
				visit(place{n, i, name, child(t, name), t, path + "." + name})
			}
		case yaml.SequenceNode:
			for i := range n.Content {
				visit(place{n, i, key, child(t, ""), t, path + "[]"})
			}
		}
	}
	walk(n, t, "", "")
	return all
}

// places are those of the manifest at work for which keep is true.
func (w *worker) places(keep func(*place) bool) (kept []place) {
	for _, p := range places(w.root, w.typ) {
		if keep(&p) {
			kept = append(kept, p)
		}
	}
	return kept
}

// place is any of those, false when there is none.
func (w *worker) place(keep func(*place) bool) (place, bool) {
	all := w.places(keep)
	if len(all) == 0 {
		return place{}, false
	}
	return pickFrom(w, all), true
}

func isScalar(p *place) bool { return p.node().Kind == yaml.ScalarNode }
func isList(p *place) bool   { return p.node().Kind == yaml.SequenceNode }
func isMap(p *place) bool    { return p.node().Kind == yaml.MappingNode }
func isAny(*place) bool      { return true }
