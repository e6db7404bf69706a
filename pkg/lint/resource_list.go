package lint

import (
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// resourcesAt are the requests and limits of a container, or of the pods as a whole,
// and the path they stand at.
type resourcesAt struct {
	*corev1.ResourceRequirements
	at   tree.Path
	name string // how messages begin
	role Role
	of   string // the container's name; empty for the pods
}

// eachResources visits the containers of a workload that can have resources, and the
// pods as a whole where they say any.
func eachResources(w *Workload, visit func(r resourcesAt)) {
	for i := range w.containers {
		if c := &w.containers[i]; c.Role != Ephemeral {
			visit(resourcesAt{&c.Resources, c.Field("resources"), "container " + c.Name, c.Role, c.Name})
		}
	}
	if w.Spec.Resources != nil {
		visit(resourcesAt{w.Spec.Resources, w.In("resources"), "the pods", App, ""})
	}
}

// sortedNames are the names of resources in some lists, each once.
func sortedNames(lists ...corev1.ResourceList) (names []corev1.ResourceName) {
	for _, list := range lists {
		names = slices.AppendSeq(names, maps.Keys(list))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// isShared reports whether more of a resource can be requested by limits than a node
// has. What is not shared needs a limit equal to the request.
func isShared(name corev1.ResourceName) bool {
	return !strings.Contains(string(name), "/") && !strings.HasPrefix(string(name), corev1.ResourceHugePagesPrefix)
}
