// Package krm reads and writes the ResourceList of KRM functions, by which
// kustomize and kpt run other programs in their pipelines. What a function does not
// change it hands on byte for byte, comments included.
package krm

import (
	"bytes"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// The type of the list, as the specification of KRM functions names it.
const (
	APIVersion = "config.kubernetes.io/v1"
	Kind       = "ResourceList"
)

// List is a ResourceList as it was read.
type List struct {
	// Items are the objects; all are maps.
	Items []*tree.Node
	// Config is the functionConfig, nil without one.
	Config *tree.Node

	root *tree.Node
	// lines are those of the input, with their ends; nil where its form does not let
	// parts of it be exchanged, and all is written anew.
	lines [][]byte
}

// Read reads a ResourceList, nil with findings where data is none.
func Read(source *tree.Source, data []byte, sink *report.Sink) *List {
	sink.Source = source
	if len(bytes.TrimSpace(data)) == 0 {
		sink.ErrorAt(tree.Pos{Source: source, Line: 1, Col: 1}, schema.BadFile, nil, "there is nothing: expected a %s, as kustomize and kpt hand it to functions", Kind)
		return nil
	}
	var documents []*tree.Node
	read.Documents(source, data, sink, func(n *tree.Node) { documents = append(documents, n) })
	if len(sink.Findings) > 0 {
		return nil
	}
	if len(documents) == 0 {
		sink.ErrorAt(tree.Pos{Source: source, Line: 1, Col: 1}, schema.BadFile, nil, "there are only comments: expected a %s", Kind)
		return nil
	}
	if len(documents) > 1 {
		sink.ErrorAt(documents[1].Pos, schema.InvalidValue, nil, "a second document: a %s is one", Kind)
		return nil
	}
	l := &List{root: documents[0]}
	sink.Root = l.root
	if !l.take(sink) {
		return nil
	}
	l.split(data)
	return l
}

// take judges the list and takes its parts.
func (l *List) take(sink *report.Sink) bool {
	if l.root.Kind != tree.Map {
		sink.Errorf(schema.InvalidValue, nil, "expected a %s, found %s", Kind, l.root.Kind)
		return false
	}
	for i, want := range []string{APIVersion, Kind} {
		key := []string{"apiVersion", "kind"}[i]
		n := l.root.Get(key)
		switch {
		case n == nil:
			sink.Errorf(schema.MissingField, tree.P(key), "missing: expected a %s of %s", Kind, APIVersion)
			return false
		case n.Text != want:
			sink.Errorf(schema.InvalidValue, tree.P(key), "%q: expected %s", n.Text, want)
			return false
		}
	}
	for i := range l.root.Fields {
		known := []string{"apiVersion", "kind", "metadata", "items", "functionConfig", "results"}
		if key := l.root.Fields[i].Key; !slices.Contains(known, key) {
			sink.KeyErrorf(schema.UnknownField, tree.P(key), "unknown field of a %s%s", Kind, suggest.Hint(key, known))
		}
	}
	if n := l.root.Get("functionConfig"); n != nil && n.Kind != tree.Null {
		l.Config = n
		l.refuseNoObject(n, tree.P("functionConfig"), sink)
	}
	items := l.root.Get("items")
	switch {
	case items == nil || items.Kind == tree.Null:
	case items.Kind != tree.List:
		sink.Errorf(schema.InvalidValue, tree.P("items"), "expected a list, found %s", items.Kind)
	default:
		for i, f := range items.Fields {
			l.Items = append(l.Items, f.Value)
			l.refuseNoObject(f.Value, tree.P("items", i), sink)
		}
	}
	return len(sink.Findings) == 0
}

// refuseNoObject reports what has no apiVersion and no kind.
func (l *List) refuseNoObject(n *tree.Node, at tree.Path, sink *report.Sink) {
	if n.Kind != tree.Map {
		sink.Errorf(schema.InvalidValue, at, "expected an object, found %s", n.Kind)
		return
	}
	for _, key := range []string{"apiVersion", "kind"} {
		if v := n.Get(key); v == nil || v.Kind != tree.String {
			sink.Errorf(schema.MissingField, at.With(key), "missing: every object has it")
		}
	}
}

// split keeps the lines of the input where each part of the list has lines of its own.
func (l *List) split(data []byte) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var lines [][]byte
	for line := range bytes.Lines(data) {
		lines = append(lines, line)
	}
	before := int32(0)
	for i := range l.root.Fields {
		pos := l.root.Fields[i].KeyPos
		if pos.Col != 1 || pos.Line <= before {
			return
		}
		before = pos.Line
	}
	for _, line := range lines[l.root.Fields[0].KeyPos.Line-1:] {
		if bytes.HasPrefix(line, []byte("---")) || bytes.HasPrefix(line, []byte("...")) {
			return
		}
	}
	for i, item := range l.Items {
		if item.Pos.Line <= l.root.Field("items").KeyPos.Line || i > 0 && item.Pos.Line <= l.Items[i-1].Pos.Line {
			return
		}
		if line := bytes.TrimLeft(lines[item.Pos.Line-1], " "); !bytes.HasPrefix(line, []byte("- ")) {
			return
		}
	}
	l.lines = lines
}

