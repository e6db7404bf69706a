package lint

import (
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// World says how much of a cluster the objects are.
type World uint8

// The worlds.
const (
	Open    World = iota // manifests from anywhere: what they name may live elsewhere
	Closed               // the services of a project: what they name has to be there
	Partial              // a few files: what they name is probably in others
)

// Index is all objects that are linted together. It does not change while rules run.
type Index struct {
	World World
	// Minor is the release of Kubernetes, 1.Minor, and Gates are its feature gates that
	// were set.
	Minor int
	Gates map[string]bool
	// Strict is set where the profile strict was chosen, Restricted where the group
	// pss-restricted was.
	Strict, Restricted bool
	// ServiceTree, where it is set, is what people wrote of the kgen service called so,
	// with its layers; nil where there is none.
	ServiceTree func(name string) *tree.Node
	external    []External

	objects   []*Object
	byKind    map[string][]*Object
	byKey     map[key][]*Object
	before    map[key]*Object // nil where nothing is known
	inSpace   map[kindSpace]bool
	dirs      dirs
	workloads map[*Object]*Workload
	scalers   map[*Object]*Autoscaler
	bySpace   map[string][]*Workload
	byLabel   map[label][]*Workload
	links     map[*Workload]*links
	// selected are the workloads whose pods a Service, a budget or a policy selects.
	selected map[*Object][]*Workload
	// general are the NetworkPolicies of a namespace that are for all of its pods.
	general map[string][]*Object
	// unseen are the namespaces with pods whose labels cannot be read.
	unseen  map[string]bool
	access  access
	network network
	scaling scaling
	limits  limits
	claims  claims
	memos   sync.Map
}

// key is what no two objects of a cluster share.
type key struct{ groupKind, space, name string }

type kindSpace struct{ groupKind, space string }

type label struct{ space, key, value string }

// links are the objects that belong to a workload.
type links struct {
	services, budgets, policies []*Object
	autoscalers                 []*Autoscaler
}

// NewIndex makes the index of objects, in their order.
func NewIndex(world World, minor int, external []External, objects []*Object) *Index {
	x := &Index{
		World: world, Minor: minor, external: external, objects: objects,
		byKind: map[string][]*Object{}, byKey: map[key][]*Object{}, inSpace: map[kindSpace]bool{}, dirs: dirs{numbers: map[string]int{}, several: map[key]bitSet{}},
		workloads: map[*Object]*Workload{}, scalers: map[*Object]*Autoscaler{}, bySpace: map[string][]*Workload{},
		byLabel: map[label][]*Workload{}, links: map[*Workload]*links{}, selected: map[*Object][]*Workload{}, unseen: map[string]bool{}, general: map[string][]*Object{},
	}
	for _, o := range objects {
		o.readMetadata()
		o.dir = x.dirs.number(o.Dir)
		x.add(o)
	}
	for _, o := range objects {
		x.link(o)
	}
	return x
}

func (x *Index) add(o *Object) {
	groupKind := o.GroupKind()
	x.byKind[groupKind] = append(x.byKind[groupKind], o)
	x.inSpace[kindSpace{groupKind, o.space()}] = true
	x.define(key{groupKind, o.space(), o.Name}, o)
	for _, name := range definedBy(o) {
		x.define(key{name.groupKind, o.space(), name.name}, o)
	}
	if w := workloadOf(o); w != nil {
		x.workloads[o] = w
		x.links[w] = &links{}
		if w.keepsPods() {
			x.define(key{keptUp, o.space(), o.Name}, o) // a Deployment is an alternative to the StatefulSet called so
		}
		x.bySpace[o.space()] = append(x.bySpace[o.space()], w)
		if w.isUnread(w.InMeta("labels")) {
			x.unseen[o.space()] = true
		}
		for name, value := range w.Meta.Labels {
			l := label{o.space(), name, value}
			x.byLabel[l] = append(x.byLabel[l], w)
		}
	}
	if a := autoscalerOf(o); a != nil {
		x.scalers[o] = a
	}
}

// keptUp stands in a key for all kinds of which pods are kept up.
const keptUp = "*"

// define enters an object under a name. Two directories that both define one hold
// alternatives.
func (x *Index) define(k key, o *Object) {
	if k.name == "" {
		return
	}
	if k.groupKind == "Namespace" { // several teams write theirs down, to be sure that it is there
		x.byKey[k] = append(x.byKey[k], o)
		return
	}
	if defined := x.byKey[k]; len(defined) > 0 {
		x.dirs.define(k, defined[0].dir, o.dir)
	}
	x.byKey[k] = append(x.byKey[k], o)
}

// link finds the workloads that an object is about.
func (x *Index) link(o *Object) {
	switch v := o.Value.(type) {
	case *corev1.Service:
		x.selected[o] = x.selectedByService(o, v)
		for _, w := range x.selected[o] {
			x.links[w].services = append(x.links[w].services, o)
		}
	case *policyv1.PodDisruptionBudget:
		x.selected[o] = x.Selected(o, v.Spec.Selector)
		for _, w := range x.selected[o] {
			x.links[w].budgets = append(x.links[w].budgets, o)
		}
	case *networkingv1.NetworkPolicy:
		if IsEmptySelector(&v.Spec.PodSelector) {
			x.general[o.space()] = append(x.general[o.space()], o)
		}
		x.selected[o] = x.Selected(o, &v.Spec.PodSelector)
		for _, w := range x.selected[o] {
			x.links[w].policies = append(x.links[w].policies, o)
		}
	}
	if a := x.scalers[o]; a != nil {
		if target := x.Target(a); target != nil && x.workloads[target] != nil {
			l := x.links[x.workloads[target]]
			l.autoscalers = append(l.autoscalers, a)
		}
	}
}

// Objects are all objects, in the order of the input.
func (x *Index) Objects() []*Object { return x.objects }

// Kind are the objects of a Kind.group.
func (x *Index) Kind(groupKind string) []*Object { return x.byKind[groupKind] }

// Workload is the workload that an object is; nil for any other.
func (x *Index) Workload(o *Object) *Workload { return x.workloads[o] }

// Workloads are those of a namespace.
func (x *Index) Workloads(namespace string) []*Workload { return x.bySpace[spaceOf(namespace)] }

// Autoscaler is the autoscaler that an object is; nil for any other.
func (x *Index) Autoscaler(o *Object) *Autoscaler { return x.scalers[o] }

// Services select the pods of a workload.
func (x *Index) Services(w *Workload) []*Object { return x.links[w].services }

// Budgets are the PodDisruptionBudgets over the pods of a workload.
func (x *Index) Budgets(w *Workload) []*Object { return x.links[w].budgets }

// Policies are the NetworkPolicies over the pods of a workload.
func (x *Index) Policies(w *Workload) []*Object { return x.links[w].policies }

// Autoscalers scale a workload.
func (x *Index) Autoscalers(w *Workload) []*Autoscaler { return x.links[w].autoscalers }

// Target is what an autoscaler scales; nil where it is not among the objects.
func (x *Index) Target(a *Autoscaler) *Object {
	return x.Find(a.Object, GroupKind(a.TargetAPIVersion, a.TargetKind), a.Namespace, a.TargetName)
}

// AreTogether reports whether two objects may be meant for one cluster. They are not
// where their directories define the same object, as those of two environments do.
func (x *Index) AreTogether(a, b *Object) bool {
	return a.dir == b.dir || !x.dirs.areApart(a.dir, b.dir)
}

// AreSurelyTogether reports whether two objects are meant for one cluster, and those
// without a namespace for one namespace: directories may each be applied to another.
func (x *Index) AreSurelyTogether(a, b *Object) bool {
	return x.World == Closed || a.dir == b.dir || a.Namespace != "" && a.Namespace == b.Namespace
}

// nearest are those of some workloads that are surely together with o; all where none is.
func (x *Index) nearest(o *Object, workloads []*Workload) (near []*Workload) {
	for _, w := range workloads {
		if x.AreSurelyTogether(o, w.Object) {
			near = append(near, w)
		}
	}
	if near == nil {
		return workloads
	}
	return near
}

// Find is the object called so that is together with from; nil where there is none.
// What makes it, as an ExternalSecret makes a Secret, counts.
func (x *Index) Find(from *Object, groupKind, namespace, name string) *Object {
	found := x.byKey[key{groupKind, spaceOf(namespace), name}]
	for _, o := range found {
		if o.dir == from.dir {
			return o
		}
	}
	for _, o := range found {
		if x.AreTogether(o, from) {
			return o
		}
	}
	return nil
}

// Lacks reports whether nothing is called so: neither an object that is together with
// from, or of its project, nor something that lives elsewhere. In a partial world
// something of the kind has to be there, for else the kind is in other files.
func (x *Index) Lacks(from *Object, groupKind, namespace, name string) bool {
	if name == "" || from.isPart() || from.comesWith(groupKind, namespace, name) || x.isExternal(groupKind, namespace, name) {
		return false
	}
	for _, o := range x.byKey[key{groupKind, spaceOf(namespace), name}] {
		if o.IsContext || x.AreTogether(o, from) {
			return false
		}
	}
	return x.World != Partial || x.inSpace[kindSpace{groupKind, spaceOf(namespace)}]
}

// Sees reports whether it is known what objects of a kind a namespace has. Of a few
// files it is known only where one of the kind is among them.
func (x *Index) Sees(groupKind, namespace string) bool {
	return x.World != Partial || x.inSpace[kindSpace{groupKind, spaceOf(namespace)}]
}

// SelectedByService are the workloads whose pods a Service selects: none without a
// selector. It is the index's, and not to be changed.
func (x *Index) SelectedByService(o *Object, s *corev1.Service) []*Workload {
	if selected, isKnown := x.selected[o]; isKnown {
		return selected
	}
	return x.selectedByService(o, s)
}

func (x *Index) selectedByService(o *Object, s *corev1.Service) []*Workload {
	if len(s.Spec.Selector) == 0 || s.Spec.Type == corev1.ServiceTypeExternalName {
		return nil
	}
	return x.Selected(o, &metav1.LabelSelector{MatchLabels: s.Spec.Selector})
}

// SelectedBy are the workloads whose pods a PodDisruptionBudget or a NetworkPolicy of
// the index is for. It is the index's, and not to be changed.
func (x *Index) SelectedBy(o *Object) []*Workload { return x.selected[o] }

// Selected are the workloads in the namespace of an object whose pods a selector of it
// selects, but for the tests of charts.
func (x *Index) Selected(by *Object, s *metav1.LabelSelector) []*Workload {
	return slices.DeleteFunc(x.matching(by, s), func(w *Workload) bool { return w.isTest() })
}

// matching are Selected and the tests of charts, which come and go.
func (x *Index) matching(by *Object, s *metav1.LabelSelector) (matching []*Workload) {
	if s == nil {
		return nil
	}
	candidates := x.bySpace[by.space()]
	for name, value := range s.MatchLabels {
		if with := x.byLabel[label{by.space(), name, value}]; len(with) < len(candidates) && !isControllerLabel(name) {
			candidates = with
		}
	}
	for _, w := range candidates {
		if w.Kind != "PodTemplate" && x.AreTogether(by, w.Object) && Matches(s, w.Meta.Labels) {
			matching = append(matching, w)
		}
	}
	return matching
}

// Replicas are the least and the largest number of pods of a workload: those of its
// autoscaler, else spec.replicas, which is 1 where nobody wrote it. Pods that are one
// a node, or run to their end, count once.
func (x *Index) Replicas(w *Workload) (least, most int) {
	if scalers := x.Autoscalers(w); len(scalers) > 0 {
		a := scalers[0]
		if least = a.Least(); a.Min == nil {
			least = 1 // of a ScaledObject too, while there is work
		}
		return least, max(least, a.Most())
	}
	if w.Written != nil {
		return int(*w.Written), int(*w.Written)
	}
	return 1, 1
}
