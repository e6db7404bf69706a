package read

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// scalar reads a YAML scalar. The parser has resolved those without a tag.
func (r *yamlReader) scalar(n *yaml.Node) *tree.Node {
	s := r.builder.node(tree.String, r.pos(n))
	s.Text = n.Value
	if r.foreign {
		r.foreignScalar(n, s)
		return s
	}
	tag := n.Tag
	if n.Style&yaml.TaggedStyle != 0 {
		tag = r.tagged(n, s)
	}
	switch tag {
	case "!!null":
		s.Kind, s.Text = tree.Null, ""
	case "!!bool":
		s.Kind, s.Text = tree.Bool, strings.ToLower(n.Value)
	case "!!int":
		s.Kind = tree.Int
	case "!!float":
		r.float(s)
	case "!!str", "!!timestamp", "!!merge":
		s.Plain = n.Style == 0
	case "":
	default:
		r.unknownTag(n)
	}
	return s
}

// float sorts out what the parser takes for a float.
func (r *yamlReader) float(s *tree.Node) {
	if kind := floatKind(s.Text); kind != tree.Null {
		s.Kind = kind
		return
	}
	s.Kind = tree.Float
	r.errorf(s.Pos, r.text.ids.value, "%s is not a number that Kubernetes can hold: quote it if it is a text", s.Text)
}

// floatKind is what a float of the parser is: an integer where that is only too
// large for it, Null where it is no number to anybody else.
func floatKind(typed string) tree.Kind {
	switch digits := strings.TrimLeft(typed, "+-"); {
	case strings.Trim(digits, "0123456789_") == "":
		return tree.Int
	case strings.HasPrefix(digits, ".") && strings.ContainsAny(digits, "nN"):
		return tree.Null
	}
	return tree.Float
}

// tagged resolves a scalar as its tag says and returns the tag it then has;
// empty where s is done.
func (r *yamlReader) tagged(n *yaml.Node, s *tree.Node) string {
	plain := yaml.Node{Kind: yaml.ScalarNode, Value: n.Value}
	switch is := plain.ShortTag(); {
	case n.Tag == "!!str" || n.Tag == "!!timestamp":
		return ""
	case n.Tag == "!!binary":
		r.binary(s)
		return ""
	case n.Tag == is || n.Tag == "!!float" && is == "!!int":
		return n.Tag
	case n.Tag == "!!null" || n.Tag == "!!bool" || n.Tag == "!!int" || n.Tag == "!!float":
		r.errorf(s.Pos, r.text.ids.syntax, "the value does not fit its tag %s", n.Tag)
		return ""
	}
	return n.Tag
}

// binary decodes a !!binary scalar that holds text.
func (r *yamlReader) binary(s *tree.Node) {
	content, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s.Text), ""))
	switch {
	case err != nil:
		r.errorf(s.Pos, r.text.ids.syntax, "the value does not fit its tag !!binary: it is not base64")
	case !utf8.Valid(content):
		r.errorf(s.Pos, r.text.ids.value, "!!binary content that is no text has its place in binaryData, as a base64 string without the tag")
	default:
		s.Text = string(content)
	}
}
