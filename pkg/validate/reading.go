package validate

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// outcome is what came of one input, or of a piece of it.
type outcome struct {
	// What was found in what cannot be read, and in objects. There is a bound to
	// what is said of an input.
	unread, judged report.Sink
	findings       []report.Finding // other
	objects        []place
	claims         []claim
	crds           []*tree.Node
	kept           []any
	hasCustom      bool // of some object only a CRD can tell
	documents      int
	isEmpty        bool // there is nothing in the input
	skipped        int
	err            error
}

// reading is the reading of one piece of an input.
type reading struct {
	judge  *Judge
	strict bool
	keep   func(*tree.Node) any // nil for nothing
	// customs is set when the custom resources are judged, and nothing else; they
	// wait until all CRDs are known.
	customs bool
	out     outcome
	// hasPatches is set where documents may be patches.
	hasPatches bool
}

func (r *reading) read(piece *read.Piece, source *tree.Source, file string) {
	r.hasPatches = file != "" && !r.strict && bytes.Contains(piece.Data, []byte(patchField))
	unread := &r.out.unread
	piece.Documents(source, unread, r.document)
	switch {
	case r.customs:
		unread.Findings = nil // it is told
	case r.out.documents == 0 && len(unread.Findings) > 0 && isCommentedJSON(file, piece.Data):
		unread.Findings = nil
		r.out.documents++
		r.noObject(tree.Pos{Source: source, Line: 1, Col: 1})
	}
	for _, findings := range [][]report.Finding{unread.Findings, r.out.judged.Findings, r.out.findings} {
		detach(findings)
	}
}

// isCommentedJSON reports whether a file is JSON for programs that take comments,
// which no manifest has.
func isCommentedJSON(file string, data []byte) bool {
	return filepath.Ext(file) == ".json" && !bytes.Contains(data, []byte("apiVersion")) &&
		(bytes.Contains(data, []byte("//")) || bytes.Contains(data, []byte("/*")))
}

// detach makes findings share no memory with the documents that they are about.
func detach(findings []report.Finding) {
	for i := range findings {
		f := &findings[i]
		f.Path = f.Path.With()
		for j, e := range f.Path {
			if key, ok := e.(string); ok {
				f.Path[j] = strings.Clone(key)
			}
		}
		for j := range f.Objects {
			f.Objects[j] = strings.Clone(f.Objects[j])
		}
		f.Message, f.Field = strings.Clone(f.Message), strings.Clone(f.Field)
	}
}

// document judges one document, which may be a list of objects.
func (r *reading) document(n *tree.Node) {
	if !r.customs {
		r.out.documents++
	}
	Elements(n, r.element)
}

// Elements calls do with the objects in a document: the elements of a List, or of
// a list of one kind such as ConfigMapList, else the document itself.
func Elements(n *tree.Node, do func(*tree.Node)) {
	items := n.Get("items")
	switch {
	case !isList(n):
		do(n)
	case items != nil && items.Kind == tree.List:
		for i := range items.Fields {
			Elements(asElement(n, items.Fields[i].Value), do)
		}
	case items != nil && items.Kind != tree.Null:
		do(n)
	}
}

// isList reports whether a document is a list, which may be without items: a
// template's loop over nothing leaves one.
func isList(n *tree.Node) bool {
	apiVersion, kind, items := textAt(n, "apiVersion"), textAt(n, "kind"), n.Get("items")
	element, found := strings.CutSuffix(kind, "List")
	switch {
	case !found:
		return false
	case items != nil && items.Kind == tree.List:
		return true
	case element == "":
		return items == nil || items.Kind == tree.Null || apiVersion == "v1"
	}
	return manifest.KindOf(apiVersion, element) != nil
}

func (r *reading) element(n *tree.Node) {
	apiVersion, kind := n.Get("apiVersion"), n.Get("kind")
	switch {
	case r.hasPatches && isPatch(n):
		if !r.customs {
			r.out.skipped++
		}
	case isText(apiVersion) && isText(kind) && isList(n):
		if !r.customs {
			r.out.judged.Root = n
			r.out.judged.Errorf(Syntax, tree.P("items"), "expected a list, found %s", n.Get("items").Kind)
		}
	case isText(apiVersion) && isText(kind):
		r.object(n)
	case r.customs:
	case apiVersion == nil && kind == nil, n.Get("metadata") == nil:
		r.noObject(n.Pos)
	default:
		r.incomplete(n)
	}
}

