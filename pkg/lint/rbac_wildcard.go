package lint

import (
	"slices"
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var rbacWildcard = Rule{
	ID: "rbac-wildcard", Severity: report.Info,
	Kinds: []string{kindClusterRole, kindRole},
	Doc: Doc{
		Title: "role allows more than it names",
		Why:   "a wildcard grows by itself: every resource that is installed later, and every verb such as escalate or impersonate, is allowed as well",
		Fix:   "name the API groups, resources and verbs that are used",
		Bad: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules:
- apiGroups: [apps]
  resources: [deployments]
  verbs: ["*"] # <-
`,
		Good: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules:
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, update, patch]
`,
		Notes: []string{"All wildcards of a rule are one finding. Operators that manage any resource need them: ignore the rule there, with the reason."},
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		for _, g := range ownGrants(o) {
			var all []string
			var first tree.Path
			for _, list := range []struct {
				field, what string
				entries     []string
			}{
				{"apiGroups", "API groups", g.APIGroups}, {"resources", "resources", g.Resources},
				{"verbs", "verbs", g.Verbs}, {"nonResourceURLs", "URLs", g.NonResourceURLs},
			} {
				i := slices.Index(list.entries, rbacv1.VerbAll)
				if i < 0 {
					continue
				}
				all = append(all, list.what)
				if first == nil {
					first = g.at.With(list.field, i)
				}
			}
			if len(all) > 0 {
				r.At(first, "the rule allows all %s", strings.Join(all, " and "))
			}
		}
	},
}
