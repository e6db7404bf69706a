package manifests

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// defaultNamespace is where kubectl puts what names no namespace, unless told otherwise.
const defaultNamespace = "default"

// space is the objects of one namespace.
type space struct {
	namespace string
	objects   []*Object
}

// spaces divides the objects by namespace, the namespaces in their order. What is in
// none goes where it is used, or to the first in which something runs.
func (in *input) spaces(namespace string) (spaces []*space) {
	in.settleNamespaces(namespace)
	var homeless []*Object
	byName := map[string]*space{}
	for _, o := range in.objects {
		if isHomeless(o) {
			homeless = append(homeless, o)
			continue
		}
		s := byName[o.Namespace]
		if s == nil {
			s = &space{namespace: o.Namespace}
			byName[o.Namespace] = s
			spaces = append(spaces, s)
		}
		s.objects = append(s.objects, o)
	}
	slices.SortStableFunc(spaces, func(a, b *space) int { return slices.Compare([]string{a.namespace}, []string{b.namespace}) })
	if len(spaces) == 0 && len(homeless) > 0 {
		spaces = append(spaces, &space{})
	}
	first := withWorkloads(spaces)
	homes := map[*Object]*space{}
	for range 2 { // a role goes where its binding went
		for _, o := range homeless {
			if homes[o] == nil {
				homes[o] = in.home(o, spaces, byName, homes)
			}
		}
	}
	for _, o := range homeless {
		s := homes[o]
		if s == nil {
			s = first
		}
		s.objects = append(s.objects, o)
	}
	in.inOrder(spaces)
	return spaces
}

// withWorkloads is the first namespace with a workload, else the first; nil for none.
func withWorkloads(spaces []*space) *space {
	for _, s := range spaces {
		if slices.ContainsFunc(s.objects, isWorkload) {
			return s
		}
	}
	if len(spaces) == 0 {
		return nil
	}
	return spaces[0]
}

// inOrder brings the objects of each namespace into the order of the input.
func (in *input) inOrder(spaces []*space) {
	places := map[*Object]int{}
	for i, o := range in.objects {
		places[o] = i
	}
	for _, s := range spaces {
		slices.SortFunc(s.objects, func(a, b *Object) int { return places[a] - places[b] })
	}
}

// isHomeless reports whether an object is in no namespace, or may be: of a kind that
// kgen does not know it cannot tell.
func isHomeless(o *Object) bool {
	if kind := manifest.KindOf(o.APIVersion, o.Kind); kind != nil {
		return kind.ClusterScoped
	}
	return o.Namespace == ""
}

// home is where an object is used that is in no namespace; nil where it is in none, or
// not known yet.
func (in *input) home(o *Object, spaces []*space, byName map[string]*space, homes map[*Object]*space) *space {
	if o.Kind == "Namespace" {
		return byName[o.Name]
	}
	for _, s := range elements(o.Node.Get("subjects")) {
		if found := byName[text(s, "namespace")]; found != nil && text(s, "kind") == "ServiceAccount" {
			return found
		}
	}
	for _, namespace := range servedFrom(o) {
		if found := byName[namespace]; found != nil {
			return found
		}
	}
	for _, s := range spaces {
		for _, other := range s.objects {
			if o.Kind == "ClusterRole" && other.Kind == "RoleBinding" && text(other.Node, "roleRef", "kind") == o.Kind && text(other.Node, "roleRef", "name") == o.Name {
				return s
			}
		}
	}
	for _, other := range in.objects {
		if o.Kind == "ClusterRole" && other.Kind == "ClusterRoleBinding" && text(other.Node, "roleRef", "name") == o.Name && homes[other] != nil {
			return homes[other]
		}
	}
	return nil
}

// servedFrom are the namespaces of the Services that the API server asks about an object:
// of webhooks, conversions, and further APIs.
func servedFrom(o *Object) (namespaces []string) {
	add := func(n *tree.Node, path ...any) {
		if namespace := text(n, append(path, "namespace")...); namespace != "" {
			namespaces = append(namespaces, namespace)
		}
	}
	for _, webhook := range elements(o.Node.Get("webhooks")) {
		add(webhook, "clientConfig", "service")
	}
	add(o.Node, "spec", "conversion", "webhook", "clientConfig", "service")
	if o.Kind == "APIService" {
		add(o.Node, "spec", "service")
	}
	return namespaces
}
