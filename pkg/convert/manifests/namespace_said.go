package manifests

import (
	"slices"

	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// settleNamespaces gives a namespace to objects without one, where that is known: it was
// asked for, or others are in the default one, or accounts are said to be in it.
func (in *input) settleNamespaces(asked string) {
	switch {
	case asked != "":
		in.setNamespace(asked, false)
	case slices.ContainsFunc(in.objects, func(o *Object) bool { return o.Namespace == defaultNamespace }):
		in.setNamespace(defaultNamespace, true)
	default:
		if namespace, binding, at := in.boundIn(); namespace != "" {
			in.add(convert.Changed, binding, at, "objects that name no namespace go to %s, where this says that the account is", namespace)
			in.setNamespace(namespace, false)
		}
	}
}

func (in *input) setNamespace(namespace string, isTold bool) {
	for _, o := range in.objects {
		typed, isTyped := o.Value.(manifest.Typed)
		if !isTyped || isHomeless(o) || o.Namespace != "" {
			continue
		}
		o.Namespace = namespace
		typed.SetNamespace(namespace)
		if isTold {
			in.add(convert.Changed, o, tree.P("metadata"), "it names no namespace, and goes to %s", namespace)
		}
	}
}

// boundIn is the one namespace that bindings say accounts of the input to be in, where no
// object says one itself: helm template renders charts so. It is empty where there is
// none, or more than one.
func (in *input) boundIn() (namespace string, binding *Object, at tree.Path) {
	for _, o := range in.objects {
		if o.Namespace != "" {
			return "", nil, nil
		}
		for i, s := range subjectsOf(o) {
			isHere := s.Kind == rbacv1.ServiceAccountKind && slices.ContainsFunc(in.objects, func(a *Object) bool { return a.Kind == s.Kind && a.Name == s.Name })
			switch {
			case !isHere || s.Namespace == "" || s.Namespace == namespace:
			case namespace != "":
				return "", nil, nil
			default:
				namespace, binding, at = s.Namespace, o, tree.P("subjects", i, "namespace")
			}
		}
	}
	return namespace, binding, at
}

func subjectsOf(o *Object) []rbacv1.Subject {
	switch b := o.Value.(type) {
	case *rbacv1.RoleBinding:
		return b.Subjects
	case *rbacv1.ClusterRoleBinding:
		return b.Subjects
	}
	return nil
}
