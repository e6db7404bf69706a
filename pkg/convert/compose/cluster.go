package compose

import (
	"fmt"

	"github.com/kgen-dev/kgen/schema"
)

// findItself looks for the service in its own variables: the nodes of a cluster find
// themselves as they find the others. Addresses of pages are for the outside.
func (s *service) findItself() {
	for _, host := range s.hostNames() {
		for _, name := range sortedKeys(s.variables) {
			v := s.variables[name]
			for _, at := range hostsIn(v.value, host) {
				if at.isSure && portOf(at.port) > 0 && at.scheme != "http" && at.scheme != "https" && at.scheme != "ws" && at.scheme != "wss" {
					s.itself = host
					s.reachedAt(at.port, s, v.at)
				}
			}
		}
	}
}

// convertClusters lets nodes of a cluster reach each other before they are ready: they
// get ready only together, where a Service leads to those alone that are.
func (c *converter) convertClusters() {
	for _, s := range c.all {
		readiness := s.to.Probes.Readiness
		if readiness == nil || readiness.Declined || len(s.to.Ports) == 0 {
			continue
		}
		with := s.nodeBeside()
		if with == nil {
			continue
		}
		if s.to.Service == nil {
			s.to.Service = &schema.ServiceOptions{}
		}
		s.to.Service.PublishNotReadyAddresses = true
		for i := range s.to.ExtraServices {
			s.to.ExtraServices[i].Value.PublishNotReadyAddresses = true
		}
		s.changed("service.publishNotReadyAddresses", fmt.Sprintf(
			"%s and %s reach each other: they have to before they are ready", s.to.Name, with.to.Name), "healthcheck", "test")
	}
}

// nodeBeside is another service of the same image that this one reaches and that reaches
// it; nil where there is none.
func (s *service) nodeBeside() *service {
	for _, other := range s.all {
		if other != s && other.from.Image == s.from.Image && s.reaches[other] && other.reaches[s] {
			return other
		}
	}
	return nil
}
