// Package diff says what would change in a cluster, by object and by field: two sets
// of objects are compared as the API server would take them, with its defaults, and
// what needs care about a change is said beside it.
package diff

import (
	"cmp"
	"slices"

	"github.com/kgen-dev/kgen/pkg/manifest"
)

// Action is what happens to an object or a field.
type Action string

// The actions.
const (
	Added     Action = "added"
	Removed   Action = "removed"
	Changed   Action = "changed"
	Reordered Action = "reordered" // of a list alone
)

// Object is an object of one of the sets.
type Object struct {
	*manifest.Object
	// YAML, where it is set, is the object as kgen writes it: the same text is the same
	// object.
	YAML []byte
}

// Field is a difference within an object. Old or New is nil where there is none, and
// both are where the value is not to be shown.
type Field struct {
	Path     string
	Action   Action
	old, new *value
	// in are the keys that lead to it; elements of lists are left out.
	in []string
}

// Change is what happens to one object.
type Change struct {
	// Environments are those in which the same happens; none in a project without.
	Environments          []string
	Action                Action
	APIVersion, Kind      string
	Namespace, Name       string
	Service               string
	Fields                []Field
	Cares                 []Care
	whole                 *value // of an object that is added or removed
	oldObject, newObject  *Object
	oldValue, newValue    *value
	isRenamed, isOfHidden bool
}

// Input is what is compared.
type Input struct {
	Old, New []*Object
	// PartOf, where set, is the app.kubernetes.io/part-of that objects of a cluster have
	// to have to count as ones that were rendered before.
	PartOf string
	// IsPart is set where not all services were asked for: then nothing is removed that
	// is not of one of Services.
	IsPart   bool
	Services map[string]bool
	// IsUnapplied is set where neither side is in a cluster, and so nothing of the old
	// stays by itself: addresses and node ports of Services are compared too.
	IsUnapplied bool
}

// Compare says what changes from the old objects to the new, in their order, grouped
// by service. foreign is the number of old objects that are not of the project.
func Compare(in Input) (changes []*Change, foreign int) {
	pairs := match(in.Old, in.New)
	space := spacesOf(in.New)
	for _, p := range pairs {
		switch {
		case p.old == nil:
			changes = append(changes, added(p.new))
		case p.new != nil:
			if c := changed(p.old, p.new, in.IsUnapplied); c != nil {
				changes = append(changes, c)
			}
		case in.isForeign(p.old, space):
			foreign++
		default:
			changes = append(changes, removed(p.old))
		}
	}
	changes = pairRenamed(changes)
	for _, c := range changes {
		c.care()
	}
	slices.SortStableFunc(changes, func(a, b *Change) int { return cmp.Compare(a.Service, b.Service) })
	return changes, foreign
}

func added(o *Object) *Change {
	c := changeOf(o, Added)
	c.newObject, c.whole = o, o.value()
	c.newValue = c.whole
	return c
}

func removed(o *Object) *Change {
	c := changeOf(o, Removed)
	c.oldObject, c.whole = o, o.value()
	c.oldValue = c.whole
	return c
}

func changeOf(o *Object, action Action) *Change {
	return &Change{
		Action: action, APIVersion: o.APIVersion, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name, Service: o.serviceName(),
		isOfHidden: isSecret(o),
	}
}

// changed is nil where the two are the same.
func changed(old, now *Object, isUnapplied bool) *Change {
	if len(now.YAML) > 0 && string(old.YAML) == string(now.YAML) {
		return nil
	}
	c := changeOf(now, Changed)
	c.oldObject, c.newObject = old, now
	settle(old, now)
	c.oldValue, c.newValue = old.value(), now.value()
	w := walker{live: liveOf(old), isUnapplied: isUnapplied}
	w.kind = now.Kind
	w.walk(c.oldValue, c.newValue, w.live.applied)
	if len(w.fields) == 0 {
		return nil
	}
	c.Fields = w.fields
	return c
}

// Ref names an object as messages do.
func (c *Change) Ref() string { return c.Kind + "/" + c.Name }
