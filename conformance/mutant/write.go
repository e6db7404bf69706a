package mutant

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// rawTag marks scalars whose value is YAML text, to be written as it is.
const rawTag = "!raw"

// raw is a scalar that is written as it is: one line of YAML.
func raw(text string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: rawTag, Value: text} }

// write is the manifest at work as YAML.
func (w *worker) write() []byte {
	var replace []string
	root := copyForWriting(w.root, &replace)
	var buffer bytes.Buffer
	encoder := yaml.NewEncoder(&buffer)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return fmt.Appendf(nil, "# not written: %v\n", err)
	}
	return []byte(strings.NewReplacer(replace...).Replace(buffer.String()))
}

// copyForWriting puts a word that stands for itself in place of each raw scalar.
func copyForWriting(n *yaml.Node, replace *[]string) *yaml.Node {
	c := *n
	if n.Tag == rawTag {
		word := fmt.Sprintf("raw-%06d-raw", len(*replace)/2)
		*replace = append(*replace, word, n.Value)
		c.Tag, c.Value, c.Style = "", word, 0
	}
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, inner := range n.Content {
		c.Content[i] = copyForWriting(inner, replace)
	}
	return &c
}

// short is a value in one line, for messages.
func short(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		if len(n.Content) == 0 {
			return "{}"
		}
		return "{" + n.Content[0].Value + ": ...}"
	case yaml.SequenceNode:
		return fmt.Sprintf("[%d items]", len(n.Content))
	}
	return n.Value
}
