package lint

import "testing"

// binding is a RoleBinding or ClusterRoleBinding of nine lines.
func binding(kind, name, roleKind, role string) string {
	return "apiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "\nmetadata: {name: " + name + ", namespace: shop}\nroleRef:\n" +
		"  apiGroup: rbac.authorization.k8s.io\n  kind: " + roleKind + "\n  name: " + role + "\n" +
		"subjects: [{kind: ServiceAccount, name: web, namespace: shop}]\n---\n"
}

// roleOf is a role with one rule.
func roleOf(kind, name, rule string) string {
	return "apiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "\nmetadata: {name: " + name + ", namespace: shop}\nrules:\n- {" + rule + "}\n---\n"
}

func TestClusterAdmin(t *testing.T) {
	check(t, &rbacClusterAdmin, []ruleCase{
		{
			name: "of a namespace", text: binding("RoleBinding", "web", "ClusterRole", "cluster-admin"),
			want: []string{"7: warning: ClusterRole cluster-admin gives all rights of the namespace to ServiceAccount web"},
		},
		{name: "the cluster's own", text: binding("ClusterRoleBinding", "cluster-admin", "ClusterRole", "cluster-admin"), want: nil},
		{name: "a role of that name", text: binding("RoleBinding", "web", "Role", "cluster-admin"), want: nil},
		{
			name: "seven verbs",
			text: binding("ClusterRoleBinding", "web", "ClusterRole", "web") +
				roleOf("ClusterRole", "web", `apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch, create, update, patch, delete]`),
			want: []string{"7: warning: ClusterRole web allows everything, and gives all rights of the cluster to ServiceAccount web"},
		},
		{
			name: "six verbs",
			text: binding("ClusterRoleBinding", "web", "ClusterRole", "web") + roleOf("ClusterRole", "web", `apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch, create, update, patch]`),
			want: nil,
		},
		{
			name: "role of another namespace",
			text: binding("RoleBinding", "web", "Role", "web") +
				"apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web, namespace: other}\nrules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]",
			want: nil,
		},
	})
}

func TestWildcard(t *testing.T) {
	check(t, &rbacWildcard, []ruleCase{
		{name: "all", text: roleOf("ClusterRole", "web", `apiGroups: ["*"], resources: ["*"], verbs: ["*"]`), want: []string{"5: info: the rule allows all API groups and resources and verbs"}},
		{name: "URLs", text: roleOf("ClusterRole", "web", `nonResourceURLs: ["*"], verbs: [get]`), want: []string{"5: info: the rule allows all URLs"}},
		{name: "prefix", text: roleOf("ClusterRole", "web", `nonResourceURLs: ["/metrics/*"], verbs: [get]`), want: nil},
		{name: "subresource", text: roleOf("Role", "web", `apiGroups: [apps], resources: ["*/scale"], verbs: [get]`), want: nil},
	})
}

func TestPodExec(t *testing.T) {
	exec := roleOf("Role", "web", `apiGroups: [""], resources: [pods, pods/attach], verbs: ["*"]`)
	check(t, &rbacPodExec, []ruleCase{
		{name: "attach", text: exec, want: []string{"5: warning: the rule allows pods/attach"}},
		{name: "bound once", text: exec + binding("RoleBinding", "web", "Role", "web"), want: []string{"5: warning: the rule allows pods/attach to ServiceAccount web"}},
		{
			name: "bound twice", text: exec + binding("RoleBinding", "web", "Role", "web") + binding("RoleBinding", "admin", "Role", "web"),
			want: []string{"5: warning: the rule allows pods/attach, and 2 bindings give it"},
		},
		{name: "the cluster's own", text: roleOf("ClusterRole", "edit", `apiGroups: [""], resources: [pods/exec], verbs: [create]`), want: nil},
		{name: "system", text: roleOf("ClusterRole", "system:web", `apiGroups: [""], resources: [pods/exec], verbs: [create]`), want: nil},
		{name: "any subresource", text: roleOf("Role", "web", `apiGroups: ["*"], resources: ["*/exec"], verbs: [get]`), want: []string{"5: warning: the rule allows pods/exec"}},
		{name: "another group", text: roleOf("Role", "web", `apiGroups: [apps], resources: ["*"], verbs: ["*"]`), want: nil},
		{name: "another verb", text: roleOf("Role", "web", `apiGroups: [""], resources: [pods/exec], verbs: [list]`), want: nil},
	})
}

