package templates

import (
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// ClusterRole is what the pods of s may do in the whole cluster; nil without
// cluster rules.
func ClusterRole(s *schema.Service) *rbacv1.ClusterRole {
	if s.ServiceAccount == nil || len(s.ServiceAccount.ClusterRules) == 0 {
		return nil
	}
	return &rbacv1.ClusterRole{
		TypeMeta:   metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "ClusterRole"},
		ObjectMeta: clusterMetadata(s, s.ClusterRoleName()),
		Rules:      s.ServiceAccount.ClusterRules,
	}
}

// ClusterRoleBinding gives the ClusterRole to the account of s; nil without
// cluster rules.
func ClusterRoleBinding(s *schema.Service) *rbacv1.ClusterRoleBinding {
	role := ClusterRole(s)
	if role == nil {
		return nil
	}
	return &rbacv1.ClusterRoleBinding{
		TypeMeta:   metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "ClusterRoleBinding"},
		ObjectMeta: clusterMetadata(s, s.ClusterRoleBindingName()),
		Subjects:   bindingSubjects(s),
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: role.Name},
	}
}
