package compose

import (
	"fmt"
	"slices"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// nameAliases finds the names of services that no Service can have: who reaches one of
// them by such a name has to reach it by its own.
func (c *converter) nameAliases() {
	for _, s := range c.all {
		for _, name := range s.hostNames() {
			if name != s.from.Name && labelOf(name) != name && c.names[name] == "" && c.hosts[name] == "" {
				c.hosts[name] = s.to.Name
			}
		}
	}
}

// convertAliases makes a Service of every other name of the service.
func (s *service) convertAliases() {
	for _, network := range sortedKeys(s.from.Networks) {
		if config := s.from.Networks[network]; config != nil {
			for i, alias := range config.Aliases {
				s.addAlias(alias, s.at("networks", network, "aliases", i))
			}
		}
	}
	for _, other := range []struct{ key, name string }{{"container_name", s.from.ContainerName}, {"hostname", s.from.Hostname}} {
		if other.name != "" && other.name != s.from.Name && slices.Contains(s.hostNames(), other.name) && s.isReachedAs(other.name) {
			s.addAlias(other.name, s.at(other.key))
		}
	}
}

// isReachedAs reports whether another service has the name in one of its texts.
func (s *service) isReachedAs(name string) bool {
	for _, other := range s.all {
		if other == s {
			continue
		}
		for m := range other.mentions() {
			if _, isReached := m.reaches(name); isReached {
				return true
			}
		}
	}
	return false
}

// addAlias makes a Service with another name for the same pods.
func (s *service) addAlias(alias string, at tree.Path) {
	taken, isTaken := s.extra[alias]
	switch {
	case labelOf(alias) != alias:
		s.change(s.to.Name, "", "no Service can be called so: who reaches it by that name has to reach "+s.to.Name, at...)
	case alias == s.from.Name || alias == s.to.Name:
		s.keep(s.to.Name, "", at...)
	case s.other(alias) != nil || slices.ContainsFunc(s.all, func(o *service) bool { return o.to.Name == alias }):
		s.drop(s.to.Name, fmt.Sprintf("the service %s has that name, and a Service leads to one of them", alias), at...)
	case isTaken && taken != s:
		s.drop(s.to.Name, fmt.Sprintf("%s has that name too, and a Service leads to one of them", taken.to.Name), at...)
	case len(s.to.Ports) == 0 && s.isAskedForPort:
		s.change(s.to.Name, "extraServices."+alias, "a Service needs ports: write one with that name too", at...)
	case len(s.to.Ports) == 0:
		s.isAskedForPort = true
		s.ask(s.to.Name, "ports", "a Service of that name needs ports, and no file says one: write ports, and extraServices: "+alias, at...)
	default:
		extra := schema.ExtraService{}
		for _, p := range s.to.Ports {
			extra.Ports = append(extra.Ports, schema.Entry[schema.ServicePort]{Key: p.Key, Value: schema.ServicePort{Port: p.Value.ContainerPort}})
		}
		put(&s.to.ExtraServices, alias, extra)
		s.extra[alias] = s
		s.keep(s.to.Name, "extraServices."+alias, at...)
	}
}
