package templates

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/schema"
)

// The annotations by which ingress-nginx takes an Ingress for a share of another's
// requests: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
const (
	nginxCanary       = schema.NginxAnnotation + "canary"
	nginxCanaryWeight = schema.NginxAnnotation + "canary-weight"
)

// PreviewService stands before the idle side of a release; nil without one.
func PreviewService(s *schema.Service) *corev1.Service {
	preview := s.Preview()
	if preview == nil || !s.HasService() {
		return nil
	}
	return besideService(s, preview, s.PreviewName())
}

// CanaryServices stand before the canary: one beside the Service of s, and one beside
// each of its extra ones, for routes may lead to any.
func CanaryServices(s *schema.Service) []*corev1.Service {
	canary := s.Canary()
	if canary == nil {
		return nil
	}
	var services []*corev1.Service
	if s.HasService() {
		services = append(services, besideService(s, canary, s.CanaryName()))
	}
	for i := range s.ExtraServices {
		key, extra := s.ExtraServices[i].Key, &s.ExtraServices[i].Value
		if extra.Declined {
			continue
		}
		service := insideService(s, schema.ExtraCanaryName(key, extra), &extra.ServiceOptions, extraPorts(s, extra))
		service.Spec.Selector = selector(canary)
		services = append(services, service)
	}
	return services
}

// besideService has the ports of the Service of s, and selects the pods of v.
func besideService(s, v *schema.Service, name string) *corev1.Service {
	service := insideService(s, name, s.Service, servicePorts(s))
	service.Spec.Selector = selector(v)
	return service
}

// insideService is a Service for the inside of the cluster: what makes the one that it
// stands beside reach further is not repeated.
func insideService(s *schema.Service, name string, beside *schema.ServiceOptions, ports []corev1.ServicePort) *corev1.Service {
	for i := range ports {
		ports[i].NodePort = 0
	}
	options := &schema.ServiceOptions{}
	if beside != nil {
		options.Headless = beside.Headless
	}
	return serviceObject(s, name, options, ports)
}

// CanaryNetworkPolicy is the NetworkPolicy of s for the pods of its canary.
func CanaryNetworkPolicy(s *schema.Service) *networkingv1.NetworkPolicy {
	if canary := s.Canary(); canary != nil {
		return NetworkPolicy(canary)
	}
	return nil
}

// CanaryIngresses have the paths of the Ingress of s that lead to a service with a canary,
// for that one's share; nil where the Ingress is not one of ingress-nginx.
func CanaryIngresses(s *schema.Service) []*networkingv1.Ingress {
	var ingresses []*networkingv1.Ingress
	for _, c := range s.CanaryIngresses() {
		ingress := Ingress(canaryIngress(s, &c))
		ingress.Name = c.Name
		ingresses = append(ingresses, ingress)
	}
	return ingresses
}

// canaryIngress is s with that Ingress. It has no certificate, for of a host the
// controller reads the other's, and no annotation but its own, for it ignores others.
func canaryIngress(s *schema.Service, c *schema.CanaryIngress) *schema.Service {
	beside, own := *s, *s.Ingress
	own.Annotations = schema.Map[schema.Text]{
		{Key: nginxCanary, Value: schema.Text{Value: "true"}},
		{Key: nginxCanaryWeight, Value: schema.Text{Value: strconv.Itoa(int(c.Of.Release.Canary.Weight))}},
	}
	own.TLS, own.ClusterIssuer, own.DefaultBackend = nil, "", nil
	own.Hosts = c.Hosts
	beside.Ingress = &own
	return &beside
}