// patchField is in what is a patch for kustomize.
const patchField = "$patch"

// isPatch reports whether a manifest is a strategic merge patch that says so. That
// of other kinds may be about patches.
func isPatch(n *tree.Node) bool {
	return manifest.KindOf(textAt(n, "apiVersion"), textAt(n, "kind")) != nil && hasField(n, patchField)
}

func hasField(n *tree.Node, key string) bool {
	return slices.ContainsFunc(n.Fields, func(f tree.Field) bool { return f.Key == key || hasField(f.Value, key) })
}

// asElement is an element of a list of one kind, ConfigMapList, which need not
// say its kind itself.
func asElement(list, n *tree.Node) *tree.Node {
	kind := strings.TrimSuffix(list.Get("kind").Text, "List")
	if kind == "" || n.Kind != tree.Map || n.Get("apiVersion") != nil || n.Get("kind") != nil || !isText(list.Get("apiVersion")) {
		return n
	}
	element := n.Without()
	element.Set("apiVersion", n.Pos, list.Get("apiVersion"))
	element.Set("kind", n.Pos, &tree.Node{Kind: tree.String, Text: kind, Pos: list.Get("kind").Pos})
	return element
}

func isText(n *tree.Node) bool { return n != nil && n.Kind == tree.String && n.Text != "" }

// noObject counts a document that is no Kubernetes object.
func (r *reading) noObject(pos tree.Pos) {
	if !r.strict {
		r.out.skipped++
		// No kubectl reads it, so that a key may stand twice.
		r.out.unread.Findings = slices.DeleteFunc(r.out.unread.Findings, func(f report.Finding) bool { return f.ID == DuplicateField && f.Pos.Line >= pos.Line })
		return
	}
	r.out.judged.ErrorAt(pos, NoObject, nil, "no Kubernetes object: apiVersion and kind are missing")
}

// incomplete reports an object whose kind cannot be known.
func (r *reading) incomplete(n *tree.Node) {
	r.out.judged.Root = n
	for _, key := range []string{"apiVersion", "kind"} {
		if value := n.Get(key); value == nil || value.Kind == tree.Null {
			r.out.judged.Errorf(Required, tree.P(key), "Required value: no object is without it").Fix = "add " + key
		} else if !isText(value) {
			r.out.judged.Errorf(Syntax, tree.P(key), "expected a string, found %s", value.Kind)
		}
	}
}

// object judges one object, in the pass that is about it.
func (r *reading) object(n *tree.Node) {
	apiVersion, kind := n.Get("apiVersion").Text, n.Get("kind").Text
	isCRD := IsCRD(n)
	isCustom := !isCRD && manifest.KindOf(apiVersion, kind) == nil
	if isCustom != r.customs {
		r.out.hasCustom = r.out.hasCustom || isCustom
		return // it is the other pass's
	}
	if isCRD {
		r.out.crds = append(r.out.crds, n)
	}
	object, problems := r.judge.Node(n)
	isObject := len(problems) != 1 || problems[0].ID != NoObject
	switch {
	case isObject:
		r.take(n, object, r.judge.isClusterScoped(object))
	case !r.strict:
		r.out.skipped++
		return
	}
	r.out.judged.Root = n
	for i := range problems {
		if p := &problems[i]; p.isUnchecked() {
			r.out.findings = append(r.out.findings, p.Finding(object, p.Path, n.Begin(p.Path)))
		} else {
			p.report(object, &r.out.judged)
		}
	}
}

// take notes that the object n is there.
func (r *reading) take(n *tree.Node, o *manifest.Object, isClusterScoped bool) {
	id := identity{manifest.GroupOf(o.APIVersion), o.Kind, o.Namespace, o.Name}
	if isClusterScoped {
		id.namespace = ""
	}
	p := place{id.clone(), n.Begin(tree.P("metadata", "name"))}
	r.out.objects = append(r.out.objects, p)
	r.out.claims = append(r.out.claims, claims(n, p)...)
	if r.keep != nil {
		r.out.kept = append(r.out.kept, r.keep(n))
	}
}
