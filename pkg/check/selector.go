package check

import (
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const nameLabel = "app.kubernetes.io/name"

// overlappingSelectors: row 25, the selector of one service that finds the pods
// of another, or those of its canary, which have labels of their own. Pods are looked
// up by the rarest label of the selector, for a look at all of them takes too long.
func overlappingSelectors(e *environment) {
	pods := e.pods()
	byLabel := map[string]map[string][]int{}
	for i := range e.members {
		candidates := rarest(pods, byLabel, e.members[i].SelectorLabels())
		for _, k := range candidates {
			a, b, j := &e.members[i], &pods[k], pods[k].member
			// Where each finds the other, it is said once.
			if i == j || !selects(a.Service, b.Service) || j < i && b.Variant == nil && selects(b.Service, a.Service) {
				continue
			}
			whose := "service " + b.Name
			if b.Variant != nil {
				whose = "the canary of service " + b.Name
			}
			a.sink.Errorf(schema.DuplicateObject, tree.P("selector"), "the selector finds the pods of %s too", whose).
				Fix = "add a label to selector that only these pods have"
		}
	}
}

// rarest are the pods that have the rarest of some labels.
func rarest(pods []podSet, byKey map[string]map[string][]int, labels schema.Map[string]) (found []int) {
	for i := range labels {
		if with := podsWith(pods, byKey, labels[i]); i == 0 || len(with) < len(found) {
			found = with
		}
	}
	return found
}

// podsWith are the places of the pods that have a label; byKey is what is known of them
// so far.
func podsWith(pods []podSet, byKey map[string]map[string][]int, label schema.Entry[string]) []int {
	byValue := byKey[label.Key]
	if byValue == nil {
		byValue = make(map[string][]int, len(pods))
		for i := range pods {
			value := podLabel(pods[i].Service, label.Key)
			byValue[value] = append(byValue[value], i)
		}
		byKey[label.Key] = byValue
	}
	return byValue[label.Value]
}

// podSet is pods with the same labels, by the service or the canary that makes them.
type podSet struct {
	*schema.Service
	member int
}

func (e *environment) pods() []podSet {
	pods := make([]podSet, len(e.members), len(e.members)+1)
	for i := range e.members {
		pods[i] = podSet{e.members[i].Service, i}
	}
	for i := range e.members {
		if s := e.members[i].Service; s.HasCanary() && s.Kind == schema.Deployment {
			pods = append(pods, podSet{s.Canary(), i})
		}
	}
	return pods
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
