package lint

import (
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var rbacDanglingRole = Rule{
	ID: "rbac-dangling-role", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{kindClusterRoleBinding, kindRoleBinding},
	Doc: Doc{
		Title: "binding names a role or a ServiceAccount that is not there",
		Why:   "the binding is accepted and gives nobody any right: the app is answered with 403 for what it has to do",
		Fix:   "correct the name, its kind or its namespace, or add the role or the ServiceAccount",
		Bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: web # <-
subjects:
- kind: ServiceAccount
  name: website # <-
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
`,
		Good: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: web
subjects:
- kind: ServiceAccount
  name: web
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
`,
		Notes: []string{
			"The ClusterRoles admin, edit, view, cluster-admin and system:* are in every cluster, and the ServiceAccount default in every namespace.",
			"A ServiceAccount of another namespace is missed only where that namespace has others.",
			"A subject of a RoleBinding without namespace means the RoleBinding's; in a ClusterRoleBinding the API server refuses it.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		role, subjects := bindingOf(o)
		kind, namespace := kindRole, o.Namespace
		if role.Kind == "ClusterRole" {
			kind, namespace = kindClusterRole, ""
		}
		if !(role.Kind == "ClusterRole" && isBuiltInRole(role.Name)) && all.Lacks(o, kind, namespace, role.Name) {
			r.At(tree.P("roleRef", "name"), "there is no %s %s", KindName(kind), role.Name)
		}
		for i := range subjects {
			if subjects[i].Kind == rbacv1.ServiceAccountKind {
				checkAccount(tree.P("subjects", i), &subjects[i], all, r)
			}
		}
	},
}

// checkAccount looks for a ServiceAccount that a binding is for.
func checkAccount(at tree.Path, s *rbacv1.Subject, all *Index, r *Reporter) {
	o, namespace := r.object, s.Namespace
	if namespace == "" {
		if o.Kind == "ClusterRoleBinding" {
			r.At(at.With("namespace"), "ServiceAccount %s has no namespace", s.Name).With("write the namespace of the ServiceAccount")
			return
		}
		namespace = o.Namespace
	}
	isElsewhere := (o.Kind == "ClusterRoleBinding" || spaceOf(namespace) != o.space()) && all.World != Closed &&
		!all.inSpace[kindSpace{"ServiceAccount", spaceOf(namespace)}]
	if s.Name != "default" && !isElsewhere && all.Lacks(o, "ServiceAccount", namespace, s.Name) {
		r.At(at.With("name"), "there is no ServiceAccount %s in namespace %s", s.Name, spaceOf(namespace))
	}
}

func isBuiltInRole(name string) bool {
	switch name {
	case "admin", "edit", "view", "cluster-admin":
		return true
	}
	return strings.HasPrefix(name, "system:")
}
