package schema

import (
	"slices"
	"strings"
)

// HasCanary reports whether the service has a canary; nil has none.
func (s *Service) HasCanary() bool {
	return s != nil && s.Release != nil && s.Release.Canary != nil
}

// CanaryName is the name of the Service in front of the canary.
func (s *Service) CanaryName() string { return besideCanary(s.ServiceName()) }

// ExtraCanaryName is the name of the Service in front of the canary beside an extra one.
func ExtraCanaryName(key string, e *ExtraService) string {
	return besideCanary(ExtraServiceName(key, e))
}

func besideCanary(name string) string { return name + "-" + CanarySlot }

// A CanaryIngress stands beside the Ingress of a service, for the share of one canary.
type CanaryIngress struct {
	Name string
	Of   *Service // the service that has the canary
	// Hosts are the hosts and paths of the Ingress that lead to Of, and here to the
	// Services in front of its canary.
	Hosts Map[Map[IngressBackend]]
}

// CanaryIngresses are one for each canary that the Ingress of s leads to, the services in
// the order of its paths; none where another controller than ingress-nginx serves it,
// for no other knows what makes it a share.
func (s *Service) CanaryIngresses() []CanaryIngress {
	if s.Variant != nil || !s.Ingress.IsNginx() {
		return nil
	}
	var found []CanaryIngress
	for i := range s.Ingress.Hosts {
		host := &s.Ingress.Hosts[i]
		for j := range host.Value {
			path := &host.Value[j]
			target := s.RouteTarget(path.Value.Service, path.Value.Port)
			if target.Canary == "" || target.Namespace != "" {
				continue
			}
			k := slices.IndexFunc(found, func(c CanaryIngress) bool { return c.Of.Name == target.Of.Name })
			if k < 0 {
				k = len(found)
				found = append(found, CanaryIngress{Name: s.canaryIngressName(target.Of), Of: target.Of})
			}
			backend := path.Value
			_, backend.Port = s.BackendTarget(backend)
			backend.Service = target.Canary
			found[k].add(host.Key, path.Key, backend)
		}
	}
	return found
}

// OwnCanaryIngress is the name of the Ingress for the canary of s.
func (s *Service) OwnCanaryIngress() string { return besideCanary(s.IngressName()) }

func (s *Service) canaryIngressName(of *Service) string {
	if of.Name == s.Name {
		return s.OwnCanaryIngress()
	}
	return besideCanary(s.IngressName() + "-" + of.Name)
}

func (c *CanaryIngress) add(host, path string, backend IngressBackend) {
	if last := len(c.Hosts) - 1; last < 0 || c.Hosts[last].Key != host {
		c.Hosts = append(c.Hosts, Entry[Map[IngressBackend]]{Key: host})
	}
	paths := &c.Hosts[len(c.Hosts)-1].Value
	*paths = append(*paths, Entry[IngressBackend]{Key: path, Value: backend})
}

// NginxAnnotation is what the annotations of ingress-nginx start with.
const NginxAnnotation = "nginx.ingress.kubernetes.io/"

// aksRoutingClass is that of ingress-nginx as AKS runs it:
// https://learn.microsoft.com/azure/aks/app-routing
const aksRoutingClass = "webapprouting.kubernetes.azure.com"

// IsNginx reports whether ingress-nginx serves the Ingress. What a class is called is up
// to the cluster: one with the word nginx, as in nginx-internal, says so, and one without
// where the Ingress has annotations for that controller.
func (in *Ingress) IsNginx() bool {
	if in == nil || in.ClassName == albClass {
		return false
	}
	isWord := slices.Contains(strings.FieldsFunc(in.ClassName, func(r rune) bool { return r == '-' || r == '.' }), "nginx")
	return isWord || in.ClassName == aksRoutingClass || slices.ContainsFunc(in.Annotations, func(a Entry[Text]) bool {
		return strings.HasPrefix(a.Key, NginxAnnotation)
	})
}
