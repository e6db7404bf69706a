package templates

import "github.com/kgen-dev/kgen/pkg/tree"

var namespaceOrigins = []rule{
	{"", "namespace"},
	{"apiVersion", "namespace.create"},
	{"kind", "namespace.create"},
	{"metadata.name", "namespace.name"},
	{"metadata.labels", "{namespaceLabels}"},
	{"metadata.labels.{namespaceLabel}", "{namespaceLabel}"},
	{"metadata.annotations", "{worldAnnotations}"},
	{"metadata.annotations.{worldAnnotation}", "{worldAnnotation}"},
}

var namespacePolicyOrigins = []rule{
	{"", "namespace.networkPolicy"},
	{"apiVersion", "namespace.networkPolicy"},
	{"kind", "namespace.networkPolicy"},
	{"metadata.name", "namespace.networkPolicy"},
	{"metadata.namespace", "namespace.name"},
	{"metadata.labels", "labels"},
	{"metadata.labels.{namespaceLabel}", "{namespaceLabel}"},
	{"metadata.annotations", "annotations"},
	{"metadata.annotations.{worldAnnotation}", "{worldAnnotation}"},
	{"spec.*", "namespace.networkPolicy"},
}

// namespaceLabelPlace is a label of an object of the project: those of the
// Namespace itself stand over those of everything.
func namespaceLabelPlace(m *made, at tree.Path) (found, bool) {
	key, n := keyOf(at), m.world.Namespace
	isNamespace := m.kind == "Namespace" && n != nil
	switch {
	case isNamespace && n.Labels.Has(key):
		return foundAt("namespace", "labels", key), true
	case isNamespace && podSecurityLabels(n.PodSecurity).Has(key):
		return foundAt("namespace", "podSecurity"), true
	case !m.world.Labels.Has(key) && key == partOfLabel:
		return foundAt("partOf"), true
	}
	return foundAt("labels", key), true
}

func namespaceLabelsPlace(m *made, _ tree.Path) (found, bool) {
	switch n := m.world.Namespace; {
	case n != nil && len(n.Labels) > 0:
		return foundAt("namespace", "labels"), true
	case n != nil && n.PodSecurity == "" && len(m.world.Labels) > 0:
		return foundAt("labels"), true
	case n != nil && n.PodSecurity == "" && m.world.PartOf != "":
		return foundAt("partOf"), true
	}
	return foundAt("namespace"), true
}

func worldAnnotationsPlace(m *made, _ tree.Path) (found, bool) {
	if len(m.world.Annotations) > 0 {
		return foundAt("annotations"), true
	}
	return foundAt("namespace"), true
}

func worldAnnotationPlace(m *made, at tree.Path) (found, bool) {
	key := keyOf(at)
	if m.kind == "Namespace" && keptByDeployers.Has(key) {
		return foundAt("namespace", "create"), true
	}
	return foundAt("annotations", key), true
}
