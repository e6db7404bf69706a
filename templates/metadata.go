// Package templates turns a service into its Kubernetes objects: a pure function
// for each kind, which reads like the manifest it makes.
//
// The service is in the long form, has its defaults and was checked; of any
// other the objects may be wrong, but no function panics. Objects share memory
// with the service: who changes one afterwards, as the API server's verdict does,
// may fill in what is not set, and no more.
package templates

import (
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

const (
	nameLabel      = "app.kubernetes.io/name"
	instanceLabel  = "app.kubernetes.io/instance"
	versionLabel   = "app.kubernetes.io/version"
	componentLabel = "app.kubernetes.io/component"
	partOfLabel    = "app.kubernetes.io/part-of"
	managedByLabel = "app.kubernetes.io/managed-by"
)

// metadata is that of an object of s; annotations stand over those of the service.
func metadata(s *schema.Service, name string, annotations ...schema.Map[schema.Text]) metav1.ObjectMeta {
	meta := clusterMetadata(s, name)
	meta.Namespace = s.NamespaceName()
	for _, own := range annotations {
		meta.Annotations = overlay(meta.Annotations, own)
	}
	return meta
}

// clusterMetadata is that of an object outside all namespaces.
func clusterMetadata(s *schema.Service, name string) metav1.ObjectMeta {
	return metav1.ObjectMeta{
		Name:        name,
		Labels:      unlessNone(overlay(standardLabels(s), s.Labels)),
		Annotations: overlay(nil, s.Annotations),
	}
}

// unlessNone is nil for no labels: an add-on would have them as an empty map.
func unlessNone(m map[string]string) map[string]string {
	if len(m) == 0 {
		return nil
	}
	return m
}

// WorkloadLabels are those of the workload: the version stands only where the
// image does, so that a deploy touches one object.
func WorkloadLabels(s *schema.Service) map[string]string { return workloadLabels(s) }

func workloadLabels(s *schema.Service) map[string]string {
	labels := standardLabels(s)
	if version := labelValue(s.Image.Tag); version != "" {
		labels[versionLabel] = version
	}
	return overlay(labels, s.Labels)
}

// podLabels are those of the workload, the pods' own, and whatever a person
// wrote, the selector.
func podLabels(s *schema.Service) map[string]string {
	labels := overlay(workloadLabels(s), s.PodLabels)
	for _, l := range s.SelectorLabels() {
		labels[l.Key] = l.Value
	}
	return labels
}

func standardLabels(s *schema.Service) map[string]string {
	labels := make(map[string]string, 8)
	labels[nameLabel] = s.Name
	labels[instanceLabel] = s.Name
	labels[managedByLabel] = "kgen"
	if s.Component != "" {
		labels[componentLabel] = s.Component
	}
	if s.World != nil && s.World.PartOf != "" {
		labels[partOfLabel] = s.World.PartOf
	}
	return labels
}

// overlay sets what texts say in m, and removes what they decline. The map is
// made when it is needed.
func overlay(m map[string]string, texts schema.Map[schema.Text]) map[string]string {
	for _, t := range texts {
		if t.Value.Declined {
			delete(m, t.Key)
			continue
		}
		if m == nil {
			m = make(map[string]string, len(texts))
		}
		m[t.Key] = t.Value.Value
	}
	return m
}

// labelValue is the image tag as a label can hold it. A tag has the characters
// of a label value, but may be longer and start or end otherwise.
func labelValue(tag string) string {
	const longest = 63
	return strings.Trim(tag[:min(len(tag), longest)], "_.-")
}

// selector finds the pods of s.
func selector(s *schema.Service) map[string]string { return s.SelectorLabels().Plain() }

// optional is a pointer to value, nil for the empty string.
func optional[T ~string](value string) *T {
	if value == "" {
		return nil
	}
	typed := T(value)
	return &typed
}

// whenTrue is a pointer to true, nil for false: the field is then left out.
func whenTrue(value bool) *bool {
	if !value {
		return nil
	}
	return &value
}
