package krm

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Result is one thing that a function has to say.
type Result struct {
	Message  string            `json:"message"`
	Severity string            `json:"severity"` // error, warning or info
	Resource *ResourceRef      `json:"resourceRef,omitempty"`
	Field    *Field            `json:"field,omitempty"`
	File     *File             `json:"file,omitempty"`
	Tags     map[string]string `json:"tags,omitempty"`
}

// ResourceRef names the object that a result is about.
type ResourceRef struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace,omitempty"`
	Name       string `json:"name"`
}

// Field is the path of the field that a result is about.
type Field struct {
	Path string `json:"path"`
}

// File is the file of the object that a result is about, and which of its documents.
type File struct {
	Path  string `json:"path"`
	Index int    `json:"index,omitempty"`
}

// The annotations by which functions and those who run them tell where an object
// lies; the second of each is the older name.
var (
	pathKeys  = []string{"internal.config.kubernetes.io/path", "config.kubernetes.io/path"}
	indexKeys = []string{"internal.config.kubernetes.io/index", "config.kubernetes.io/index"}
)

// bookkeeping starts the keys of annotations that belong to who runs the function.
var bookkeeping = []string{"internal.config.kubernetes.io/", "config.kubernetes.io/", "config.k8s.io/", "kustomize.config.k8s.io/"}

func annotationsOf(n *tree.Node) *tree.Node { return n.At(tree.P("metadata", "annotations")) }

// FileOf is the file that an object says it lies in; nil where it says none.
func FileOf(n *tree.Node) *File {
	get := func(keys []string) string {
		for _, key := range keys {
			if v := annotationsOf(n).Get(key); v != nil {
				return v.Text
			}
		}
		return ""
	}
	name := get(pathKeys)
	if name == "" {
		return nil
	}
	index, err := strconv.Atoi(get(indexKeys))
	if err != nil {
		index = 0
	}
	return &File{name, index}
}

// IsLocal reports whether an object is configuration of tools, not for a cluster.
func IsLocal(n *tree.Node) bool {
	v := annotationsOf(n).Get("config.kubernetes.io/local-config")
	return v != nil && v.Text != "false"
}

// RefOf names an object.
func RefOf(n *tree.Node) *ResourceRef {
	text := func(path ...any) string {
		if v := n.At(path); v != nil {
			return v.Text
		}
		return ""
	}
	return &ResourceRef{text("apiVersion"), text("kind"), text("metadata", "namespace"), text("metadata", "name")}
}

// Made is an object that a function made, and the file that it should go to.
type Made struct {
	YAML []byte
	File string
}

// Write is the list with made objects and results. One that is in the list already
// replaces that, and goes to the same file; the others come behind.
func (l *List) Write(made []Made, results []Result) []byte {
	var added []*tree.Node
	replaced := map[int]*tree.Node{}
	for _, m := range made {
		n := parse(m.YAML)
		if n == nil {
			continue
		}
		if i := l.find(n); i >= 0 {
			keepBookkeeping(n, l.Items[i])
			replaced[i] = n
			continue
		}
		annotate(n, pathKeys, m.File)
		annotate(n, indexKeys, "0")
		added = append(added, n)
	}
	if l.lines != nil {
		out := l.spliced(replaced, added, results)
		if isWhole(out) {
			return out
		}
	}
	return l.anew(replaced, added, results)
}

// isWhole reports whether a list can be read again: an alias of what was replaced may
// stand in what was not.
func isWhole(list []byte) bool {
	sink := &report.Sink{}
	return Read(&tree.Source{}, list, sink) != nil
}

func parse(yaml []byte) (n *tree.Node) {
	read.Documents(&tree.Source{}, yaml, &report.Sink{}, func(document *tree.Node) { n = document })
	return n
}

// find is the index of the item that is the same object as n, -1 for none.
func (l *List) find(n *tree.Node) int {
	want := RefOf(n)
	return slices.IndexFunc(l.Items, func(item *tree.Node) bool {
		ref := RefOf(item)
		return ref.Kind == want.Kind && ref.Name == want.Name && ref.Namespace == want.Namespace &&
			manifest.GroupOf(ref.APIVersion) == manifest.GroupOf(want.APIVersion)
	})
}

