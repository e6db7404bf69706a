package lint

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// Object is an object as rules see it: what was written, without the defaults of the
// API server. Rules do not change it.
type Object struct {
	*manifest.Object
	// Unread are the paths of values that did not fit their fields. Nothing is said of
	// what lies there.
	Unread []tree.Path
	// Dir is where its file is: two directories may be meant for two clusters.
	Dir string
	// Elsewhere is what its file is put together with.
	Elsewhere *Elsewhere
	// IsContext is set of what is there for others that name it, and not linted.
	IsContext bool
	// IsMade is set of what is made of a service, whose own mistakes are told.
	IsMade bool
	// Locate is the place of the value at a path, or of its nearest parent that exists,
	// and the built-in default that the value comes from where nobody wrote it. Several
	// goroutines may call it.
	Locate func(path tree.Path) (pos tree.Pos, byDefault string)

	// written is what a path in Value is in the manifest, of an older API version whose
	// fields have other names; nil where it is the same.
	written func(tree.Path) tree.Path
	// Of an index: the number of its Dir, and what methods return.
	dir                 int
	groupKind           string
	labels, annotations map[string]string
}

// GroupKind names the kind of an object as kubectl does: Deployment.apps, or Service
// where the group is the core's.
func (o *Object) GroupKind() string {
	if o.groupKind != "" {
		return o.groupKind
	}
	return GroupKind(o.APIVersion, o.Kind)
}

// GroupKind is Kind.group of an apiVersion and a kind.
func GroupKind(apiVersion, kind string) string {
	if group := manifest.GroupOf(apiVersion); group != "" {
		return kind + "." + group
	}
	return kind
}

// KindName is the kind of a Kind.group.
func KindName(groupKind string) string {
	kind, _, _ := strings.Cut(groupKind, ".")
	return kind
}

// Labels are the object's own.
func (o *Object) Labels() map[string]string { return o.labels }

// Annotations are the object's own.
func (o *Object) Annotations() map[string]string { return o.annotations }

// Node is the manifest of an object whose kind has no Go type, else nil.
func (o *Object) Node() *tree.Node {
	n, _ := o.Value.(*tree.Node)
	return n
}

// space is the namespace by which objects are compared: one that is not written is
// taken for default.
func (o *Object) space() string { return spaceOf(o.Namespace) }

func spaceOf(namespace string) string {
	if namespace == "" {
		return "default"
	}
	return namespace
}

// isUnread reports whether the value at a path, one above or one below it could not
// be read.
func (o *Object) isUnread(at tree.Path) bool {
	for _, path := range o.Unread {
		if path.IsAlong(at) {
			return true
		}
	}
	return false
}

// isTest reports whether the object is a test of a Helm chart.
func (o *Object) isTest() bool { return strings.Contains(o.Annotations()["helm.sh/hook"], "test") }

// asWritten is a path in Value as the manifest has it.
func (o *Object) asWritten(at tree.Path) tree.Path {
	if o.written == nil {
		return at
	}
	return o.written(at)
}

// readMetadata fills in labels, annotations and the kind.
func (o *Object) readMetadata() {
	o.groupKind = GroupKind(o.APIVersion, o.Kind)
	switch value := o.Value.(type) {
	case manifest.Typed:
		o.labels, o.annotations = value.GetLabels(), value.GetAnnotations()
	case *tree.Node:
		o.labels, o.annotations = textsAt(value, "labels"), textsAt(value, "annotations")
	}
}

func textsAt(n *tree.Node, field string) map[string]string {
	entries := n.At(tree.P("metadata", field))
	if entries == nil || entries.Kind != tree.Map {
		return nil
	}
	texts := make(map[string]string, len(entries.Fields))
	for i := range entries.Fields {
		if f := &entries.Fields[i]; f.Value.Kind == tree.String {
			texts[f.Key] = f.Value.Text
		}
	}
	return texts
}
