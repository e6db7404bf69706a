package lint

import (
	"slices"
	"strings"
	"sync"

	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// The kinds of RBAC.
const (
	kindRole               = "Role.rbac.authorization.k8s.io"
	kindClusterRole        = "ClusterRole.rbac.authorization.k8s.io"
	kindRoleBinding        = "RoleBinding.rbac.authorization.k8s.io"
	kindClusterRoleBinding = "ClusterRoleBinding.rbac.authorization.k8s.io"
)

// access is who is bound to what, made when the first rule asks for it.
type access struct {
	once     sync.Once
	bindings map[*Object][]*Object // of a role
	accounts map[account]bool      // that a binding names
}

// account is a service account; without a name all of its namespace, without a
// namespace all there are.
type account struct{ namespace, name string }

func (x *Index) readAccess() *access {
	a := &x.access
	a.once.Do(func() {
		a.bindings, a.accounts = map[*Object][]*Object{}, map[account]bool{}
		for _, kind := range []string{kindRoleBinding, kindClusterRoleBinding} {
			for _, o := range x.Kind(kind) {
				ref, subjects := bindingOf(o)
				if role := x.boundRole(o, ref); role != nil {
					a.bindings[role] = append(a.bindings[role], o)
				}
				for i := range subjects {
					if named, isAccount := accountOf(&subjects[i], o); isAccount {
						a.accounts[named] = true
					}
				}
			}
		}
	})
	return a
}

// Bindings are the RoleBindings and ClusterRoleBindings to a role.
func (x *Index) Bindings(role *Object) []*Object { return x.readAccess().bindings[role] }

// IsBound reports whether a binding gives rights to a service account.
func (x *Index) IsBound(namespace, name string) bool {
	accounts, space := x.readAccess().accounts, spaceOf(namespace)
	return accounts[account{space, name}] || accounts[account{space, ""}] || accounts[account{}]
}

// bindingOf is what a RoleBinding or ClusterRoleBinding binds; of anything else it is
// empty.
func bindingOf(o *Object) (ref rbacv1.RoleRef, subjects []rbacv1.Subject) {
	switch v := o.Value.(type) {
	case *rbacv1.RoleBinding:
		return v.RoleRef, v.Subjects
	case *rbacv1.ClusterRoleBinding:
		return v.RoleRef, v.Subjects
	}
	return rbacv1.RoleRef{}, nil
}

// boundRole is the role that a binding refers to; nil where it is not among the
// objects.
func (x *Index) boundRole(binding *Object, ref rbacv1.RoleRef) *Object {
	switch ref.Kind {
	case "ClusterRole":
		return x.Find(binding, kindClusterRole, "", ref.Name)
	case "Role":
		return x.Find(binding, kindRole, binding.Namespace, ref.Name)
	}
	return nil
}

// accountOf is the service account, or the group of them, that a subject is.
func accountOf(s *rbacv1.Subject, binding *Object) (account, bool) {
	switch s.Kind {
	case rbacv1.ServiceAccountKind:
		if s.Namespace == "" {
			return account{binding.space(), s.Name}, true
		}
		return account{s.Namespace, s.Name}, true
	case rbacv1.UserKind:
		user, isAccount := strings.CutPrefix(s.Name, "system:serviceaccount:")
		namespace, name, _ := strings.Cut(user, ":")
		return account{namespace, name}, isAccount
	case rbacv1.GroupKind:
		namespace, isSpace := strings.CutPrefix(s.Name, "system:serviceaccounts:")
		if isSpace {
			return account{namespace, ""}, true
		}
		return account{}, s.Name == "system:serviceaccounts" || s.Name == "system:authenticated"
	}
	return account{}, false
}

// grant is a rule of a role, and where it is written.
type grant struct {
	*rbacv1.PolicyRule
	role *Object
	at   tree.Path
}

// grants are the rules of a role; of one that is aggregated, those of the roles that
// it takes up.
func (x *Index) grants(role *Object) (grants []grant) {
	if clusterRole, is := role.Value.(*rbacv1.ClusterRole); is && clusterRole.AggregationRule != nil {
		for _, part := range x.Kind(kindClusterRole) {
			for i := range clusterRole.AggregationRule.ClusterRoleSelectors {
				if part != role && x.AreTogether(role, part) && Matches(&clusterRole.AggregationRule.ClusterRoleSelectors[i], part.Labels()) {
					grants = append(grants, ownGrants(part)...)
					break
				}
			}
		}
		return grants
	}
	return ownGrants(role)
}

func ownGrants(role *Object) (grants []grant) {
	var rules []rbacv1.PolicyRule
	switch v := role.Value.(type) {
	case *rbacv1.Role:
		rules = v.Rules
	case *rbacv1.ClusterRole:
		rules = v.Rules
	}
	for i := range rules {
		grants = append(grants, grant{&rules[i], role, tree.P("rules", i)})
	}
	return grants
}

// resourceAt is the path of the entry of resources by which the rule is about one; nil
// where it is not.
func (g *grant) resourceAt(group, resource string) tree.Path {
	if !slices.Contains(g.APIGroups, group) && !slices.Contains(g.APIGroups, rbacv1.APIGroupAll) {
		return nil
	}
	_, sub, isSub := strings.Cut(resource, "/")
	for i, r := range g.Resources {
		if r == resource || r == rbacv1.ResourceAll || isSub && r == "*/"+sub {
			return g.at.With("resources", i)
		}
	}
	return nil
}

// verb is the first of some verbs that the rule allows, and its place in verbs; all
// verbs count where asked for. It is empty where there is none.
func (g *grant) verb(all bool, verbs ...string) (verb string, at tree.Path) {
	for i, v := range g.Verbs {
		if slices.Contains(verbs, v) || all && v == rbacv1.VerbAll {
			return v, g.at.With("verbs", i)
		}
	}
	return "", nil
}
