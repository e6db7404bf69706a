package lint

import "github.com/kgen-dev/kgen/pkg/report"

var rbacCreatePods = Rule{
	ID: "rbac-create-pods", Severity: report.Info, Profile: Strict,
	Kinds: []string{kindClusterRoleBinding, kindRoleBinding},
	Doc: Doc{
		Title: "binding allows to make pods",
		Why:   "a pod may run under any service account of its namespace and mount any Secret there: who makes pods has the rights of all of them",
		Fix:   "leave it to those who deploy, and hold the namespace to a Pod Security level",
		Bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: runner, namespace: ci}
rules:
- {apiGroups: [batch], resources: [jobs], verbs: [get, create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: runner, namespace: ci}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: runner # <-
subjects:
- {kind: ServiceAccount, name: runner, namespace: ci}
`,
		Good: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: runner, namespace: ci}
rules:
- {apiGroups: [batch], resources: [jobs], verbs: [get, list, watch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: runner, namespace: ci}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: runner
subjects:
- {kind: ServiceAccount, name: runner, namespace: ci}
`,
		Notes: []string{
			"Pods count, and whatever makes them: Deployments, StatefulSets, DaemonSets, ReplicaSets, ReplicationControllers, Jobs and CronJobs.",
			"Roles that the role takes up by aggregation count, and so do the cluster's own admin and edit; cluster-admin is for rbac-cluster-admin.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		tellBoundRight(o, all, r, "pods or what makes them", []string{"create"}, podResources)
	},
}

var podResources = []apiResource{
	{"", "pods"}, {"", "replicationcontrollers"},
	{"apps", "deployments"}, {"apps", "statefulsets"}, {"apps", "daemonsets"}, {"apps", "replicasets"},
	{"batch", "jobs"}, {"batch", "cronjobs"},
}
