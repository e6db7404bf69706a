package read

import (
	"encoding/base64"
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// foreignScalar reads n into s as kubectl does.
func (r *yamlReader) foreignScalar(n *yaml.Node, s *tree.Node) {
	p, ok := r.resolveForeign(n, s.Pos)
	if ok && !p.isFinite() {
		r.errorf(s.Pos, r.text.ids.value, "%s is not a number that Kubernetes can hold: quote it if it is a text", n.Value)
	}
	s.Kind, s.Text, s.Plain = p.kind, p.text, p.isWord
}

// resolveForeign resolves a scalar as its tag says, or its quotes. A tag that the
// reader of Kubernetes does not know leaves a string.
func (r *yamlReader) resolveForeign(n *yaml.Node, pos tree.Pos) (p resolved, ok bool) {
	isTagged := n.Style&yaml.TaggedStyle != 0
	if !isTagged && n.Style != 0 {
		return ofString(n.Value), true
	}
	p = resolve(n.Value)
	if !isTagged {
		return p, true
	}
	switch n.Tag {
	case "!!null":
		ok = p.kind == tree.Null
	case "!!bool":
		ok = p.kind == tree.Bool
	case "!!int":
		ok = p.kind == tree.Int && !p.isFloat
	case "!!float":
		if i, err := strconv.ParseInt(p.text, 10, 64); err == nil && p.kind == tree.Int && !p.isFloat {
			p = ofFloat(float64(i))
		}
		ok = p.isFloat
	case "!!timestamp":
		plain := yaml.Node{Kind: yaml.ScalarNode, Value: n.Value}
		p, ok = ofString(n.Value), plain.ShortTag() == n.Tag
	case "!!binary":
		return r.foreignBinary(n.Value, pos)
	default:
		return ofString(n.Value), true
	}
	if !ok {
		r.errorf(pos, r.text.ids.syntax, "the value does not fit its tag %s", n.Tag)
	}
	return p, ok
}

// foreignBinary decodes the text under a tag !!binary.
func (r *yamlReader) foreignBinary(value string, pos tree.Pos) (p resolved, ok bool) {
	content, err := base64.StdEncoding.DecodeString(value)
	switch {
	case err != nil:
		r.errorf(pos, r.text.ids.syntax, "the value does not fit its tag !!binary: it is not base64")
	case !utf8.Valid(content):
		r.errorf(pos, r.text.ids.value, "!!binary content that is no text has its place in binaryData, as a base64 string without the tag")
	default:
		return ofString(string(content)), true
	}
	return p, false
}

// foreignKey is the string that JSON has for a key.
func (r *yamlReader) foreignKey(k *yaml.Node, pos tree.Pos) (key string, ok bool) {
	p, ok := r.resolveForeign(k, pos)
	if !ok {
		return "", false
	}
	key, ok = p.key()
	switch {
	case !ok && k.Value == "":
		r.errorf(pos, r.text.ids.syntax, "there is no key before the colon")
	case !ok:
		r.errorf(pos, r.text.ids.syntax, "%s is no key: quote it", k.Value)
	}
	return key, ok
}

// foreignMapping reads the entries of n into m. Those of a merge (<<) win over the
// keys above it and lose to those below: kubectl knows no other order.
func (r *yamlReader) foreignMapping(n *yaml.Node, m *tree.Node) {
	var index keyIndex
	merged := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if isMerge(k) && k.Value == "<<" {
			r.mergeForeign(m, &index, merged, v)
			continue
		}
		key, ok := r.key(k)
		if !ok {
			continue
		}
		pos := r.pos(k)
		same := index.find(m.Fields, key)
		if same >= 0 && !merged[key] {
			r.repeatedKey(pos, key, m.Fields[same].KeyPos) // kubectl takes the last
		}
		r.enter(key)
		f := tree.Field{Key: key, KeyPos: pos, Value: r.node(v)}
		r.leave()
		if same >= 0 {
			m.Fields[same] = f
			delete(merged, key)
		} else {
			m.Fields = append(m.Fields, f)
		}
	}
}

// mergeForeign puts the entries of the map, or list of maps, v into m.
func (r *yamlReader) mergeForeign(m *tree.Node, index *keyIndex, merged map[string]bool, v *yaml.Node) {
	maps := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		maps = v.Content
	}
	for i := len(maps) - 1; i >= 0; i-- { // the first wins
		from := maps[i]
		if from.Kind == yaml.AliasNode {
			from = from.Alias
		}
		if from.Kind != yaml.MappingNode {
			r.errorf(r.pos(maps[i]), r.text.ids.syntax, "<< takes a map or a list of maps, not %s", r.node(from).Kind)
			continue
		}
		for _, f := range r.node(from).Fields {
			merged[f.Key] = true
			if same := index.find(m.Fields, f.Key); same >= 0 {
				m.Fields[same] = f
			} else {
				m.Fields = append(m.Fields, f)
			}
		}
	}
}
