package manifests

import "k8s.io/apimachinery/pkg/labels"

// index finds the objects of a project by what they are and say.
type index struct {
	byName     map[string]*Object
	references map[*Object][]reference
	users      map[string][]*Object // by what they name, in the order of the input
	pods       []podsOf
	services   []labels.Selector
}

// podsOf is an object that makes pods, and their labels.
type podsOf struct {
	*Object
	labels labels.Set
}

func key(kind, name string) string { return kind + "/" + name }

// index is made of the objects when it is first asked for.
func (c *converter) index() *index {
	if c.known != nil {
		return c.known
	}
	x := &index{byName: map[string]*Object{}, references: map[*Object][]reference{}, users: map[string][]*Object{}}
	for _, o := range c.objects {
		if x.byName[key(o.Kind, o.Name)] == nil {
			x.byName[key(o.Kind, o.Name)] = o
		}
		x.references[o] = references(o)
		named := map[string]bool{}
		for _, r := range x.references[o] {
			if k := key(r.kind, r.name); !named[k] {
				named[k] = true
				x.users[k] = append(x.users[k], o)
			}
		}
		if makesPods(o) {
			x.pods = append(x.pods, podsOf{o, podLabelsOf(o)})
		}
		if selector := selectorOf(o); o.Kind == "Service" && selector != nil {
			x.services = append(x.services, selector)
		}
	}
	c.known = x
	return x
}

// has reports whether the input has an object of a kind of Kubernetes, by its name.
func (c *converter) has(kind, name string) bool { return c.find(kind, name) != nil }

// find is the object of a kind and name; nil where there is none.
func (c *converter) find(kind, name string) *Object { return c.index().byName[key(kind, name)] }

// selected are the objects whose pods a selector finds.
func (c *converter) selected(selector labels.Selector) (found []*Object) {
	for _, p := range c.index().pods {
		if selector.Matches(p.labels) {
			found = append(found, p.Object)
		}
	}
	return found
}
