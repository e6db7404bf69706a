package lint

import (
	"fmt"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var rbacPodExec = Rule{
	ID: "rbac-pod-exec", Severity: report.Warning,
	Kinds: []string{kindClusterRole, kindRole},
	Doc: Doc{
		Title: "role allows commands in running pods",
		Why:   "who may exec into a pod has its secrets, its volumes and the rights of its service account, and leaves no trace in its manifest",
		Fix:   "remove pods/exec and pods/attach, or keep them in a role that is bound for an emergency only",
		Bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: support}
rules:
- apiGroups: [""]
  resources: [pods, pods/log]
  verbs: [get, list]
- apiGroups: [""]
  resources:
  - pods/exec # <-
  verbs: [create]
`,
		Good: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: support}
rules:
- apiGroups: [""]
  resources: [pods, pods/log]
  verbs: [get, list]
`,
		Notes: []string{
			"The verbs get, create and * count, on pods/exec and pods/attach by name or wildcard. It is one finding a role; the bindings to it are named.",
			"Roles called admin, edit, cluster-admin or system:... are the cluster's own and pass.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		if isClustersOwnRole(o.Name) {
			return
		}
		grants := ownGrants(o)
		for i := range grants {
			if _, at := grants[i].verb(true, "get", "create"); at == nil {
				continue
			}
			for _, resource := range []string{"pods/exec", "pods/attach"} {
				if at := grants[i].resourceAt("", resource); at != nil {
					tellWithBindings(all, r, at, o, fmt.Sprintf("the rule allows %s", resource))
					return
				}
			}
		}
	},
}

// isClustersOwnRole reports whether every cluster has a role of that name that may do
// such things; view may not.
func isClustersOwnRole(name string) bool { return isBuiltInRole(name) && name != "view" }

// tellWithBindings reports a rule of a role, and names the bindings to it.
func tellWithBindings(all *Index, r *Reporter, at tree.Path, role *Object, message string) {
	bindings := all.Bindings(role)
	switch len(bindings) {
	case 0:
	case 1:
		_, subjects := bindingOf(bindings[0])
		message += " to " + subjectNames(subjects)
	default:
		message += fmt.Sprintf(", and %d bindings give it", len(bindings))
	}
	f := r.At(at, "%s", message)
	for _, binding := range bindings {
		f.And(binding, tree.P("roleRef", "name"))
	}
}
