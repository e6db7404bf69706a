package lint

import (
	"maps"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/suggest"
)

// namesIn is the key of a memo: the objects of a kind in a namespace.
type namesIn struct{ groupKind, space string }

// namedObject is an object under a name that it has or makes.
type namedObject struct {
	name string
	*Object
}

// Hint is the end of a message about a name that leads nowhere: the nearest name that
// an object of the kind has which is together with from; empty where none is near.
func (x *Index) Hint(from *Object, groupKind, namespace, name string) string {
	at := namesIn{groupKind, spaceOf(namespace)}
	all := Memo(x, at, func() (all []namedObject) {
		for _, o := range x.objects {
			if o.space() != at.space {
				continue
			}
			if o.GroupKind() == groupKind && o.Name != "" {
				all = append(all, namedObject{o.Name, o})
			}
			for _, made := range definedBy(o) {
				if made.groupKind == groupKind {
					all = append(all, namedObject{made.name, o})
				}
			}
		}
		return all
	})
	if len(all) > mostHinted {
		return ""
	}
	var names []string
	for i := range all {
		if x.AreTogether(from, all[i].Object) {
			names = append(names, all[i].name)
		}
	}
	return suggest.Hint(name, names)
}

// mostHinted bounds what is compared: every object of a big namespace may name one that
// is not there.
const mostHinted = 500

// spaces is the key of a memo: the namespaces with pods, sorted.
type spaces struct{}

// elsewhere is the first workload of another namespace whose pods have labels; nil
// where none has.
func (x *Index) elsewhere(by *Object, s *metav1.LabelSelector) *Workload {
	if len(s.MatchLabels) == 0 {
		return nil
	}
	first := slices.Min(slices.Collect(maps.Keys(s.MatchLabels)))
	all := Memo(x, spaces{}, func() []string { return slices.Sorted(maps.Keys(x.bySpace)) })
	for _, space := range all {
		if space == by.space() {
			continue
		}
		for _, w := range x.byLabel[label{space, first, s.MatchLabels[first]}] {
			if w.Kind != "PodTemplate" && x.AreTogether(by, w.Object) && Matches(s, w.Meta.Labels) {
				return w
			}
		}
	}
	return nil
}
