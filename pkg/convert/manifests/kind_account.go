package manifests

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// fillAccount is the inverse of templates.ServiceAccount: the account that the pods run
// as is the service's own from now on.
func (c *converter) fillAccount(g *Group, o *Object, s *schema.Service) bool {
	account, isAccount := o.Value.(*corev1.ServiceAccount)
	if !isAccount || o.Name != accountOf(g) {
		return false
	}
	create := true
	own := ownAccount(s)
	own.Create, own.Name, own.Annotations = &create, otherName(o, g.Name), annotationsOf(o)
	// What an account does not say is true; kgen leaves that out.
	if token, said := own.AutomountServiceAccountToken, account.AutomountServiceAccountToken; token != nil && *token && (said == nil || *said) {
		c.comesTo(o, tree.P("automountServiceAccountToken"))
	}
	return true
}

// accountOf is the account that the pods of a group run as; empty where that is the one
// that every namespace has.
func accountOf(g *Group) string {
	spec := podTemplate(g.Workload).With("spec")
	name := orText(text(g.Workload.Node.At(spec), "serviceAccountName"), text(g.Workload.Node.At(spec), "serviceAccount"))
	if name == "default" {
		return ""
	}
	return name
}

func ownAccount(s *schema.Service) *schema.ServiceAccount {
	if s.ServiceAccount == nil {
		s.ServiceAccount = &schema.ServiceAccount{}
	}
	return s.ServiceAccount
}
