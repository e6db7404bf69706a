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
}

// document judges one document, which may be a list of objects.
func (r *reading) document(n *tree.Node) { Elements(n, r.element) }

// Elements calls do with the objects in a document: the elements of a List, or of
// a list of one kind such as ConfigMapList, else the document itself.
func Elements(n *tree.Node, do func(*tree.Node)) {
	kind, items := n.Get("kind"), n.Get("items")
	if !isText(kind) || !strings.HasSuffix(kind.Text, "List") || items == nil || items.Kind != tree.List {
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
	r.out.findings = append(r.out.findings, report.Finding{
		Pos: n.Pos, Severity: report.Error, ID: NoObject, Message: "no Kubernetes object: apiVersion and kind are missing",
	})
}

// incomplete reports an object whose kind cannot be known.
func (r *reading) incomplete(n *tree.Node) {
	sink := &report.Sink{Root: n}
	for _, key := range []string{"apiVersion", "kind"} {
		if value := n.Get(key); value == nil || value.Kind == tree.Null {
			sink.Errorf(Required, tree.P(key), "Required value: no object is without it").Fix = "add " + key
		} else if !isText(value) {
			sink.Errorf(Syntax, tree.P(key), "expected a string, found %s", value.Kind)
		}
	}
	r.out.findings = append(r.out.findings, sink.Findings...)
}

// object judges one object, in the pass that is about it.
func (r *reading) object(n *tree.Node) {
	apiVersion, kind := n.Get("apiVersion").Text, n.Get("kind").Text
	isCRD := kind == crdKind && apiVersion == crdVersion
	isCustom := !isCRD && manifest.KindOf(apiVersion, kind) == nil
	if isCustom != r.customs {
		r.out.hasCustom = r.out.hasCustom || isCustom
		return // it is the other pass's
	}
	if isCRD {
		r.out.crds = append(r.out.crds, n)
		r.take(n, &manifest.Object{APIVersion: apiVersion, Kind: kind, Name: textAt(n, "metadata", "name")}, true)
		return
	}
	object, problems := r.judge.Node(n)
	r.take(n, object, r.judge.isClusterScoped(object))
	sink := &report.Sink{Root: n}
	for i := range problems {
		problems[i].report(object, sink)
	}
	r.out.findings = append(r.out.findings, sink.Findings...)
}

// take notes that the object n is there.
func (r *reading) take(n *tree.Node, o *manifest.Object, isClusterScoped bool) {
	id := identity{manifest.GroupOf(o.APIVersion), o.Kind, o.Namespace, o.Name}
	if isClusterScoped {
		id.namespace = ""
	}
	r.out.objects = append(r.out.objects, place{id.clone(), n.Begin(tree.P("metadata", "name"))})
}
