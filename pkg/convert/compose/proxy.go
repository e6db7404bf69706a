package compose

import (
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/schema"
)

// traefik is what the keys of all labels for Traefik begin with.
// https://doc.traefik.io/traefik/providers/docker/
const traefik = "traefik."

var (
	// proxiedPort is the label of the port that Traefik reaches a container at.
	proxiedPort = lazy(`^traefik\.http\.services\.[^.]+\.loadbalancer\.server\.port$`)
	routerRule  = lazy(`^(traefik\.http\.routers\.[^.]+\.)rule$`)
	// simpleRule is a rule that an Ingress can have: hosts, and perhaps the path they begin with.
	simpleRule = lazy("^\\s*\\(?\\s*Host\\(([^()]*)\\)\\s*(?:&&\\s*PathPrefix\\(([^()]*)\\)\\s*)?\\)?\\s*$")
	quotedText = lazy("[`\"]([^`\"]*)[`\"]")
	hostName   = lazy(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)
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
	s.proxyLabels(func(labels types.Labels, at ...any) {
		for _, key := range sortedKeys(labels) {
			if port := portOf(labels[key]); proxiedPort().MatchString(key) && port > 0 {
				s.proxied = s.addPort(port, "", "", "")
				s.changed("ports."+s.proxied, "Traefik reaches it there", append(at, key)...)
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
			if labels[m[1]+"middlewares"] != "" {
				s.dropped("it goes through middlewares, which may keep somebody out: write ingress, with annotations of its controller", append(at, key)...)
				continue
			}
			s.addRoute(m[1], labels, append(at, key))
		}
	})
}

// addRoute adds the hosts and the path of a rule to the Ingress.
func (s *service) addRoute(router string, labels types.Labels, at []any) {
	rule := labels[router+"rule"]
	hosts, prefix := []string{}, "/"
	for part := range strings.SplitSeq(rule, "||") {
		m := simpleRule().FindStringSubmatch(part)
		if m == nil {
			s.dropped("a rule that no Ingress has: write ingress, or httpRoutes", at...)
			return
		}
		for _, quoted := range quotedText().FindAllStringSubmatch(m[1], -1) {
			hosts = append(hosts, strings.ToLower(quoted[1]))
		}
		if paths := quotedText().FindAllStringSubmatch(m[2], -1); len(paths) == 1 && strings.HasPrefix(paths[0][1], "/") && !strings.Contains(rule, "||") {
			prefix = paths[0][1]
		} else if m[2] != "" {
			s.dropped("a rule that no Ingress has: write ingress, or httpRoutes", at...)
			return
		}
	}
	for _, host := range hosts {
		other := s.routes[host+prefix]
		switch {
		case !hostName().MatchString(host):
			s.dropped("it has a host that no Ingress can have: write ingress", at...)
			return
		case other != nil && other != s:
			s.dropped(host+prefix+" leads to "+other.to.Name+" already: write ingress with what is left", at...)
			return
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
		if backend.Port.Name = s.proxied; backend.Port.Name == "" {
			backend.Port.Name = s.to.Ports[0].Key
		}
		put(s.to.Ingress.Hosts.Get(host), prefix, backend)
	}
	s.changed("ingress", "an Ingress of the class that the cluster has for a default", at...)
	for _, key := range sortedKeys(labels) {
		if strings.HasPrefix(key, router+"tls") && labels[key] != "false" && s.to.Ingress.TLS == nil {
			s.to.Ingress.TLS = &schema.IngressTLS{}
			s.asked("ingress.tls", "where is its certificate? write ingress: clusterIssuer, or make the Secret "+s.to.Name+"-tls", append(at[:len(at)-1:len(at)-1], key)...)
		}
	}
}
