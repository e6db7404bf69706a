package validate

import (
	"path/filepath"
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// outcome is what came of one input.
type outcome struct {
	findings  []report.Finding
	objects   []place
	crds      []*tree.Node
	hasCustom bool // of some object only a CRD can tell
	skipped   int
	err       error
}

// reading is the reading of one input.
type reading struct {
	judge  *Judge
	strict bool
	// customs is set when the custom resources are judged, and nothing else; they
	// wait until all CRDs are known.
	customs bool
	out     *outcome
	sink    report.Sink // of the input, which bounds what is said of it
}

func (r *reading) read(in *Input) {
	data := in.Data
	if in.File != "" {
		var err error
		if data, err = read.ManifestFile(in.File); err != nil {
			r.out.err = err
			return
		}
	}
	source := &tree.Source{Name: in.Name, Dir: filepath.Dir(in.File)}
	sink := &report.Sink{}
	read.Documents(source, data, sink, r.document)
	if !r.customs {
		r.out.findings = append(r.out.findings, sink.Findings...)
	}
	r.out.findings = append(r.out.findings, r.sink.Findings...)
}

// document judges one document, which may be a list of objects.
func (r *reading) document(n *tree.Node) { Elements(n, r.element) }

// Elements calls do with the objects in a document: the elements of a List, or of
// a list of one kind such as ConfigMapList, else the document itself.
func Elements(n *tree.Node, do func(*tree.Node)) {
	kind, items := n.Get("kind"), n.Get("items")
	isEmpty := items == nil || items.Kind == tree.Null
	switch {
	case isText(kind) && kind.Text == "List" && isEmpty:
		return // what a template's loop over nothing leaves
	case !isText(kind) || !strings.HasSuffix(kind.Text, "List") || isEmpty || items.Kind != tree.List:
		do(n)
		return
	}
	for i := range items.Fields {
		Elements(asElement(n, items.Fields[i].Value), do)
	}
}

func (r *reading) element(n *tree.Node) {
	apiVersion, kind := n.Get("apiVersion"), n.Get("kind")
	switch {
	case isText(apiVersion) && isText(kind):
		r.object(n)
	case r.customs:
	case apiVersion == nil && kind == nil, n.Get("metadata") == nil:
		r.noObject(n)
	default:
		r.incomplete(n)
	}
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
func (r *reading) noObject(n *tree.Node) {
	if !r.strict {
		r.out.skipped++
		return
	}
	r.sink.ErrorAt(n.Pos, NoObject, nil, "no Kubernetes object: apiVersion and kind are missing")
}

// incomplete reports an object whose kind cannot be known.
func (r *reading) incomplete(n *tree.Node) {
	r.sink.Root = n
	for _, key := range []string{"apiVersion", "kind"} {
		if value := n.Get(key); value == nil || value.Kind == tree.Null {
			r.sink.Errorf(Required, tree.P(key), "Required value: no object is without it").Fix = "add " + key
		} else if !isText(value) {
			r.sink.Errorf(Syntax, tree.P(key), "expected a string, found %s", value.Kind)
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
	r.take(n, object, r.judge.isClusterScoped(object))
	r.sink.Root = n
	for i := range problems {
		if p := &problems[i]; p.isUnchecked() {
			r.out.findings = append(r.out.findings, report.Finding{
				Pos: n.Begin(p.Path), ID: p.ID, Path: p.Path, Message: p.Text(object), Fix: p.Fix, Object: object.Ref(),
			})
		} else {
			p.report(object, &r.sink)
		}
	}
}

// take notes that the object n is there.
func (r *reading) take(n *tree.Node, o *manifest.Object, isClusterScoped bool) {
	id := identity{manifest.GroupOf(o.APIVersion), o.Kind, o.Namespace, o.Name}
	if isClusterScoped {
		id.namespace = ""
	}
	r.out.objects = append(r.out.objects, place{id.clone(), n.Begin(tree.P("metadata", "name"))})
}
