package templates

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// objectOrigins are those that every object of a service has: root is what makes
// it stand there.
func objectOrigins(root string, own ...rule) []rule {
	return append([]rule{
		{"", root},
		{"apiVersion", root},
		{"kind", root},
		{"metadata", "{name}"},
		{"metadata.name", "{name}"},
		{"metadata.namespace", "{namespace}"},
		{"metadata.labels", "labels"},
		{"metadata.labels.{label}", "{label}"},
		{"metadata.annotations", "{annotations}"},
		{"metadata.annotations.{annotation}", "{annotation}"},
	}, own...)
}

func namespacePlace(m *made, _ tree.Path) (found, bool) {
	if m.service.Namespace == "" && m.world != nil && m.world.Namespace != nil {
		return inProject("namespace", "name"), true
	}
	return foundAt("namespace"), true
}

// labelPlace is a label of any object; podLabelPlace has those of pods besides.
func labelPlace(m *made, at tree.Path) (found, bool) {
	key := keyOf(at)
	if object, claim := m.claimed(at); claim != nil && claim.Labels.Has(key) {
		return foundAt(object.Path.With("labels", key)...), true
	}
	switch {
	case m.service.Labels.Has(key):
		return foundAt("labels", key), true
	case key == nameLabel || key == instanceLabel:
		return foundAt("name").by("labels"), true
	case key == componentLabel:
		return foundAt("component").by("labels"), true
	case key == versionLabel && isWorkload(m.kind):
		return foundAt("image", "tag").by("labels"), true
	case key == partOfLabel:
		return inProject("partOf").by("labels"), true
	case key == managedByLabel:
		return foundAt("labels", key).by("labels"), true
	}
	return found{}, false
}

func podLabelPlace(m *made, at tree.Path) (found, bool) {
	key := keyOf(at)
	switch {
	case m.service.SelectorLabels().Has(key):
		return foundAt("selector", key), true
	case m.service.PodLabels.Has(key):
		return foundAt("podLabels", key), true
	}
	return labelPlace(m, at)
}

func podLabelsPlace(m *made, _ tree.Path) (found, bool) {
	if len(m.service.PodLabels) > 0 {
		return foundAt("podLabels"), true
	}
	return foundAt("labels"), true
}

func podAnnotationPlace(m *made, at tree.Path) (found, bool) {
	key := keyOf(at)
	if key == checksumAnnotation && !m.service.PodAnnotations.Has(key) {
		return foundAt("podAnnotations", key).by("podAnnotations"), true
	}
	if at, isScrape := scrapePlace(m.service, key); isScrape && !m.service.PodAnnotations.Has(key) {
		return at, true
	}
	return foundAt("podAnnotations", key), true
}

// annotationPlace is an annotation of the object alone, else one of all objects.
func annotationPlace(m *made, at tree.Path) (found, bool) {
	key := keyOf(at)
	object, _ := objectPlace(m, at)
	if f, ok := canaryAnnotationPlace(m, key); ok {
		return f, true
	}
	switch {
	case m.annotations().Has(key):
		return foundAt(object.Path.With("annotations", key)...), true
	case m.kind == "SealedSecret" && isScope(key):
		return foundAt(object.Path.With("sealed", "scope")...), true
	case m.kind == "Ingress" && key == issuerAnnotation:
		return foundAt("ingress", "clusterIssuer"), true
	case m.kind == "PersistentVolumeClaim" && (keptByDeployers.Has(key) || keptByHelm.Has(key)):
		return foundAt(object.Path.With("retain")...), true
	case key == accountAnnotation && !m.service.Annotations.Has(key):
		return secretTypePlace(m)
	}
	return foundAt("annotations", key), true
}

// annotationsPlace are the annotations of the object alone, where it has any.
func annotationsPlace(m *made, at tree.Path) (found, bool) {
	if f, ok := canaryAnnotationPlace(m, nginxCanary); ok {
		return f, true
	}
	object, _ := objectPlace(m, at)
	switch {
	case len(m.annotations()) > 0:
		return foundAt(object.Path.With("annotations")...), true
	case len(m.service.Annotations) == 0 && len(object.Path) > 0:
		return object, true
	}
	return foundAt("annotations"), true
}

// annotations are those of the object alone.
func (m *made) annotations() schema.Map[schema.Text] {
	s := m.service
	switch {
	case m.isForPodNames():
		return nil
	case m.kind == "Ingress" && s.Ingress != nil:
		return s.Ingress.Annotations
	case m.kind == "HTTPRoute" || m.kind == "GRPCRoute":
		if _, r, _ := m.routePlace(); r != nil {
			return r.Annotations
		}
	case m.kind == "ServiceAccount" && s.ServiceAccount != nil:
		return s.ServiceAccount.Annotations
	case m.kind == "Service" && m.extra() != nil:
		return m.extra().Value.Annotations
	case m.kind == "Service" && s.Service != nil:
		return s.Service.Annotations
	}
	if _, claim := m.claimed(nil); claim != nil {
		return claim.Annotations
	}
	return nil
}
