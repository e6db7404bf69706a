package apiserver

import (
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// BeforeCreate's second look at the metadata is left out for the kinds whose
// strategy judges all of it, so each must find each fault.
func TestEveryKindJudgesItsMetadata(t *testing.T) {
	for path, spoil := range map[string]func(*metav1.ObjectMeta){
		"metadata.name":         func(m *metav1.ObjectMeta) { m.Name = "a/b" },
		"metadata.generateName": func(m *metav1.ObjectMeta) { m.GenerateName = "a/b" },
		"metadata.namespace":    func(m *metav1.ObjectMeta) { m.Namespace = "A" },
		"metadata.labels":       func(m *metav1.ObjectMeta) { m.Labels = map[string]string{"a b": ""} },
		"metadata.annotations":  func(m *metav1.ObjectMeta) { m.Annotations = map[string]string{"a b": ""} },
		"metadata.ownerReferences.uid": func(m *metav1.ObjectMeta) {
			m.OwnerReferences = []metav1.OwnerReference{{APIVersion: "v1", Kind: "K", Name: "n"}}
		},
		"metadata.finalizers":   func(m *metav1.ObjectMeta) { m.Finalizers = []string{"a b"} },
		"metadata.annotations ": func(m *metav1.ObjectMeta) { m.Annotations = map[string]string{"a": strings.Repeat("x", 1<<18)} },
		"metadata.name ":        func(m *metav1.ObjectMeta) { m.Name = ".." },
		"metadata.name  ":       func(m *metav1.ObjectMeta) { m.Name = "a%b" },
	} {
		path = strings.TrimSpace(path)
		for i := range kinds {
			k := &kinds[i]
			if k.clusterScoped && path == "metadata.namespace" {
				continue // cleared
			}
			obj := newObject(k.apiVersion, k.name)
			accessor, _ := obj.(metav1.ObjectMetaAccessor)
			meta, _ := accessor.GetObjectMeta().(*metav1.ObjectMeta)
			meta.Name = "a"
			spoil(meta)
			v := Create(obj)
			found := false
			for _, e := range v.Errors {
				found = found || e.Field == path
			}
			if !found {
				t.Errorf("%s: nothing at %s: %v", k.name, path, v.Errors)
			}
		}
	}
}
