package read

import (
	"bytes"
	"errors"
	"io"

	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// YAML reads a file of one YAML document. It returns nil where sink got an error.
//
// Scalars resolve as in YAML 1.2, a timestamp to a string. Aliases are copied
// in: a copy stands where its alias stands, what lies in it where it was written.
// The keys of a merge (<<) stand in its place; those of the map itself win over
// them, and of several merged maps the first.
func YAML(source *tree.Source, data []byte, sink *report.Sink) *tree.Node {
	t := newText(source, data, sink)
	if t == nil {
		return nil
	}
	p := newPlainReader(source, false)
	if n, ok := p.document(string(t.data), 0); ok && n != nil {
		return n
	}
	return readYAML(t, sink)
}

// readYAML reads what the plain reader gives up.
func readYAML(t *text, sink *report.Sink) *tree.Node {
	documents, err := yamlDocuments(t.data)
	if err != nil {
		pos, id, message := yamlMistake(t, err)
		sink.ErrorAt(t.inFile(pos), id, nil, "%s", message)
		return nil
	}
	if len(documents) == 0 {
		sink.ErrorAt(tree.Pos{Source: t.source}, schema.BadFile, nil, "the file is empty: it holds no field")
		return nil
	}
	r := newYAMLReader(t, sink)
	if len(documents) > 1 {
		r.errorf(r.pos(documents[1]), r.text.ids.syntax, "a second document: one file holds one, several services go under services: NAME")
		return nil
	}
	return r.root(documents[0])
}

// yamlDocuments parses the documents of a stream, up to the second that holds
// anything.
func yamlDocuments(data []byte) (documents []*yaml.Node, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	for len(documents) < 2 {
		d := &yaml.Node{}
		if err := decoder.Decode(d); errors.Is(err, io.EOF) {
			return documents, nil
		} else if err != nil {
			return nil, err
		}
		if !isNothing(d) {
			documents = append(documents, d)
		}
	}
	return documents, nil
}

// isNothing reports whether there is nothing between the marks of a document.
func isNothing(document *yaml.Node) bool {
	if len(document.Content) == 0 {
		return true
	}
	n := document.Content[0]
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 && n.Anchor == ""
}

// yamlReader turns YAML nodes into a tree.
type yamlReader struct {
	builder
	rows    []int32 // see yamlRows
	lines   int
	weights map[*yaml.Node]weight
	foreign bool // scalars, keys and merges are read as the API server's clients do
}

func newYAMLReader(t *text, sink *report.Sink) *yamlReader {
	return &yamlReader{builder: newBuilder(t, sink), rows: yamlRows(t), lines: bytes.Count(t.data, []byte{'\n'}) + 1}
}

// root reads a document, nil where it reported a mistake.
func (r *yamlReader) root(document *yaml.Node) *tree.Node {
	root := document.Content[0]
	r.weigh(root)
	if r.hasFailed() {
		return nil
	}
	n := r.node(root)
	if r.hasFailed() {
		return nil
	}
	return n
}

// pos is where a YAML node stands in the file.
func (r *yamlReader) pos(n *yaml.Node) tree.Pos { return r.text.inFile(r.place(n)) }

// place is where a YAML node stands in the text. The parser puts what is left out
// at the end of a file below its last line.
func (r *yamlReader) place(n *yaml.Node) tree.Pos {
	if r.rows == nil {
		if n.Line > r.lines {
			return r.text.pos(len(r.text.data))
		}
		return tree.Pos{Source: r.text.source, Line: int32(n.Line), Col: int32(n.Column)}
	}
	return r.text.rowPos(r.rows, n.Line, n.Column)
}

// node reads n, which at has led to. It returns a node also where it reported a
// mistake, so that all mistakes are found at once.
func (r *yamlReader) node(n *yaml.Node) *tree.Node {
	switch n.Kind {
	case yaml.AliasNode:
		pos := r.pos(n)
		copied := r.node(n.Alias)
		copied.Pos = pos
		return copied
	case yaml.MappingNode:
		return r.mapping(n)
	case yaml.SequenceNode:
		return r.sequence(n)
	}
	return r.scalar(n)
}

func (r *yamlReader) sequence(n *yaml.Node) *tree.Node {
	list := r.builder.node(tree.List, r.pos(n))
	if r.isTooDeep() {
		r.tooDeep(list.Pos)
		return list
	}
	r.checkTag(n, "!!seq")
	list.Fields = make([]tree.Field, len(n.Content))
	for i, c := range n.Content {
		r.enterElement(i)
		list.Fields[i].Value = r.node(c)
		r.leave()
	}
	return list
}

func (r *yamlReader) mapping(n *yaml.Node) *tree.Node {
	m := r.builder.node(tree.Map, r.pos(n))
	if r.isTooDeep() {
		r.tooDeep(m.Pos)
		return m
	}
	r.checkTag(n, "!!map")
	m.Fields = make([]tree.Field, 0, len(n.Content)/2)
	if r.foreign {
		r.foreignMapping(n, m)
		return m
	}
	var index keyIndex
	var merge *yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if isMerge(k) {
			if merge != nil {
				r.errorf(r.pos(k), r.text.ids.duplicate, "the key << is already in line %d: merge several with <<: [*a, *b]", r.pos(merge).Line)
			}
			merge = k
			m.Fields = r.appendMerged(m.Fields, r.ownKeys(n), v)
			continue
		}
		key, ok := r.key(k)
		if !ok {
			continue
		}
		pos := r.pos(k)
		if same := index.find(m.Fields, key); same >= 0 {
			r.errorf(pos, r.text.ids.duplicate, "the key %q is already in line %d", key, m.Fields[same].KeyPos.Line)
			continue
		}
		r.enter(key)
		m.Fields = append(m.Fields, tree.Field{Key: key, KeyPos: pos, Value: r.node(v)})
		r.leave()
	}
	return m
}

// key is the text of a key, as typed where it is no string: 8080, true.
func (r *yamlReader) key(k *yaml.Node) (key string, ok bool) {
	pos := r.pos(k)
	for k.Kind == yaml.AliasNode {
		k = k.Alias
	}
	switch {
	case r.foreign && k.Kind == yaml.ScalarNode:
		return r.foreignKey(k, pos)
	case k.Kind != yaml.ScalarNode:
		r.errorf(pos, r.text.ids.syntax, "a key is a word or a text, not %s; a text that starts with { or [ needs quotes", yamlKind(k))
	case k.Tag == "!!null" && k.Value == "":
		r.errorf(pos, r.text.ids.syntax, "there is no key before the colon")
	case k.Tag == "!!null":
		r.errorf(pos, r.text.ids.syntax, "%s is no key: quote it", k.Value)
	case k.Style&yaml.TaggedStyle != 0 && k.Tag != "!!str":
		r.errorf(pos, r.text.ids.syntax, "a key cannot have a tag")
	default:
		return k.Value, true
	}
	return "", false
}

func yamlKind(n *yaml.Node) string {
	if n.Kind == yaml.SequenceNode {
		return tree.List.String()
	}
	return tree.Map.String()
}

// checkTag reports a tag of a map or a list that is not the ordinary one.
func (r *yamlReader) checkTag(n *yaml.Node, ordinary string) {
	if !r.foreign && n.Style&yaml.TaggedStyle != 0 && n.Tag != ordinary {
		r.unknownTag(n)
	}
}

func (r *yamlReader) unknownTag(n *yaml.Node) {
	r.errorf(r.pos(n), r.text.ids.syntax, "this tag means nothing here: quote the value if it is a text that starts with !")
}
