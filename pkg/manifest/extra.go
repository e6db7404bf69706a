package manifest

import (
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// FromNode reads a manifest that a person wrote under objects; at leads to it.
// Kinds that have a Go type are decoded strictly. Others stay as they are and
// must have apiVersion, kind and a metadata that every object could have. It
// returns nil when it reports an error.
func FromNode(n *tree.Node, at tree.Path, sink *report.Sink) *Object {
	before := len(sink.Findings)
	r := reader{at: at, sink: sink}
	object := r.read(n)
	if report.HasErrors(sink.Findings[before:]) {
		return nil
	}
	return object
}

type reader struct {
	at   tree.Path
	sink *report.Sink
}

func (r *reader) errorf(id string, n *tree.Node, at tree.Path, format string, args ...any) *report.Finding {
	return r.errorAt(id, n.Pos, at, format, args...)
}

func (r *reader) errorAt(id string, pos tree.Pos, at tree.Path, format string, args ...any) *report.Finding {
	if at = r.at.With(at...); !pos.IsValid() {
		return r.sink.Errorf(id, at, format, args...)
	}
	return r.sink.ErrorAt(pos, id, at, format, args...)
}

func (r *reader) read(n *tree.Node) *Object {
	if n.Kind != tree.Map {
		r.errorf(schema.BadManifest, n, nil, "expected a manifest with apiVersion, kind and metadata, found %s", n.Kind)
		return nil
	}
	apiVersion, kind := r.text(n, "apiVersion"), r.text(n, "kind")
	name := r.text(n, "metadata", "name")
	if apiVersion == "" || kind == "" {
		return nil
	}
	if strings.HasSuffix(kind, "List") && n.Field("items") != nil {
		r.errorf(schema.BadManifest, n.Get("kind"), tree.P("kind"), "%s is no object but a list of them", kind).
			Fix = "write each object under a name of its own"
		return nil
	}
	if kind == "Secret" {
		r.noLiterals(n)
	}
	known := KindOf(apiVersion, kind)
	if known == nil {
		return r.generic(n, &Object{APIVersion: apiVersion, Kind: kind, Name: name})
	}
	value := known.New()
	r.report(tree.Decode(n, value), nil)
	return Of("", n.Pos, value)
}

// text is the string at path, which an object must have.
func (r *reader) text(n *tree.Node, path ...any) string {
	found := n.At(path)
	switch {
	case found == nil || found.Kind == tree.Null || found.Kind == tree.String && found.Text == "":
		r.errorf(schema.BadManifest, n, nil, "%s is missing", tree.Path(path))
	case found.Kind != tree.String:
		r.errorf(schema.BadManifest, found, path, "expected a string, found %s", found.Kind)
	default:
		return found.Text
	}
	return ""
}

// secretFields are where a Secret has its values.
var secretFields = []string{"data", "stringData"}

// noLiterals refuses values in a Secret: source has no place for them.
func (r *reader) noLiterals(n *tree.Node) {
	for _, key := range secretFields {
		if values := n.Get(key); values != nil && len(values.Fields) > 0 {
			f := r.errorf(schema.LiteralSecret, values, tree.P(key), "a Secret has no values in source")
			f.Fix = "declare it under secrets, with values from the environment or a file, or as existing"
		}
	}
}

func (r *reader) report(errors []tree.DecodeError, below tree.Path) {
	for _, e := range errors {
		id := schema.BadManifest
		if e.Kind == tree.Ambiguous {
			id = schema.AmbiguousScalar
		}
		r.errorAt(id, e.Pos, below.With(e.Path...), "%s", e.Message).Fix = e.Fix
	}
}

// generic checks what is known of every object.
func (r *reader) generic(n *tree.Node, o *Object) *Object {
	if hint := suggest.Hint(o.Kind, namesOf(o.APIVersion)); hint != "" {
		r.errorf(schema.BadManifest, n.Get("kind"), tree.P("kind"), "%s has no such kind%s", o.APIVersion, hint)
	}
	metadata := n.Get("metadata")
	if metadata == nil {
		return nil
	}
	var meta metav1.ObjectMeta
	r.report(tree.Decode(metadata, &meta), tree.P("metadata"))
	for i := range n.Fields {
		if f := &n.Fields[i]; f.Key != "metadata" {
			r.scalars(f.Value, tree.P(f.Key))
		}
	}
	o.Namespace, o.Value, o.Origin = meta.Namespace, inOrder(n), n.Pos
	return o
}

// scalars refuses what readers take for different things, where no Go type says
// what it has to be.
func (r *reader) scalars(n *tree.Node, at tree.Path) {
	for i := range n.Fields {
		if f := &n.Fields[i]; n.Kind == tree.List {
			r.scalars(f.Value, at.With(i))
		} else {
			r.scalars(f.Value, at.With(f.Key))
		}
	}
	switch {
	case n.Kind == tree.String && tree.IsAmbiguous(n):
		r.errorf(schema.AmbiguousScalar, n, at, "without quotes %s is a boolean to some YAML readers, a string to others", n.Text).
			Fix = "put it in quotes, or write true or false"
	case tree.IsAmbiguous(n):
		r.errorf(schema.AmbiguousScalar, n, at, "without quotes a number with a leading zero is octal to some YAML readers, decimal to others").
			Fix = "put it in quotes, or write 0o before an octal number"
	case n.Kind == tree.Int || n.Kind == tree.Float:
		if _, finite := n.Decimal(); !finite {
			r.errorf(schema.BadManifest, n, at, "is no number that a manifest can hold")
		}
	}
}
