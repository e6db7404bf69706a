package read

import (
	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// weight is how large a YAML node is with all aliases in it copied in, and how
// many of its nodes are such copies.
type weight struct {
	nodes, copies int
	isOpen        bool // still being weighed
}

// weigh finds aliases that lead into themselves or add too many nodes, before
// anything is copied.
func (r *yamlReader) weigh(n *yaml.Node) weight {
	w := weight{nodes: 1}
	if n.Anchor != "" {
		if r.weights == nil {
			r.weights = map[*yaml.Node]weight{}
		}
		r.weights[n] = weight{isOpen: true}
	}
	for _, c := range n.Content {
		if r.hasFailed() {
			break
		}
		part := r.weighPart(c)
		w.nodes += part.nodes
		w.copies += part.copies
		if w.copies > maxAliasNodes && !r.hasFailed() {
			r.errorf(r.pos(c), r.text.ids.file, "the aliases add more than 1,000,000 nodes to the document")
		}
	}
	if n.Anchor != "" {
		r.weights[n] = w
	}
	return w
}

func (r *yamlReader) weighPart(n *yaml.Node) weight {
	if n.Kind != yaml.AliasNode {
		return r.weigh(n)
	}
	w := r.weights[n.Alias]
	if w.isOpen {
		r.errorf(r.pos(n), r.text.ids.syntax, aliasInItself)
	}
	return weight{nodes: w.nodes, copies: w.nodes}
}

func isMerge(k *yaml.Node) bool { return k.Kind == yaml.ScalarNode && k.Tag == "!!merge" }

// ownKeys are the keys that a map writes itself.
func (r *yamlReader) ownKeys(n *yaml.Node) map[string]bool {
	own := make(map[string]bool, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		for k.Kind == yaml.AliasNode {
			k = k.Alias
		}
		if !isMerge(k) {
			own[k.Value] = true
		}
	}
	return own
}

// appendMerged appends the entries of the map, or list of maps, v that are not
// among taken yet, and takes them.
func (r *yamlReader) appendMerged(fields []tree.Field, taken map[string]bool, v *yaml.Node) []tree.Field {
	at := r.pos(v)
	for v.Kind == yaml.AliasNode {
		v = v.Alias
	}
	maps := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		maps = v.Content
	}
	for _, m := range maps {
		place := at
		if v.Kind == yaml.SequenceNode {
			place = r.pos(m)
		}
		merged := r.node(m)
		if merged.Kind != tree.Map {
			r.errorf(place, r.text.ids.syntax, "<< takes a map or a list of maps, not %s", merged.Kind)
			continue
		}
		for _, f := range merged.Fields {
			if !taken[f.Key] {
				taken[f.Key] = true
				fields = append(fields, f)
			}
		}
	}
	return fields
}
