package templates

import (
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

const (
	issuerAnnotation = "cert-manager.io/cluster-issuer"
	anyHost          = "*"
)

// Ingress routes hosts and paths to s and to other services; nil when s does not
// ask for it.
func Ingress(s *schema.Service) *networkingv1.Ingress {
	in := s.Ingress
	if in == nil {
		return nil
	}
	var issuer schema.Map[schema.Text]
	if in.ClusterIssuer != "" && in.Certificate == nil {
		issuer = schema.Map[schema.Text]{{Key: issuerAnnotation, Value: schema.Text{Value: in.ClusterIssuer}}}
	}
	return &networkingv1.Ingress{
		TypeMeta:   metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "Ingress"},
		ObjectMeta: metadata(s, s.IngressName(), issuer, in.Annotations),
		Spec: networkingv1.IngressSpec{
			IngressClassName: optional[string](in.ClassName),
			DefaultBackend:   defaultBackend(s),
			TLS:              ingressTLS(s),
			Rules:            ingressRules(s),
		},
	}
}

func defaultBackend(s *schema.Service) *networkingv1.IngressBackend {
	if s.Ingress.DefaultBackend == nil {
		return nil
	}
	backend := ingressBackend(s, *s.Ingress.DefaultBackend)
	return &backend
}

func ingressTLS(s *schema.Service) []networkingv1.IngressTLS {
	tls := s.Ingress.TLS
	if tls == nil || tls.Declined {
		return nil
	}
	hosts := tls.Hosts
	if len(hosts) == 0 {
		for _, host := range s.Ingress.Hosts {
			if host.Key != anyHost {
				hosts = append(hosts, host.Key)
			}
		}
	}
	return []networkingv1.IngressTLS{{Hosts: hosts, SecretName: s.TLSSecretName()}}
}

func ingressRules(s *schema.Service) []networkingv1.IngressRule {
	var rules []networkingv1.IngressRule
	for _, host := range s.Ingress.Hosts {
		var rule networkingv1.IngressRule
		if host.Key != anyHost {
			rule.Host = host.Key
		}
		rule.HTTP = &networkingv1.HTTPIngressRuleValue{Paths: ingressPaths(s, host.Value)}
		rules = append(rules, rule)
	}
	return rules
}

func ingressPaths(s *schema.Service, paths schema.Map[schema.IngressBackend]) []networkingv1.HTTPIngressPath {
	out := make([]networkingv1.HTTPIngressPath, len(paths))
	for i, p := range paths {
		out[i] = networkingv1.HTTPIngressPath{
			Path:     p.Key,
			PathType: optional[networkingv1.PathType](p.Value.PathType),
			Backend:  ingressBackend(s, p.Value),
		}
	}
	return out
}

func ingressBackend(s *schema.Service, b schema.IngressBackend) networkingv1.IngressBackend {
	service, port := s.BackendTarget(b)
	return networkingv1.IngressBackend{Service: &networkingv1.IngressServiceBackend{
		Name: service,
		Port: networkingv1.ServiceBackendPort{Name: port.Name, Number: port.Number},
	}}
}
