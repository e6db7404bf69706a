package lint

import (
	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var rbacSecretsAccess = Rule{
	ID: "rbac-secrets-access", Severity: report.Info, Profile: Strict,
	Kinds: []string{kindClusterRoleBinding, kindRoleBinding},
	Doc: Doc{
		Title: "binding gives access to all Secrets",
		Why:   "among them are the tokens and passwords of every other application, and with a ClusterRoleBinding those of every namespace",
		Fix:   "limit the rule to the Secrets that are used with resourceNames, or mount them into the pod",
		Bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: web}
rules:
- {apiGroups: [""], resources: [secrets], verbs: [get, list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: web # <-
subjects:
- {kind: ServiceAccount, name: web, namespace: shop}
`,
		Good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: web}
rules:
- {apiGroups: [""], resources: [secrets], resourceNames: [web], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: web
subjects:
- {kind: ServiceAccount, name: web, namespace: shop}
`,
		Notes: []string{
			"Roles that the role takes up by aggregation count, and so do the cluster's own admin and edit; cluster-admin is for rbac-cluster-admin.",
			"A rule with resourceNames passes.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		tellBoundRight(o, all, r, "Secrets", []string{"get", "list", "watch", "create", "update", "patch", "delete"}, secretResources)
	},
}

// apiResource is a resource of an API group.
type apiResource struct{ group, resource string }

var secretResources = []apiResource{{"", "secrets"}}

// tellBoundRight reports a binding to a role that allows one of some verbs on one of
// some resources, whatever their names.
func tellBoundRight(o *Object, all *Index, r *Reporter, on string, verbs []string, resources []apiResource) {
	ref, subjects := bindingOf(o)
	if isClustersOwnBinding(o.Name) {
		return
	}
	whom, at := subjectNames(subjects), tree.P("roleRef", "name")
	if ref.Kind == "ClusterRole" && (ref.Name == "admin" || ref.Name == "edit") {
		r.At(at, "ClusterRole %s gives rights on %s to %s", ref.Name, on, whom)
		return
	}
	role := all.boundRole(o, ref)
	if role == nil {
		return
	}
	for _, g := range all.grants(role) {
		verb, verbAt := g.verb(true, verbs...)
		if verbAt == nil || len(g.ResourceNames) > 0 || g.isEverything() {
			continue
		}
		for _, resource := range resources {
			if ruleAt := g.resourceAt(resource.group, resource.resource); ruleAt != nil {
				r.At(at, "%s %s gives %s on %s to %s", ref.Kind, ref.Name, verbName(verb), on, whom).And(g.role, ruleAt)
				return
			}
		}
	}
}

func verbName(verb string) string {
	if verb == rbacv1.VerbAll {
		return "every verb"
	}
	return verb
}
