package manifests

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// fillAccount is the inverse of templates.ServiceAccount: the account that the pods run
// as is the service's own from now on.
func (c *converter) fillAccount(g *Group, o *Object, s *schema.Service) bool {
	account, isAccount := o.Value.(*corev1.ServiceAccount)
	if !isAccount || o.Name != accountOf(g) {
		return false
	}
	create := true
	own := ownAccount(s)
	own.Create, own.Name, own.Annotations = &create, otherName(o, g.Name), annotationsOf(o)
	// What an account does not say is true; kgen leaves that out.
	if token, said := own.AutomountServiceAccountToken, account.AutomountServiceAccountToken; token != nil && *token && (said == nil || *said) {
		c.comesTo(o, tree.P("automountServiceAccountToken"))
	}
	return true
}

// accountOf is the account that the pods of a group run as; empty where that is the one
// that every namespace has.
func accountOf(g *Group) string {
	spec := podTemplate(g.Workload).With("spec")
	name := orText(text(g.Workload.Node.At(spec), "serviceAccountName"), text(g.Workload.Node.At(spec), "serviceAccount"))
	if name == "default" {
		return ""
	}
	return name
}

func ownAccount(s *schema.Service) *schema.ServiceAccount {
	if s.ServiceAccount == nil {
		s.ServiceAccount = &schema.ServiceAccount{}
	}
	return s.ServiceAccount
}

// fillRole is the inverse of templates.Role and RoleBinding: they go into a service
// together, where they have its name and are about its account alone.
func (c *converter) fillRole(g *Group, o *Object, s *schema.Service) bool {
	role, isRole := c.inGroup(g, "Role", g.Name).(*rbacv1.Role)
	binding, isBinding := c.inGroup(g, "RoleBinding", g.Name).(*rbacv1.RoleBinding)
	if !isRole || !isBinding || o.Name != g.Name || !c.binds(g, &binding.RoleRef, "Role", g.Name, binding.Subjects) || !areRules(role.Rules, false) {
		return false
	}
	ownAccount(s).Rules = role.Rules
	return true
}

// fillClusterRole is the inverse of templates.ClusterRole and ClusterRoleBinding.
func (c *converter) fillClusterRole(g *Group, o *Object, s *schema.Service) bool {
	if c.namespace == "" {
		return false // their names have the namespace
	}
	name := c.namespace + "-" + g.Name
	role, isRole := c.inGroup(g, "ClusterRole", name).(*rbacv1.ClusterRole)
	binding, isBinding := c.inGroup(g, "ClusterRoleBinding", name).(*rbacv1.ClusterRoleBinding)
	if !isRole || !isBinding || o.Name != name || role.AggregationRule != nil || !areRules(role.Rules, true) {
		return false
	}
	if !c.binds(g, &binding.RoleRef, "ClusterRole", name, binding.Subjects) {
		return false
	}
	ownAccount(s).ClusterRules = role.Rules
	return true
}

// inGroup is the value of an object of the group; nil where it has none of the name.
func (c *converter) inGroup(g *Group, kind, name string) any {
	i := slices.IndexFunc(g.Others, func(o *Object) bool { return o.Kind == kind && o.Name == name })
	if i < 0 {
		return nil
	}
	return g.Others[i].Value
}

// binds reports whether a binding gives a role to the account of the group and to nobody
// else.
func (c *converter) binds(g *Group, ref *rbacv1.RoleRef, kind, role string, subjects []rbacv1.Subject) bool {
	account := accountOf(g)
	return account != "" && ref.Kind == kind && ref.Name == role && len(subjects) == 1 && subjects[0].Kind == rbacv1.ServiceAccountKind &&
		subjects[0].Name == account && subjects[0].Namespace == c.namespace
}

// areRules reports whether kgen takes rules: each allows something.
func areRules(rules []rbacv1.PolicyRule, isCluster bool) bool {
	for i := range rules {
		r := &rules[i]
		isURL := len(r.NonResourceURLs) > 0
		switch {
		case len(r.Verbs) == 0, isURL && !isCluster, isURL && len(r.Resources)+len(r.APIGroups) > 0:
			return false
		case !isURL && (len(r.Resources) == 0 || len(r.APIGroups) == 0):
			return false
		}
	}
	return len(rules) > 0
}