// annotate sets an annotation under each of its keys.
func annotate(n *tree.Node, keys []string, value string) {
	metadata := n.Get("metadata")
	if metadata == nil || metadata.Kind != tree.Map {
		return
	}
	annotations := metadata.Get("annotations")
	if annotations == nil || annotations.Kind != tree.Map {
		annotations = &tree.Node{Kind: tree.Map}
		metadata.Set("annotations", tree.Pos{}, annotations)
	}
	for _, key := range keys {
		annotations.Set(key, tree.Pos{}, &tree.Node{Kind: tree.String, Text: value})
	}
}

// keepBookkeeping gives n the annotations of old that belong to who runs the function.
func keepBookkeeping(n, old *tree.Node) {
	annotations := annotationsOf(old)
	if annotations == nil {
		return
	}
	for _, f := range annotations.Fields {
		if slices.ContainsFunc(bookkeeping, func(prefix string) bool { return strings.HasPrefix(f.Key, prefix) }) {
			annotate(n, []string{f.Key}, f.Value.Text)
		}
	}
}

// spliced is the input with only the changed lines exchanged.
func (l *List) spliced(replaced map[int]*tree.Node, added []*tree.Node, results []Result) []byte {
	var out []byte
	if len(l.root.Fields) > 0 {
		out = append(out, bytes.Join(l.lines[:l.root.Fields[0].KeyPos.Line-1], nil)...)
	}
	hasItems := false
	for i := range l.root.Fields {
		from, to := l.section(i)
		switch key := l.root.Fields[i].Key; {
		case key == "results":
			continue
		case key == "items" && len(replaced)+len(added) > 0:
			out = l.spliceItems(out, from, to, replaced, added)
		default:
			out = append(out, bytes.Join(l.lines[from:to], nil)...)
		}
		hasItems = hasItems || l.root.Fields[i].Key == "items"
		out = ended(out)
	}
	if !hasItems && len(added) > 0 {
		out = append(out, "items:\n"...)
		for _, n := range added {
			out = append(out, indented(manifest.Append(nil, n), 0)...)
		}
	}
	return appendResults(out, results)
}

// spliceItems appends the items, of which the lines from and up to hold the old ones.
func (l *List) spliceItems(out []byte, from, to int, replaced map[int]*tree.Node, added []*tree.Node) []byte {
	column := 0
	if len(l.Items) > 0 {
		first, _ := l.itemLines(0)
		column = bytes.IndexByte(l.lines[first], '-')
		out = append(out, bytes.Join(l.lines[from:first], nil)...)
	} else {
		out = append(out, "items:\n"...)
	}
	for i := range l.Items {
		if n := replaced[i]; n != nil {
			out = append(out, indented(manifest.Append(nil, n), column)...)
			out = append(out, bytes.Join(l.behind(i), nil)...)
			out = ended(out)
			continue
		}
		first, end := l.itemLines(i)
		out = append(out, bytes.Join(l.lines[first:min(end, to)], nil)...)
		out = ended(out)
	}
	for _, n := range added {
		out = append(out, indented(manifest.Append(nil, n), column)...)
	}
	return out
}

// behind are the comments and empty lines between an item and what follows it.
func (l *List) behind(i int) [][]byte {
	from, to := l.itemLines(i)
	first := to
	for ; first > from+1; first-- {
		if line := bytes.TrimSpace(l.lines[first-1]); len(line) > 0 && line[0] != '#' {
			break
		}
	}
	return l.lines[first:to]
}

// ended ends the last line.
func ended(out []byte) []byte {
	if len(out) > 0 && out[len(out)-1] != '\n' {
		out = append(out, '\n')
	}
	return out
}

func appendResults(out []byte, results []Result) []byte {
	if len(results) == 0 {
		return out
	}
	return manifest.Append(out, &struct {
		Results []Result `json:"results"`
	}{results})
}

// anew writes all of the list.
func (l *List) anew(replaced map[int]*tree.Node, added []*tree.Node, results []Result) []byte {
	root := l.root.Without("results", "items", "functionConfig")
	items := &tree.Node{Kind: tree.List}
	for i, item := range l.Items {
		if n := replaced[i]; n != nil {
			item = n
		}
		items.Fields = append(items.Fields, tree.Field{Value: item})
	}
	for _, n := range added {
		items.Fields = append(items.Fields, tree.Field{Value: n})
	}
	root.Set("items", tree.Pos{}, items)
	if l.Config != nil {
		root.Set("functionConfig", tree.Pos{}, l.Config)
	}
	return appendResults(manifest.Append(nil, root), results)
}
