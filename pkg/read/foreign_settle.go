package read

import (
	"bytes"
	"encoding/json"

	sigsyaml "sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// settle asks the reader of kubectl about the document that n was read from, for it
// has the last word: the parser that knows the places takes a few tabs, tags and
// aliases for something else. It returns nil where kubectl refuses the document, and where
// there is nothing in it.
func settle(t *text, n *tree.Node, sink *report.Sink) *tree.Node {
	content, err := sigsyaml.YAMLToJSON(t.data)
	if err != nil {
		foreignMistake(t, err, sink)
		return nil
	}
	r := jsonReader{builder: newBuilder(&text{source: t.source, data: content}, sink), decoder: json.NewDecoder(bytes.NewReader(content)), foreign: true}
	r.decoder.UseNumber()
	m, err := r.value()
	if err != nil {
		sink.ErrorAt(n.Pos, t.ids.syntax, nil, "kubectl makes no JSON of this document")
		return nil
	}
	correct(n, m)
	if n.Kind == tree.Null {
		return nil
	}
	return n
}

// correct makes the value of n that of m, and leaves its places.
func correct(n, m *tree.Node) {
	if n.Kind != m.Kind || n.Text != m.Text || len(n.Fields) != len(m.Fields) {
		replace(n, m)
		return
	}
	if n.Kind == tree.List {
		for i := range n.Fields {
			correct(n.Fields[i].Value, m.Fields[i].Value)
		}
		return
	}
	values := make(map[string]*tree.Node, len(m.Fields))
	for i := range m.Fields {
		values[m.Fields[i].Key] = m.Fields[i].Value
	}
	for i := range n.Fields {
		value, found := values[n.Fields[i].Key]
		if !found {
			replace(n, m)
			return
		}
		correct(n.Fields[i].Value, value)
	}
}

// replace makes n what m is, all of it in the place of n.
func replace(n, m *tree.Node) {
	move(m, n.Pos)
	*n = *m
}

func move(n *tree.Node, to tree.Pos) {
	n.Pos = to
	for i := range n.Fields {
		n.Fields[i].KeyPos = to
		move(n.Fields[i].Value, to)
	}
}
