package templates

import (
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// Role is what the pods of s may do in their namespace; nil without rules.
func Role(s *schema.Service) *rbacv1.Role {
	if s.ServiceAccount == nil || len(s.ServiceAccount.Rules) == 0 {
		return nil
	}
	return &rbacv1.Role{
		TypeMeta:   metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "Role"},
		ObjectMeta: metadata(s, s.RoleName()),
		Rules:      s.ServiceAccount.Rules,
	}
}

// RoleBinding gives the Role to the account of s; nil without rules.
func RoleBinding(s *schema.Service) *rbacv1.RoleBinding {
	role := Role(s)
	if role == nil {
		return nil
	}
	return &rbacv1.RoleBinding{
		TypeMeta:   metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "RoleBinding"},
		ObjectMeta: metadata(s, s.RoleBindingName()),
		Subjects:   bindingSubjects(s),
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "Role", Name: role.Name},
	}
}

// bindingSubjects is the account. Where no namespace is known, the binding's own
// is meant.
func bindingSubjects(s *schema.Service) []rbacv1.Subject {
	return []rbacv1.Subject{{
		Kind:      rbacv1.ServiceAccountKind,
		Name:      s.ServiceAccountName(),
		Namespace: s.NamespaceName(),
	}}
}
