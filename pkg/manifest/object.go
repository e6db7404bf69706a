// Package manifest is the object model: typed Kubernetes objects and manifests
// without a Go type, strict decoding in, canonical YAML out, and the patches
// between.
package manifest

import (
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Typed is an object of k8s.io/api.
type Typed interface {
	runtime.Object
	metav1.Object
}

// Object is one Kubernetes object.
type Object struct {
	APIVersion, Kind string
	Namespace, Name  string
	Service          string   // whose object it is; empty for the project's
	Value            any      // a Typed, or a *tree.Node where the kind has no Go type
	Origin           tree.Pos // where it was asked for
}

// Of wraps a typed object, whose apiVersion and kind are set. A custom resource,
// which writes itself as a tree, goes on as that: nobody else knows its Go type.
func Of(service string, origin tree.Pos, value Typed) *Object {
	apiVersion, kind := value.GetObjectKind().GroupVersionKind().ToAPIVersionAndKind()
	o := &Object{
		APIVersion: apiVersion, Kind: kind, Namespace: value.GetNamespace(), Name: value.GetName(),
		Service: service, Value: value, Origin: origin,
	}
	if custom, isCustom := value.(tree.ToTree); isCustom {
		o.Value = custom.EncodeTree()
	}
	return o
}

// AppendYAML appends the object as one YAML document, without the line --- before it.
func (o *Object) AppendYAML(dst []byte) []byte { return Append(dst, o.Value) }

// Ref names the object as messages do: Deployment/web, or its kind alone while it
// has no name.
func (o *Object) Ref() string {
	if o.Name == "" {
		return o.Kind
	}
	return o.Kind + "/" + o.Name
}

// GroupOf is the group of an apiVersion; the core group is empty.
func GroupOf(apiVersion string) string {
	group, _, hasGroup := strings.Cut(apiVersion, "/")
	if !hasGroup {
		return ""
	}
	return group
}

// list names things as a sentence does.
func list(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
