package check

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const nameLabel = "app.kubernetes.io/name"

// overlappingSelectors: row 25, the selector of one service that finds the pods
// of another. Nearly all selectors have the name label, so the pods are looked
// up by it.
func overlappingSelectors(e *environment) {
	byName := make(map[string][]int, len(e.members))
	all := make([]int, len(e.members))
	for i := range e.members {
		name := podLabel(e.members[i].Service, nameLabel)
		byName[name] = append(byName[name], i)
		all[i] = i
	}
	for i := range e.members {
		candidates := all
		if name := e.members[i].SelectorLabels().Get(nameLabel); name != nil {
			candidates = byName[*name]
		}
		for _, j := range candidates {
			a, b := &e.members[i], &e.members[j]
			// Where each finds the other, it is said once.
			if i == j || !selects(a.Service, b.Service) || j < i && selects(b.Service, a.Service) {
				continue
			}
			a.sink.Errorf(schema.DuplicateObject, tree.P("selector"), "the selector finds the pods of service %s too", b.Name).
				Fix = "add a label to selector that only these pods have"
		}
	}
}

// selects reports whether the selector of a finds the pods of b.
func selects(a, b *schema.Service) bool {
	if a.NamespaceName() != b.NamespaceName() {
		return false
	}
	for _, label := range a.SelectorLabels() {
		if podLabel(b, label.Key) != label.Value {
			return false
		}
	}
	return true
}

// podLabel is a label of the pods of s: the selector's goes over the person's,
// and that over kgen's own.
func podLabel(s *schema.Service, key string) string {
	if value := s.SelectorLabels().Get(key); value != nil {
		return *value
	}
	for _, labels := range [...]schema.Map[schema.Text]{s.PodLabels, s.Labels} {
		if text := labels.Get(key); text != nil {
			return text.Value // empty where it is declined
		}
	}
	switch key {
	case nameLabel, "app.kubernetes.io/instance":
		return s.Name
	case "app.kubernetes.io/managed-by":
		return "kgen"
	case "app.kubernetes.io/component":
		return s.Component
	case "app.kubernetes.io/version":
		return s.Image.Tag
	case "app.kubernetes.io/part-of":
		if s.World != nil {
			return s.World.PartOf
		}
	}
	return ""
}
