package check

import (
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// accountUse: what a service account says that comes to nothing, rules that would
// let every pod on the namespace's default account do something, and cluster
// rules whose object could not be told from another namespace's.
func accountUse(s *schema.Service, sink *report.Sink) {
	a := s.ServiceAccount
	if a == nil {
		return
	}
	if len(a.ClusterRules) > 0 && s.NamespaceName() == "" {
		why := "the ClusterRole is named by the namespace, and none is known"
		if a.ClusterRoleName != "" {
			why = "the ClusterRoleBinding names the account by its namespace, and none is known"
		}
		sink.KeyErrorf(schema.MissingField, tree.P("serviceAccount", "clusterRules"), "%s", why).
			Fix = "set namespace in kgen.cue or in the service"
	}
	for _, n := range roleNames(a) {
		if n.name != "" && !n.isMade {
			sink.KeyErrorf(schema.InvalidValue, tree.P("serviceAccount", n.field), "the name is for a %s that kgen does not make", n.kind).
				Fix = "add " + n.rules + ", or remove the line"
		}
	}
	if !s.CreatesServiceAccount() && len(a.Annotations) > 0 {
		sink.KeyErrorf(schema.InvalidValue, tree.P("serviceAccount", "annotations"), "the annotations are for an account that kgen does not make").
			Fix = "remove them, or the line create: false"
	}
	if !s.CreatesServiceAccount() && a.Name == "" && len(a.Rules)+len(a.ClusterRules) > 0 {
		sink.Errorf(schema.InvalidValue, tree.P("serviceAccount", "create"), "the rules would go to the default account, which all pods of the namespace share").
			Fix = "name an account, or remove the line"
	}
}

// roleName is what a service account calls an object that it has for its rules.
type roleName struct {
	field, name string
	kind, rules string // of what, and by which field it is made
	isMade      bool
}

func roleNames(a *schema.ServiceAccount) []roleName {
	hasRules, hasClusterRules := len(a.Rules) > 0, len(a.ClusterRules) > 0
	return []roleName{
		{"roleName", a.RoleName, "Role", "rules", hasRules},
		{"roleBindingName", a.RoleBindingName, "RoleBinding", "rules", hasRules},
		{"clusterRoleName", a.ClusterRoleName, "ClusterRole", "clusterRules", hasClusterRules},
		{"clusterRoleBindingName", a.ClusterRoleBindingName, "ClusterRoleBinding", "clusterRules", hasClusterRules},
	}
}
