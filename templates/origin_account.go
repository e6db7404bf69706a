package templates

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

var accountOrigins = objectOrigins("{object}",
	rule{"automountServiceAccountToken", "serviceAccount.automountServiceAccountToken"},
)

// roleOrigins are those of a role that a list of rules makes.
func roleOrigins(list string) []rule {
	return objectOrigins(list, rule{"rules.*", list + ".*"})
}

// bindingOrigins are those of its binding.
func bindingOrigins(list string) []rule {
	return objectOrigins(list,
		rule{"subjects.*", "serviceAccount"},
		rule{"subjects.0.name", "{accountName}"},
		rule{"subjects.0.namespace", "{namespace}"},
		rule{"roleRef.*", list},
		rule{"roleRef.name", "{roleName}"},
	)
}

// isRBAC reports whether the object is a role or the binding of one.
func (m *made) isRBAC() bool { return strings.HasSuffix(m.roleKind(), "Role") }

// roleKind is the kind of the role that the object is or binds.
func (m *made) roleKind() string { return strings.TrimSuffix(m.kind, "Binding") }

// rbacNamePlace is what names a role or its binding, which is called as the role is
// unless it has a name of its own.
func rbacNamePlace(m *made) found {
	account := m.service.ServiceAccount
	switch {
	case account == nil:
	case m.kind == "RoleBinding" && account.RoleBindingName != "":
		return foundAt("serviceAccount", "roleBindingName")
	case m.kind == "ClusterRoleBinding" && account.ClusterRoleBindingName != "":
		return foundAt("serviceAccount", "clusterRoleBindingName")
	}
	role, _ := roleNamePlace(m, nil)
	return role
}

// roleNamePlace is what names the role that the object is or binds.
func roleNamePlace(m *made, _ tree.Path) (found, bool) {
	account := m.service.ServiceAccount
	switch {
	case account == nil:
	case m.roleKind() == "Role" && account.RoleName != "":
		return foundAt("serviceAccount", "roleName"), true
	case m.roleKind() == "ClusterRole" && account.ClusterRoleName != "":
		return foundAt("serviceAccount", "clusterRoleName"), true
	}
	return foundAt("name"), true
}
