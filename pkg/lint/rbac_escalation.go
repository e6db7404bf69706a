package lint

import (
	"fmt"

	"github.com/kgen-dev/kgen/pkg/report"
)

var rbacEscalation = Rule{
	ID: "rbac-escalation", Severity: report.Warning,
	Kinds: []string{kindClusterRole, kindRole},
	Doc: Doc{
		Title: "role lets its holder take any other right",
		Why:   "to change roles beyond one's own rights, to act as somebody else, or to go to the kubelet past the API server is to be cluster-admin by a detour",
		Fix:   "remove the verb or resource, or limit it with resourceNames",
		Bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
- apiGroups: [rbac.authorization.k8s.io]
  resources: [roles]
  verbs:
  - get
  - escalate # <-
`,
		Good: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
- apiGroups: [rbac.authorization.k8s.io]
  resources: [clusterroles]
  resourceNames: [web]
  verbs: [get, bind]
`,
		Notes: []string{
			"These are escalate and bind on roles, impersonate on users, groups and service accounts, any named verb on nodes/proxy, and create on serviceaccounts/token.",
			"A rule with resourceNames passes, and so does the verb *, which is for rbac-wildcard.",
			"Roles called admin, edit, cluster-admin or system:... are the cluster's own and pass.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		if isClustersOwnRole(o.Name) {
			return
		}
		grants := ownGrants(o)
		for i := range grants {
			g := &grants[i]
			if len(g.ResourceNames) > 0 {
				continue
			}
			for _, way := range escalations {
				verb, at := g.verb(false, way.verbs...)
				if at == nil || !g.coversAny(way.group, way.resources) {
					continue
				}
				tellWithBindings(all, r, at, o, fmt.Sprintf(way.message, verb))
				break
			}
		}
	},
}

// escalations are the ways to all rights.
var escalations = []struct {
	group            string
	resources, verbs []string
	message          string
}{
	{"rbac.authorization.k8s.io", []string{"roles", "clusterroles"}, []string{"escalate", "bind"}, "the rule allows to %s roles"},
	{"", []string{"users", "groups", "serviceaccounts"}, []string{"impersonate"}, "the rule allows to %s users or service accounts"},
	{"authentication.k8s.io", []string{"uids", "userextras"}, []string{"impersonate"}, "the rule allows to %s users"},
	{"", []string{"nodes/proxy"}, []string{"get", "create", "update", "patch", "delete"}, "the rule allows to %s nodes/proxy, the API of the kubelet"},
	{"", []string{"serviceaccounts/token"}, []string{"create"}, "the rule allows to %s tokens of service accounts"},
}

func (g *grant) coversAny(group string, resources []string) bool {
	for _, resource := range resources {
		if g.resourceAt(group, resource) != nil {
			return true
		}
	}
	return false
}
