package manifests

import (
	corev1 "k8s.io/api/core/v1"
)

// index finds the objects of a project by what they are and say.
type index struct {
	byName     map[string]*Object
	references map[*Object][]reference
	users      map[string][]*Object // by what they name, in the order of the input
	pods       labelled             // what makes pods, by their labels
	services   labelled             // Services by their labels
	selecting  selecting            // Services by their selectors
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
			x.pods.add(o, podLabelsOf(o))
		}
		if o.Kind == "Service" {
			x.services.add(o, labelsAt(o.Node, metadataPath))
			x.selecting.add(o, selectorOf(o))
		}
	}
	c.known = x
	return x
}

// has reports whether the input has an object of a kind of Kubernetes, by its name.
func (c *converter) has(kind, name string) bool { return c.find(kind, name) != nil }

// find is the object of a kind and name; nil where there is none.
func (c *converter) find(kind, name string) *Object { return c.index().byName[key(kind, name)] }

// servicesOf are the Services that find the pods of a workload, in the order of the input.
func (c *converter) servicesOf(o *Object) (services []*corev1.Service) {
	for _, found := range c.index().selecting.of(podLabelsOf(o)) {
		if service, isService := found.Value.(*corev1.Service); isService {
			services = append(services, service)
		}
	}
	return services
}
