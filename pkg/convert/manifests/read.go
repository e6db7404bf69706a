package manifests

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// input is what was read.
type input struct {
	// minor is the release 1.minor to render for.
	minor   int
	objects []*Object
	report  convert.Report
}

// read reads all that the paths name. The error is about what cannot be opened; the
// rest is read all the same.
func (in *input) read(o Options) error {
	found, err := load.FindInputs(load.Options{Paths: o.Paths, Stdin: o.Stdin, Command: "kgen import manifests"})
	if found == nil {
		return err
	}
	errs := []error{err}
	for _, s := range found.Skipped {
		in.skip(s.File, s.Reason)
	}
	for _, file := range found.Services {
		if file == "-" {
			errs = append(errs, in.documentsOf("<stdin>", string(found.Stdin)))
			continue
		}
		in.skip(file, "no manifest: it has no apiVersion and kind")
	}
	for _, file := range found.Manifests {
		pieces, err := read.ManifestFile(file)
		if err == nil {
			err = in.documents(filepath.ToSlash(file), pieces)
		}
		errs = append(errs, unreadable(file, err))
	}
	for _, stream := range found.Streams {
		errs = append(errs, unreadable(stream.Name, in.documents(stream.Name, stream.Pieces)))
	}
	return errors.Join(errs...)
}

func unreadable(file string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", filepath.ToSlash(file), err)
}

// skip reports a file that is of another tool. What kustomize and Helm make of files is
// not in these.
func (in *input) skip(file, reason string) {
	outcome := convert.Dropped
	switch {
	case reason == "kustomization" && changesNothing(file):
		reason = "kustomization: it only names the files of its resources"
	case reason == "kustomization":
		outcome = convert.ToDo
		reason = "kustomization: what it changes in its resources is not in their files; to have it, pipe kustomize build to kgen import manifests -"
	case strings.HasPrefix(reason, "template of a Helm"):
		outcome = convert.ToDo
		reason += ": to have what it makes, pipe helm template to kgen import manifests -"
	case strings.HasPrefix(reason, "compose"):
		reason += ": kgen import compose takes it"
	}
	in.report.Add(convert.Item{Outcome: outcome, Pos: tree.Pos{Source: &tree.Source{Name: filepath.ToSlash(file)}}, Message: reason})
}

// changesNothing reports whether a kustomization names resources and does no more.
func changesNothing(file string) bool {
	data, err := read.File(file)
	if err != nil {
		return false
	}
	isPlain := true
	sink := &report.Sink{}
	read.Documents(&tree.Source{}, data, sink, func(n *tree.Node) {
		for _, key := range keys(n) {
			isPlain = isPlain && slices.Contains([]string{"apiVersion", "kind", "metadata", "resources", "bases"}, key)
		}
	})
	return isPlain && len(sink.Findings) == 0
}

// documents reads a stream of documents. What cannot be read is reported, and the rest
// goes on.
func (in *input) documents(name string, pieces *read.Pieces) error {
	sink := &report.Sink{}
	err := pieces.Documents(&tree.Source{Name: name, Dir: filepath.Dir(name)}, sink, func(n *tree.Node) { in.document(n, nil) })
	for i := range sink.Findings {
		f := &sink.Findings[i]
		in.report.Add(convert.Item{Outcome: convert.Wrong, Pos: f.Pos, Message: sentence(f.Message, f.Fix)})
	}
	return err
}

// documentsOf reads documents in memory.
func (in *input) documentsOf(name, text string) error {
	return in.documents(name, read.NewPieces(io.NopCloser(strings.NewReader(text))))
}

// sentence is a message with what to do about it.
func sentence(message, fix string) string {
	if fix == "" {
		return message
	}
	return message + ": " + fix
}

// document takes a document, or each of those that it lists.
func (in *input) document(n *tree.Node, listed tree.Path) {
	items := n.Get("items")
	switch {
	case n.Kind != tree.Map:
		in.report.Add(convert.Item{Outcome: convert.Wrong, Pos: n.Pos, Path: listed.String(), Message: "expected a manifest, found " + n.Kind.String()})
	case text(n, "kind") == "List" && (items == nil || items.Kind == tree.Null || items.Kind == tree.List && len(items.Fields) == 0):
		in.report.Add(convert.Item{Outcome: convert.Dropped, Pos: n.Pos, Path: listed.String(), Message: "a list of nothing"})
	case isList(n) && items.Kind != tree.List:
		in.report.Add(convert.Item{Outcome: convert.Wrong, Pos: items.Pos, Path: listed.With("items").String(), Message: "expected a list, found " + items.Kind.String()})
	case isList(n) && len(listed) < read.MaxDepth:
		for i := range items.Fields {
			in.document(itemOf(n, items.Fields[i].Value), listed.With("items", i))
		}
	default:
		in.object(n)
	}
}

// isList reports whether a document is a list of objects, which has no name.
func isList(n *tree.Node) bool {
	return strings.HasSuffix(text(n, "kind"), "List") && n.Get("items") != nil && n.At(tree.P("metadata", "name")) == nil
}

// itemOf is an element of a list; those of a typed one need not say what they are.
func itemOf(list, n *tree.Node) *tree.Node {
	kind := strings.TrimSuffix(text(list, "kind"), "List")
	if n.Kind != tree.Map || kind == "" || n.Get("kind") != nil || n.Get("apiVersion") != nil {
		return n
	}
	n = n.Without()
	n.Fields = append([]tree.Field{
		{Key: "apiVersion", Value: &tree.Node{Kind: tree.String, Text: text(list, "apiVersion"), Pos: n.Pos}},
		{Key: "kind", Value: &tree.Node{Kind: tree.String, Text: kind, Pos: n.Pos}},
	}, n.Fields...)
	return n
}

// text is the string at a path; empty where there is none.
func text(n *tree.Node, path ...any) string {
	if found := n.At(path); found != nil && found.Kind == tree.String {
		return found.Text
	}
	return ""
}
