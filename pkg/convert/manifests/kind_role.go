package manifests

import (
	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/schema"
)

// A grant is a role and the binding that gives it to the account of a group and to nobody
// else.
type grant struct {
	role, binding *Object
	rules         []rbacv1.PolicyRule
}

// fillRole is the inverse of templates.Role and RoleBinding: they go into a service
// together.
func (c *converter) fillRole(g *Group, o *Object, s *schema.Service) bool {
	given := c.grantOf(g, "Role", g.Name)
	if given == nil || o != given.role && o != given.binding {
		return false
	}
	own := ownAccount(s)
	own.Rules, own.RoleName, own.RoleBindingName = given.rules, otherName(given.role, g.Name), otherName(given.binding, given.role.Name)
	return true
}

// fillClusterRole is the inverse of templates.ClusterRole and ClusterRoleBinding.
func (c *converter) fillClusterRole(g *Group, o *Object, s *schema.Service) bool {
	if c.namespace == "" {
		return false // which the binding has to name
	}
	byDefault := c.namespace + "-" + g.Name
	given := c.grantOf(g, "ClusterRole", byDefault)
	if given == nil || o != given.role && o != given.binding {
		return false
	}
	own := ownAccount(s)
	own.ClusterRules, own.ClusterRoleName, own.ClusterRoleBindingName = given.rules, otherName(given.role, byDefault), otherName(given.binding, given.role.Name)
	return true
}

// grantOf is what becomes the rules of a service, which has one role of a kind: the one
// that is called as kgen calls it, else the first; nil for none.
func (c *converter) grantOf(g *Group, kind, byDefault string) (first *grant) {
	for _, o := range g.Others {
		if o.Kind != kind+"Binding" {
			continue
		}
		given := c.grantBy(g, o, kind)
		switch {
		case given == nil:
			continue
		case given.role.Name == byDefault:
			return given
		case first == nil:
			first = given
		}
	}
	return first
}

// grantBy is what a binding gives to the group alone; nil where it gives it to others
// too, or gives what is not here, or what rules alone do not say.
func (c *converter) grantBy(g *Group, binding *Object, kind string) *grant {
	var ref *rbacv1.RoleRef
	switch b := binding.Value.(type) {
	case *rbacv1.RoleBinding:
		ref = &b.RoleRef
	case *rbacv1.ClusterRoleBinding:
		ref = &b.RoleRef
	}
	isNamed := names.PathSegment.Fits(binding.Name) && ref != nil && names.PathSegment.Fits(ref.Name)
	if !isNamed || ref.Kind != kind || !c.isAccountAlone(g, subjectsOf(binding), kind == "Role") {
		return nil
	}
	given := &grant{role: c.find(kind, ref.Name), binding: binding}
	if given.role == nil || c.owners[given.role] != g {
		return nil
	}
	switch role := given.role.Value.(type) {
	case *rbacv1.Role:
		given.rules = role.Rules
	case *rbacv1.ClusterRole:
		if role.AggregationRule != nil {
			return nil // by which the cluster writes the rules
		}
		given.rules = role.Rules
	}
	if !areRules(given.rules, kind == "ClusterRole") {
		return nil
	}
	return given
}

// isAccountAlone reports whether subjects are the account of the group and nobody else.
// One without a namespace is of that of the binding, where this has one:
// k8s.io/kubernetes/pkg/registry/rbac/validation, appliesToUser.
func (c *converter) isAccountAlone(g *Group, subjects []rbacv1.Subject, hasNamespace bool) bool {
	account := accountOf(g)
	if account == "" || len(subjects) != 1 || subjects[0].Kind != rbacv1.ServiceAccountKind || subjects[0].Name != account {
		return false
	}
	namespace := subjects[0].Namespace
	return namespace == c.namespace || namespace == "" && hasNamespace
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
