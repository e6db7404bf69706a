package schema

// RoleName is the name of the Role.
func (s *Service) RoleName() string {
	if s.ServiceAccount != nil {
		return or(s.ServiceAccount.RoleName, s.Name)
	}
	return s.Name
}

// RoleBindingName is the name of the RoleBinding.
func (s *Service) RoleBindingName() string {
	if s.ServiceAccount != nil {
		return or(s.ServiceAccount.RoleBindingName, s.RoleName())
	}
	return s.RoleName()
}

// ClusterRoleName is the name of the ClusterRole. A cluster has one of a name, so
// that by default the namespace stands in it.
func (s *Service) ClusterRoleName() string {
	if s.ServiceAccount != nil && s.ServiceAccount.ClusterRoleName != "" {
		return s.ServiceAccount.ClusterRoleName
	}
	if namespace := s.NamespaceName(); namespace != "" {
		return namespace + "-" + s.Name
	}
	return s.Name
}

// ClusterRoleBindingName is the name of the ClusterRoleBinding.
func (s *Service) ClusterRoleBindingName() string {
	if s.ServiceAccount != nil {
		return or(s.ServiceAccount.ClusterRoleBindingName, s.ClusterRoleName())
	}
	return s.ClusterRoleName()
}