func TestEscalation(t *testing.T) {
	check(t, &rbacEscalation, []ruleCase{
		{name: "bind", text: roleOf("Role", "web", `apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [bind]`), want: []string{"5: warning: the rule allows to bind roles"}},
		{name: "bind one", text: roleOf("Role", "web", `apiGroups: [rbac.authorization.k8s.io], resources: [roles], resourceNames: [a], verbs: [bind]`), want: nil},
		{name: "all verbs", text: roleOf("Role", "web", `apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: ["*"]`), want: nil},
		{name: "bind of something else", text: roleOf("Role", "web", `apiGroups: [example.com], resources: [ports], verbs: [bind]`), want: nil},
		{name: "impersonate", text: roleOf("Role", "web", `apiGroups: [""], resources: [users], verbs: [impersonate]`), want: []string{"5: warning: the rule allows to impersonate users or service accounts"}},
		{name: "kubelet", text: roleOf("ClusterRole", "web", `apiGroups: [""], resources: [nodes, nodes/proxy], verbs: [get]`), want: []string{"5: warning: the rule allows to get nodes/proxy, the API of the kubelet"}},
		{name: "tokens", text: roleOf("Role", "web", `apiGroups: [""], resources: [serviceaccounts/token], verbs: [create]`), want: []string{"5: warning: the rule allows to create tokens of service accounts"}},
		{name: "the cluster's own", text: roleOf("ClusterRole", "admin", `apiGroups: [""], resources: [serviceaccounts], verbs: [impersonate]`), want: nil},
	})
}

func TestBoundRights(t *testing.T) {
	const aggregated = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: web}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: web}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: part, labels: {to: web}}
rules: [{apiGroups: [""], resources: [secrets, pods], verbs: [list, create]}]
`
	bound := binding("RoleBinding", "web", "ClusterRole", "web")
	check(t, &rbacSecretsAccess, []ruleCase{
		{name: "aggregated", text: bound + aggregated, want: []string{"7: info: ClusterRole web gives list on Secrets to ServiceAccount web"}},
		{name: "built in", text: binding("RoleBinding", "web", "ClusterRole", "edit"), want: []string{"7: info: ClusterRole edit gives rights on Secrets to ServiceAccount web"}},
		{name: "view", text: binding("RoleBinding", "web", "ClusterRole", "view"), want: nil},
		{name: "everything", text: bound + roleOf("ClusterRole", "web", `apiGroups: ["*"], resources: ["*"], verbs: ["*"]`), want: nil},
		{name: "one", text: bound + roleOf("ClusterRole", "web", `apiGroups: [""], resources: [secrets], resourceNames: [a], verbs: [get]`), want: nil},
	})
	check(t, &rbacCreatePods, []ruleCase{
		{name: "aggregated", text: bound + aggregated, want: []string{"7: info: ClusterRole web gives create on pods or what makes them to ServiceAccount web"}},
		{name: "reading", text: bound + roleOf("ClusterRole", "web", `apiGroups: [apps], resources: [deployments], verbs: [get]`), want: nil},
		{name: "all verbs", text: bound + roleOf("ClusterRole", "web", `apiGroups: [apps], resources: ["*"], verbs: ["*"]`), want: []string{"7: info: ClusterRole web gives every verb on pods or what makes them to ServiceAccount web"}},
	})
}

func TestServiceAccounts(t *testing.T) {
	of := func(mount string) string {
		return "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\nautomountServiceAccountToken: " + mount + "\n"
	}
	web := podOf("  serviceAccountName: web\n")
	told := []string{"4: info: the token of service account web is mounted, and no binding gives it rights"}
	subject := func(subject string) string {
		return "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: web}\nroleRef: {kind: ClusterRole, name: view}\nsubjects: [" + subject + "]\n"
	}
	check(t, &saTokenAutomounted, []ruleCase{
		{name: "not known", text: web, want: nil},
		{name: "mounted", text: web + of("null"), want: told},
		{name: "the account says no", text: web + of("false"), want: nil},
		{name: "the pod says yes", text: web + "  automountServiceAccountToken: true\n" + of("false"), want: []string{"6" + told[0][1:]}},
		{name: "bound", text: web + of("true") + subject("{kind: ServiceAccount, name: web, namespace: default}"), want: nil},
		{name: "bound by user", text: web + of("true") + subject("{kind: User, name: 'system:serviceaccount:default:web'}"), want: nil},
		{name: "bound by namespace", text: web + of("true") + subject("{kind: Group, name: 'system:serviceaccounts:default'}"), want: nil},
		{name: "another one is bound", text: web + of("true") + subject("{kind: ServiceAccount, name: web, namespace: shop}"), want: told},
	})
	check(t, &defaultServiceAccount, []ruleCase{
		{name: "unnamed", text: podOf("  containers: []"), want: []string{"4: info: the pods run under the service account default, with its token"}},
		{name: "no token", text: podOf("  automountServiceAccountToken: false"), want: nil},
		{name: "the old field", text: podOf("  serviceAccount: web"), want: nil},
	})
	check(t, &deprecatedServiceAccountField, []ruleCase{
		{name: "alone", text: podOf("  serviceAccount: web"), want: []string{"5: warning: serviceAccount is deprecated for serviceAccountName"}},
		{name: "equal", text: podOf("  serviceAccount: web\n  serviceAccountName: web"), want: nil},
	})
}
