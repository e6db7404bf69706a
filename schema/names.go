package schema

import (
	"slices"
	"strings"
)

// Where rendered objects are called otherwise than the service, these say how.

// NamespaceName is the namespace the service's objects go to; empty where the
// project leaves it to whoever applies them.
func (s *Service) NamespaceName() string {
	if s.Namespace != "" {
		return s.Namespace
	}
	if s.World != nil && s.World.Namespace != nil {
		return s.World.Namespace.Name
	}
	return ""
}

// ServiceAccountName is the account the pods run as: with neither an account
// of its own nor a name, the one every namespace has.
func (s *Service) ServiceAccountName() string {
	switch account := s.ServiceAccount; {
	case account != nil && account.Name != "":
		return account.Name
	case !s.CreatesServiceAccount():
		return "default"
	}
	return s.Name
}

// CreatesServiceAccount reports whether the account is rendered.
func (s *Service) CreatesServiceAccount() bool {
	account := s.ServiceAccount
	return account == nil || !account.Declined && (account.Create == nil || *account.Create)
}

// AccountToken says whether pods and account are given a token; nil leaves it to the
// API server, for which it is true, and to the account where that is somebody else's.
func (s *Service) AccountToken() *bool {
	account := s.ServiceAccount
	if account == nil || account.AutomountServiceAccountToken == nil || *account.AutomountServiceAccountToken && s.CreatesServiceAccount() {
		return nil
	}
	return account.AutomountServiceAccountToken
}

// ContainerNameOrDefault is the name of the service's own container.
func (s *Service) ContainerNameOrDefault() string { return or(s.ContainerName, s.Name) }

// ServiceName is the name of the Service object.
func (s *Service) ServiceName() string {
	if s.Service != nil {
		return or(s.Service.ObjectName, s.Name)
	}
	return s.Name
}

// ClaimName is the name of the PersistentVolumeClaim that volume key makes.
func (s *Service) ClaimName(key string, v *Volume) string { return or(v.ObjectName, s.Name+"-"+key) }

// ExtraServiceName is the name of the Service that extraServices key makes.
func ExtraServiceName(key string, e *ExtraService) string { return or(e.ObjectName, key) }

// IngressName is the name of the Ingress object.
func (s *Service) IngressName() string {
	if s.Ingress != nil {
		return s.inSlot(or(s.Ingress.ObjectName, s.Name))
	}
	return s.inSlot(s.Name)
}

// TLSSecretName is the Secret that the Ingress takes its certificate from.
func (s *Service) TLSSecretName() string {
	name := s.Name + "-tls"
	if s.Ingress != nil && s.Ingress.TLS != nil {
		name = or(s.Ingress.TLS.SecretName, name)
	}
	return s.SecretName(name)
}

// HPAName is the name of the HorizontalPodAutoscaler.
func (s *Service) HPAName() string {
	if s.Autoscaling != nil {
		return s.inSlot(or(s.Autoscaling.ObjectName, s.Name))
	}
	return s.inSlot(s.Name)
}

// PDBName is the name of the PodDisruptionBudget.
func (s *Service) PDBName() string {
	if s.PodDisruptionBudget != nil {
		return s.inSlot(or(s.PodDisruptionBudget.ObjectName, s.Name))
	}
	return s.inSlot(s.Name)
}

// NetworkPolicyName is the name of the NetworkPolicy.
func (s *Service) NetworkPolicyName() string {
	if s.NetworkPolicy != nil {
		return s.inSlot(or(s.NetworkPolicy.ObjectName, s.Name))
	}
	return s.inSlot(s.Name)
}

// PolicyName is the name of the NetworkPolicy that a namespace starts with,
// empty where it has none.
func (n *Namespace) PolicyName() string {
	if n.NetworkPolicy == "" {
		return ""
	}
	return "default-" + n.NetworkPolicy
}

// SelectorLabels find the service's pods.
func (s *Service) SelectorLabels() Map[string] {
	if len(s.Selector) > 0 {
		return s.Selector
	}
	return Map[string]{{"app.kubernetes.io/name", s.Name}}
}

// HasService reports whether the service has a Service object: one with ports,
// or a headless one, which needs none. Nobody calls the pods of a Job.
func (s *Service) HasService() bool {
	if s.EndsByItself() || s.Service != nil && s.Service.Declined {
		return false
	}
	return len(s.ExposedPorts()) > 0 || s.Service.IsHeadless()
}

// BackendTarget is the Service object, and its port, that b leads to. A service
// that the project does not have is taken for the name of a Service; a port
// that cannot be told is zero.
func (s *Service) BackendTarget(b IngressBackend) (service string, port IntOrName) {
	target := s
	if b.Service != "" && b.Service != s.Name {
		target = s.Neighbour(b.Service)
	}
	if target == nil {
		return b.Service, b.Port
	}
	port = b.Port
	if port.IsZero() {
		if exposed := target.ExposedPorts(); len(exposed) > 0 {
			port.Name = exposed[0].Key
		}
	}
	return target.ServiceName(), port
}

// Neighbour is the service of the environment called name, or that of another
// project called NAME/SERVICE, or nil.
func (s *Service) Neighbour(name string) *Service {
	if s.World == nil {
		return nil
	}
	if foreign := s.World.Foreign[name]; foreign != nil {
		return foreign
	}
	services := s.World.Services
	i, found := slices.BinarySearchFunc(services, name, func(e Entry[*Service], name string) int {
		return strings.Compare(e.Key, name)
	})
	if !found {
		return nil
	}
	return services[i].Value
}

// ExposedPorts are the ports that stand on the Service.
func (s *Service) ExposedPorts() Map[Port] {
	var exposed Map[Port]
	for _, p := range s.PodPorts() {
		if p.Value.Expose == nil || *p.Value.Expose {
			exposed = append(exposed, p)
		}
	}
	return exposed
}

// ServicePort is the number under which the Service offers the port.
func (p Port) ServicePort() int32 {
	if p.Port != 0 {
		return p.Port
	}
	return p.ContainerPort
}

// IsNamed reports whether the container's port has its name in the pod.
func (p Port) IsNamed() bool { return p.Named == nil || *p.Named }

func or[T ~string](s, otherwise T) T {
	if s != "" {
		return s
	}
	return otherwise
}
