package apiserver

import (
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/apis/rbac"
	rbacconvert "k8s.io/kubernetes/pkg/apis/rbac/v1"
	rbacvalidation "k8s.io/kubernetes/pkg/apis/rbac/validation"
)

// The rules of this file follow pkg/registry/rbac/*/strategy.go. Whether the user
// may grant what a role grants is not known here.

var role = rules[rbacv1.Role, rbac.Role]{
	convert:  rbacconvert.Convert_v1_Role_To_rbac_Role,
	validate: rbacvalidation.ValidateRole,
}

var roleBinding = rules[rbacv1.RoleBinding, rbac.RoleBinding]{
	fill:     rbacconvert.SetObjectDefaults_RoleBinding,
	convert:  rbacconvert.Convert_v1_RoleBinding_To_rbac_RoleBinding,
	validate: rbacvalidation.ValidateRoleBinding,
}

var clusterRole = rules[rbacv1.ClusterRole, rbac.ClusterRole]{
	convert: rbacconvert.Convert_v1_ClusterRole_To_rbac_ClusterRole,
	validate: func(r *rbac.ClusterRole) field.ErrorList {
		return rbacvalidation.ValidateClusterRole(r, rbacvalidation.ClusterRoleValidationOptions{})
	},
}

var clusterRoleBinding = rules[rbacv1.ClusterRoleBinding, rbac.ClusterRoleBinding]{
	fill:     rbacconvert.SetObjectDefaults_ClusterRoleBinding,
	convert:  rbacconvert.Convert_v1_ClusterRoleBinding_To_rbac_ClusterRoleBinding,
	validate: rbacvalidation.ValidateClusterRoleBinding,
}