// section is the lines of a field of the list, from and up to.
func (l *List) section(i int) (from, to int) {
	to = len(l.lines)
	if i+1 < len(l.root.Fields) {
		to = int(l.root.Fields[i+1].KeyPos.Line) - 1
	}
	return int(l.root.Fields[i].KeyPos.Line) - 1, to
}

// itemLines are the lines of an item, from and up to.
func (l *List) itemLines(i int) (from, to int) {
	from = int(l.Items[i].Pos.Line) - 1
	if i+1 < len(l.Items) {
		return from, int(l.Items[i+1].Pos.Line) - 1
	}
	for f := range l.root.Fields {
		if l.root.Fields[f].Key == "items" {
			_, to = l.section(f)
		}
	}
	return from, to
}

// Item is an item as a document of its own, comments included.
func (l *List) Item(i int) []byte {
	if l.lines == nil {
		return manifest.Append(nil, l.Items[i])
	}
	from, to := l.itemLines(i)
	dash := bytes.IndexByte(l.lines[from], '-')
	var out []byte
	for n, line := range l.lines[from:to] {
		if n == 0 {
			line = append(bytes.Repeat([]byte(" "), dash+1), line[dash+1:]...)
		}
		margin := int(l.Items[i].Pos.Col) - 1
		for margin > 0 && len(line) > 0 && line[0] == ' ' {
			line = line[1:]
			margin--
		}
		out = append(out, line...)
	}
	return out
}

// NodeAt is the path of the innermost node of the list that stands at a place.
func (l *List) NodeAt(pos tree.Pos) (path tree.Path) {
	var walk func(n *tree.Node, at tree.Path)
	walk = func(n *tree.Node, at tree.Path) {
		for i := range n.Fields {
			f := &n.Fields[i]
			inner := at.With(f.Key)
			if n.Kind == tree.List {
				inner = at.With(i)
			}
			if stands(f.KeyPos, pos) || stands(f.Value.Pos, pos) {
				path = inner
			}
			walk(f.Value, inner)
		}
	}
	walk(l.root, nil)
	return path
}

func stands(a, b tree.Pos) bool { return a.Line == b.Line && a.Col == b.Col }

// indented is a document as an item whose dash stands in a column from 0.
func indented(document []byte, column int) []byte {
	margin := strings.Repeat(" ", column)
	var out []byte
	first := true
	for line := range bytes.Lines(document) {
		switch {
		case first:
			out = append(append(out, margin...), "- "...)
		case len(bytes.TrimSpace(line)) > 0:
			out = append(append(out, margin...), "  "...)
		}
		first = false
		out = append(out, line...)
	}
	return out
}
