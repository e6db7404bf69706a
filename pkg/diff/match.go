package diff

import (
	"github.com/kgen-dev/kgen/pkg/manifest"
)

// pair is an object as it was and as it will be; one of them may be nil.
type pair struct{ old, new *Object }

// key is what tells objects apart: the version of an API does not.
type key struct{ group, kind, namespace, name string }

func keyOf(o *Object) key {
	k := key{manifest.GroupOf(o.APIVersion), o.Kind, o.Namespace, o.Name}
	if moved, found := movedGroups[k.kind]; found && k.group == "extensions" {
		k.group = moved
	}
	if known := manifest.KindOf(o.APIVersion, o.Kind); known != nil && known.ClusterScoped {
		k.namespace = ""
	}
	return k
}

// movedGroups are the groups that kinds of the group extensions went to.
var movedGroups = map[string]string{"Deployment": "apps", "DaemonSet": "apps", "ReplicaSet": "apps", "Ingress": "networking.k8s.io", "NetworkPolicy": "networking.k8s.io"}

// match pairs the objects: the new in their order, then the old that are in none. Of
// old objects of one name the last counts, as for who applies them. A namespace that
// one side does not say is any.
func match(old, now []*Object) (pairs []pair) {
	byKey := make(map[key]int, len(old))
	anywhere := map[key][]int{}
	for i, o := range old {
		k := keyOf(o)
		byKey[k] = i
		k.namespace = ""
		anywhere[k] = append(anywhere[k], i)
	}
	isNew := make(map[key]bool, len(now))
	for _, o := range now {
		isNew[keyOf(o)] = true
	}
	taken := make([]bool, len(old))
	for _, o := range now {
		k := keyOf(o)
		i, found := byKey[k]
		if !found {
			i, found = elsewhere(k, old, anywhere, isNew)
		}
		p := pair{new: o}
		if found && !taken[i] {
			taken[i], p.old = true, old[i]
		}
		pairs = append(pairs, p)
	}
	for i, o := range old {
		if !taken[i] && byKey[keyOf(o)] == i {
			pairs = append(pairs, pair{old: o})
		}
	}
	return pairs
}

// elsewhere finds the object where one side does not say its namespace: the one in
// default, or the only one.
func elsewhere(k key, old []*Object, anywhere map[key][]int, isNew map[key]bool) (int, bool) {
	namespace := k.namespace
	k.namespace = ""
	found := -1
	for _, i := range anywhere[k] {
		other := keyOf(old[i])
		switch {
		case other.namespace != "" && namespace != "" || isNew[other]:
			continue // it is another object
		case other.namespace == "default":
			return i, true
		case found >= 0 && old[found].Namespace != old[i].Namespace:
			return 0, false // nobody knows which
		}
		found = i
	}
	return found, found >= 0
}

// spacesOf are the namespaces of objects; nil where one does not say its own.
func spacesOf(objects []*Object) map[string]bool {
	spaces := map[string]bool{}
	for _, o := range objects {
		k := keyOf(o)
		known := manifest.KindOf(o.APIVersion, o.Kind)
		switch {
		case known != nil && known.ClusterScoped:
		case k.namespace == "":
			return nil
		default:
			spaces[k.namespace] = true
		}
	}
	return spaces
}

const (
	managedByLabel = "app.kubernetes.io/managed-by"
	partOfLabel    = "app.kubernetes.io/part-of"
	nameLabel      = "app.kubernetes.io/name"
)

// isForeign reports whether an old object without a new one is not the project's, or
// not of what was asked for.
func (in *Input) isForeign(o *Object, spaces map[string]bool) bool {
	if in.IsPart && !in.Services[o.serviceName()] {
		return true
	}
	meta := o.meta()
	if !isLive(meta) {
		return false // it was said to be what was there before
	}
	for _, owner := range meta.owners() {
		if owner.get("controller") != nil {
			return true // its controller made it
		}
	}
	labels := meta.at("labels")
	isOurs := textOf(labels.get(managedByLabel)) == "kgen" && (in.PartOf == "" || textOf(labels.get(partOfLabel)) == in.PartOf)
	return !isOurs || o.Namespace != "" && spaces != nil && !spaces[o.Namespace]
}

func textOf(v *value) string {
	if v == nil {
		return ""
	}
	return v.text
}

// serviceName is the service of an object, as far as it says.
func (o *Object) serviceName() string {
	if o.Service != "" {
		return o.Service
	}
	return textOf(o.meta().at("labels").get(nameLabel))
}
