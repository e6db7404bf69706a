package compose

import (
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/schema"
)

// traefik is what the keys of all labels for Traefik begin with.
// https://doc.traefik.io/traefik/providers/docker/
const traefik = "traefik."

var (
	// proxiedPort is the label of the port that a service of Traefik reaches a container at.
	proxiedPort = lazy(`^traefik\.http\.services\.([^.]+)\.loadbalancer\.server\.port$`)
	routerRule  = lazy(`^(traefik\.http\.routers\.[^.]+\.)rule$`)
)

// proxyLabels are the labels that Traefik may read, by where the files say them.
func (s *service) proxyLabels(take func(labels types.Labels, at ...any)) {
	if s.from.Labels["traefik.enable"] == "false" {
		return
	}
	take(s.from.Labels, "labels")
	if s.from.Deploy != nil {
		take(s.from.Deploy.Labels, "deploy", "labels")
	}
}

// convertProxiedPorts adds the ports that Traefik reaches the service at.
func (s *service) convertProxiedPorts() {
	s.proxied = map[string]string{}
	s.proxyLabels(func(labels types.Labels, at ...any) {
		for _, key := range sortedKeys(labels) {
			m, port := proxiedPort().FindStringSubmatch(key), portOf(labels[key])
			if m != nil && port > 0 {
				s.proxied[m[1]] = s.addPort(port, "", "", "")
				s.changed("ports."+s.proxied[m[1]], "Traefik reaches it there", append(at, key)...)
			}
		}
	})
}

// convertRoutes makes an Ingress of the hosts that Traefik leads to the service. It has
// no middlewares: where one may keep somebody out, there is none.
func (s *service) convertRoutes() {
	if len(s.to.Ports) == 0 || s.to.EndsByItself() {
		return
	}
	s.proxyLabels(func(labels types.Labels, at ...any) {
		for _, key := range sortedKeys(labels) {
			m := routerRule().FindStringSubmatch(key)
			if m == nil {
				continue
			}
			why := s.addRoute(labels, m[1])
			if why != "" {
				s.dropped(why, append(at, key)...)
				continue
			}
			s.changed("ingress", "an Ingress of the class that the cluster has for a default", append(at, key)...)
			if named := m[1] + "service"; labels[named] != "" {
				s.kept("ingress", append(at, named)...)
			}
			s.askForCertificate(labels, m[1], at)
		}
	})
}

// addRoute adds the hosts and the path of the rule of a router to the Ingress, or says why
// it does not.
func (s *service) addRoute(labels types.Labels, router string) (why string) {
	if labels[router+"middlewares"] != "" {
		return "it goes through middlewares, which may keep somebody out: write ingress, with annotations of its controller"
	}
	port, why := s.routedPort(labels, labels[router+"service"])
	if why != "" {
		return why
	}
	hosts, prefix, isSimple := readRule(labels[router+"rule"])
	if !isSimple {
		return "a rule that no Ingress has: write ingress, or httpRoutes"
	}
	for _, host := range hosts {
		if other := s.routes[host+prefix]; other != nil && other != s {
			return host + prefix + " leads to " + other.to.Name + " already: write ingress with what is left"
		}
	}
	if s.to.Ingress == nil {
		s.to.Ingress = &schema.Ingress{}
	}
	for _, host := range hosts {
		s.routes[host+prefix] = s
		if !s.to.Ingress.Hosts.Has(host) {
			put(&s.to.Ingress.Hosts, host, schema.Map[schema.IngressBackend]{})
		}
		backend := schema.IngressBackend{}
		backend.Port.Name = port
		put(s.to.Ingress.Hosts.Get(host), prefix, backend)
	}
	return ""
}

// routedPort is the name of the port that a router leads to, or why none is known. called
// is the service of Traefik that the router names, empty where it names none.
func (s *service) routedPort(labels types.Labels, called string) (port, why string) {
	called = strings.TrimSuffix(called, "@docker")
	isOwn := slices.ContainsFunc(sortedKeys(labels), func(key string) bool {
		return strings.HasPrefix(key, "traefik.http.services."+called+".")
	})
	names := sortedKeys(s.proxied)
	switch {
	case s.proxied[called] != "":
		return s.proxied[called], ""
	case called != "" && !isOwn:
		return "", "it leads to " + called + " of Traefik, which is no port of this service: write ingress"
	case len(names) > 1:
		return "", "Traefik reaches several ports, and the rule names none: write ingress"
	case len(names) == 1:
		return s.proxied[names[0]], ""
	}
	return s.to.Ports[0].Key, ""
}

// askForCertificate asks for the certificate of a router that serves HTTPS, once.
func (s *service) askForCertificate(labels types.Labels, router string, at []any) {
	if s.to.Ingress.TLS != nil {
		return
	}
	i := slices.IndexFunc(sortedKeys(labels), func(key string) bool {
		return strings.HasPrefix(key, router+"tls") && labels[key] != "false"
	})
	if i < 0 {
		return
	}
	s.to.Ingress.TLS = &schema.IngressTLS{}
	s.asked("ingress.tls", "where is its certificate? write ingress: clusterIssuer, or make the Secret "+s.to.Name+"-tls", append(at, sortedKeys(labels)[i])...)
}
