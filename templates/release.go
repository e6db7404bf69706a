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
	nginxCanary       = "nginx.ingress.kubernetes.io/canary"
	nginxCanaryWeight = "nginx.ingress.kubernetes.io/canary-weight"
)

// PreviewService stands before the idle side of a release; nil without one.
func PreviewService(s *schema.Service) *corev1.Service {
	preview := s.Preview()
	if preview == nil || !s.HasService() {
		return nil
	}
	return besideService(s, preview, s.PreviewName())
}

// CanaryService stands before the canary; nil without one.
func CanaryService(s *schema.Service) *corev1.Service {
	canary := s.Canary()
	if canary == nil || !s.HasService() {
		return nil
	}
	return besideService(s, canary, s.CanaryName())
}

// besideService has the ports of the Service of s, and selects the pods of v. It is for
// the inside of the cluster: whatever makes the other reach further is not repeated.
func besideService(s, v *schema.Service, name string) *corev1.Service {
	ports := servicePorts(s)
	for i := range ports {
		ports[i].NodePort = 0
	}
	options := &schema.ServiceOptions{}
	if s.Service != nil {
		options.Headless = s.Service.Headless
	}
	service := serviceObject(s, name, options, ports)
	service.Spec.Selector = selector(v)
	return service
}

// CanaryNetworkPolicy is the NetworkPolicy of s for the pods of its canary.
func CanaryNetworkPolicy(s *schema.Service) *networkingv1.NetworkPolicy {
	if canary := s.Canary(); canary != nil {
		return NetworkPolicy(canary)
	}
	return nil
}

// CanaryIngress has the paths of the Ingress of s that lead to s, for the share of the
// canary; nil where the Ingress is not one of ingress-nginx.
func CanaryIngress(s *schema.Service) *networkingv1.Ingress {
	canary := canaryIngress(s)
	if canary == nil {
		return nil
	}
	ingress := Ingress(canary)
	for i := range ingress.Spec.Rules {
		paths := ingress.Spec.Rules[i].HTTP.Paths
		for j := range paths {
			paths[j].Backend.Service.Name = s.CanaryName()
		}
	}
	return ingress
}

// canaryIngress is the canary with that Ingress. It has no certificate, for of a host the
// controller reads the other's, and no annotation but its own, for it ignores others.
func canaryIngress(s *schema.Service) *schema.Service {
	canary := s.Canary()
	if canary == nil || !s.HasCanaryIngress() {
		return nil
	}
	own := *s.Ingress
	own.Annotations = schema.Map[schema.Text]{
		{Key: nginxCanary, Value: schema.Text{Value: "true"}},
		{Key: nginxCanaryWeight, Value: schema.Text{Value: strconv.Itoa(int(s.Release.Canary.Weight))}},
	}
	own.TLS, own.ClusterIssuer, own.DefaultBackend = nil, "", nil
	own.Hosts = s.CanaryHosts()
	canary.Ingress = &own
	return canary
}
