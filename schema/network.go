package schema

import (
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
)

// ServiceOptions is what a Service has besides its ports, or Declined: no Service.
type ServiceOptions struct {
	Declined                 bool      `json:"-"`
	ObjectName               string    `json:"objectName,omitempty"`
	Type                     string    `json:"type,omitempty"`
	Internal                 *bool     `json:"internal,omitempty"`
	Headless                 *bool     `json:"headless,omitempty"`
	PublishNotReadyAddresses bool      `json:"publishNotReadyAddresses,omitempty"`
	Annotations              Map[Text] `json:"annotations,omitempty"`
	SessionAffinity          string    `json:"sessionAffinity,omitempty"`
	ExternalTrafficPolicy    string    `json:"externalTrafficPolicy,omitempty"`
	InternalTrafficPolicy    string    `json:"internalTrafficPolicy,omitempty"`
	LoadBalancerClass        string    `json:"loadBalancerClass,omitempty"`
	LoadBalancerSourceRanges []string  `json:"loadBalancerSourceRanges,omitempty"`
	IPFamilyPolicy           string    `json:"ipFamilyPolicy,omitempty"`
}

// ExtraService is a further Service in front of the same pods. Without Ports
// it has those of the first.
type ExtraService struct {
	ServiceOptions `json:",inline"`
	Ports          Map[ServicePort] `json:"ports,omitempty"`
}

// ServicePort is a port of an extra Service.
type ServicePort struct {
	Port        int32  `json:"port"`
	TargetPort  string `json:"targetPort,omitempty"` // a port of the container by name; empty: the key
	NodePort    int32  `json:"nodePort,omitempty"`
	AppProtocol string `json:"appProtocol,omitempty"`
}

// Ingress routes hosts and paths to ports of this and other services.
type Ingress struct {
	ObjectName     string                   `json:"objectName,omitempty"`
	ClassName      string                   `json:"className,omitempty"`
	Internal       *bool                    `json:"internal,omitempty"`
	Annotations    Map[Text]                `json:"annotations,omitempty"`
	Hosts          Map[Map[IngressBackend]] `json:"hosts,omitempty"` // host -> path -> backend; host "*" is every host
	DefaultBackend *IngressBackend          `json:"defaultBackend,omitempty"`
	TLS            *IngressTLS              `json:"tls,omitempty"`
	ClusterIssuer  string                   `json:"clusterIssuer,omitempty"`
	Certificate    *Certificate             `json:"certificate,omitempty"`
}

// IngressBackend is where a path leads: a port of this service, or of Service.
type IngressBackend struct {
	Port     IntOrName `json:"port,omitempty"` // the Service's; empty: the only or first
	Service  string    `json:"service,omitempty"`
	PathType string    `json:"pathType,omitempty"`
}

// IngressTLS names the certificate: by default the Secret NAME-tls, for all hosts.
type IngressTLS struct {
	Declined   bool     `json:"-"`
	SecretName string   `json:"secretName,omitempty"`
	Hosts      []string `json:"hosts,omitempty"`
}

// NetworkPolicy says who may talk to the service and to whom it may talk. A
// direction that is nil is not restricted, one that is empty admits nobody;
// with neither, nothing is allowed at all.
type NetworkPolicy struct {
	ObjectName string                                   `json:"objectName,omitempty"`
	From       *[]string                                `json:"from,omitempty"`
	To         *[]string                                `json:"to,omitempty"`
	Ingress    *[]networkingv1.NetworkPolicyIngressRule `json:"ingress,omitempty"`
	Egress     *[]networkingv1.NetworkPolicyEgressRule  `json:"egress,omitempty"`
}

// ServiceAccount is the identity of the pods. Rules make a Role and its
// binding, ClusterRules a ClusterRole.
type ServiceAccount struct {
	Declined                     bool                `json:"-"`
	Create                       *bool               `json:"create,omitempty"`
	Name                         string              `json:"name,omitempty"`
	Annotations                  Map[Text]           `json:"annotations,omitempty"`
	Rules                        []rbacv1.PolicyRule `json:"rules,omitempty"`
	RoleName                     string              `json:"roleName,omitempty"`
	RoleBindingName              string              `json:"roleBindingName,omitempty"`
	ClusterRules                 []rbacv1.PolicyRule `json:"clusterRules,omitempty"`
	ClusterRoleName              string              `json:"clusterRoleName,omitempty"`
	ClusterRoleBindingName       string              `json:"clusterRoleBindingName,omitempty"`
	AutomountServiceAccountToken *bool               `json:"automountServiceAccountToken,omitempty"`
}
