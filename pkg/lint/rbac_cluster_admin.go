package lint

import (
	"slices"
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var rbacClusterAdmin = Rule{
	ID: "rbac-cluster-admin", Severity: report.Warning,
	Kinds: []string{kindClusterRoleBinding, kindRoleBinding},
	Doc: Doc{
		Title: "binding gives all rights",
		Why:   "one leaked token, or one hole in a program that runs under the account, is the loss of the cluster",
		Fix:   "bind a role with the verbs and resources that are used",
		Bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: deployer}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin # <-
subjects:
- {kind: ServiceAccount, name: deployer, namespace: ci}
`,
		Good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: deployer}
rules:
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, update, patch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: deployer}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: deployer
subjects:
- {kind: ServiceAccount, name: deployer, namespace: ci}
`,
		Notes: []string{
			"A role of the input with all API groups, all resources and all verbs, or the seven common ones, counts as cluster-admin.",
			"A binding that is itself called cluster-admin, or system:..., passes: it is the cluster's own.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		ref, subjects := bindingOf(o)
		if isClustersOwnBinding(o.Name) {
			return
		}
		where := "of the cluster"
		if o.Kind == "RoleBinding" {
			where = "of the namespace"
		}
		whom, at := subjectNames(subjects), tree.P("roleRef", "name")
		if ref.Kind == "ClusterRole" && ref.Name == "cluster-admin" {
			r.At(at, "ClusterRole cluster-admin gives all rights %s to %s", where, whom)
			return
		}
		role := all.boundRole(o, ref)
		if role == nil {
			return
		}
		for _, g := range all.grants(role) {
			if g.isEverything() {
				r.At(at, "%s %s allows everything, and gives all rights %s to %s", ref.Kind, ref.Name, where, whom).And(g.role, g.at)
				return
			}
		}
	},
}

// isClustersOwnBinding reports whether clusters come with a binding of that name.
func isClustersOwnBinding(name string) bool {
	return name == "cluster-admin" || strings.HasPrefix(name, "system:")
}

// isEverything reports whether a rule allows every common verb on everything.
func (g *grant) isEverything() bool {
	if !slices.Contains(g.APIGroups, rbacv1.APIGroupAll) || !slices.Contains(g.Resources, rbacv1.ResourceAll) || len(g.ResourceNames) > 0 {
		return false
	}
	if slices.Contains(g.Verbs, rbacv1.VerbAll) {
		return true
	}
	for _, verb := range []string{"get", "list", "watch", "create", "update", "patch", "delete"} {
		if !slices.Contains(g.Verbs, verb) {
			return false
		}
	}
	return true
}

// subjectNames are the subjects of a binding for people.
func subjectNames(subjects []rbacv1.Subject) string {
	if len(subjects) == 0 {
		return "nobody yet"
	}
	var names []string
	for i := range subjects {
		names = append(names, subjects[i].Kind+" "+subjects[i].Name)
	}
	return firstOf(names, mostShown)
}
