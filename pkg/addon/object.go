// Package addon has the kinds that kgen renders and that are not Kubernetes' own:
// what it writes of them, and no more. Their projects publish Go types, but with
// them a controller's runtime, and for other releases of k8s.io than kgen's; a
// test holds what is here against the CRDs that they publish.
package addon

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Object is a custom resource whose spec is an S.
type Object[S any] struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              S `json:"spec"`
}

// New is an object of a kind.
func New[S any](apiVersion, kind string, meta metav1.ObjectMeta, spec S) *Object[S] {
	return &Object[S]{TypeMeta: metav1.TypeMeta{APIVersion: apiVersion, Kind: kind}, ObjectMeta: meta, Spec: spec}
}

// EncodeTree is the object as a manifest, as whoever knows no Go type of it sees it.
func (o *Object[S]) EncodeTree() *tree.Node {
	n := &tree.Node{Kind: tree.Map}
	n.Set("apiVersion", tree.Pos{}, tree.Encode(o.APIVersion))
	n.Set("kind", tree.Pos{}, tree.Encode(o.Kind))
	n.Set("metadata", tree.Pos{}, tree.Encode(o.ObjectMeta))
	n.Set("spec", tree.Pos{}, tree.Encode(o.Spec))
	return n
}

// DeepCopyObject is a copy that shares no memory with o.
func (o *Object[S]) DeepCopyObject() runtime.Object {
	c := &Object[S]{}
	tree.Decode(o.EncodeTree(), c)
	return c
}
