package compose

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// convertNames gives a Service to those that others reach by name, though no file says
// a port of theirs, and one to every other name that they are reached by.
func (c *converter) convertNames() {
	said := c.saidHosts()
	for _, target := range c.all {
		for _, from := range target.mayBeReachedBy(said) {
			target.findReached(from)
		}
		target.findItself()
	}
	for _, s := range c.all {
		s.convertLinks()
		s.convertDependencies()
	}
	for _, s := range c.all {
		s.offerKnownPort()
	}
	c.tellCircles()
	for _, s := range c.all {
		s.convertAliases()
	}
}

// ownNames are the names under which the service finds itself.
func (s *service) ownNames() []string {
	if s.from.Hostname == "" {
		return s.hostNames()
	}
	return distinct(append(s.hostNames(), s.from.Hostname))
}

// hostNames are what others may call the service. A hostname with dots is what the world
// calls it: those who say that mean what stands before the cluster.
func (s *service) hostNames() []string {
	list := []string{s.from.Name, s.from.ContainerName}
	if !strings.Contains(s.from.Hostname, ".") {
		list = append(list, s.from.Hostname)
	}
	for _, network := range sortedKeys(s.from.Networks) {
		if config := s.from.Networks[network]; config != nil {
			list = append(list, config.Aliases...)
		}
	}
	for _, other := range s.all {
		for _, link := range other.from.Links {
			if name, alias, _ := strings.Cut(link, ":"); name == s.from.Name {
				list = append(list, alias)
			}
		}
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(name string) bool { return name == "" })
}

// findReached looks for the service in the texts of another.
func (s *service) findReached(from *service) {
	for _, host := range s.hostNames() {
		for m := range from.mentions() {
			port, isReached := m.reaches(host)
			if isReached && port == "" {
				port = cmp.Or(from.portBeside(m.variable), variablePorts[m.variable])
			}
			if isReached {
				s.reachedAt(port, from, m.at)
			}
		}
	}
}

// portBeside is the value of DB_PORT beside DB_HOST, empty where there is none.
func (s *service) portBeside(variable string) string {
	prefix, isHost := strings.CutSuffix(strings.ToUpper(variable), "HOST")
	for _, name := range sortedKeys(s.variables) {
		if isHost && strings.ToUpper(name) == prefix+"PORT" {
			return s.variables[name].value
		}
	}
	return ""
}

// reachedAt adds the port that another service reaches this one at.
func (s *service) reachedAt(port string, from *service, at tree.Path) {
	number, err := strconv.ParseUint(port, 10, 16)
	if from.reaches == nil {
		from.reaches = map[*service]bool{}
	}
	from.reaches[s] = true
	switch {
	case err == nil && number > 0:
		if s.hasPort(uint32(number)) || s.isPublishedAs(port) {
			return
		}
		name := s.addPort(uint32(number), "", "", "")
		s.change(s.to.Name, "ports."+name, fmt.Sprintf("%s reaches %s at %d, which no file says of %s: it listens there", from.to.Name, s.to.Name, number, s.to.Name), at...)
	case len(s.to.Ports) > 0 && !s.lacksKnownPort(), s.to.EndsByItself():
	default:
		if message, name := s.addKnownPort(); name != "" {
			s.change(s.to.Name, "ports."+name, from.to.Name+" reaches "+s.to.Name+": "+message, at...)
			return
		}
		s.askForPort(from, "reaches", at)
	}
}

// isPublishedAs reports whether the machine has the port for another of the container:
// who reaches that goes by the machine.
func (s *service) isPublishedAs(port string) bool {
	for _, p := range s.from.Ports {
		if p.Published == port && len(s.to.Ports) > 0 {
			return true
		}
	}
	return false
}

// addKnownPort adds the port of a well-known image, or that of the health check, and says
// which; empty where nothing is known.
func (s *service) addKnownPort() (message, name string) {
	if port := s.commandPort(); s.isKnown && s.image.Port != 0 && port != 0 {
		return fmt.Sprintf("its command says port %d", port), s.addPort(port, "", "", "")
	}
	if s.isKnown && s.image.Port != 0 {
		return fmt.Sprintf("its image listens on %d", s.image.Port), s.addPort(uint32(s.image.Port), "", "", "")
	}
	if port := s.healthPort(); port != 0 {
		return fmt.Sprintf("it listens on %d by its health check", port), s.addPort(port, "", "", "")
	}
	return "", ""
}

// offerKnownPort gives a Service to a well-known image that nobody is said to reach: in
// compose all that share a network with it may.
func (s *service) offerKnownPort() {
	hasPeer := slices.ContainsFunc(s.all, func(o *service) bool { return o != s && o.hasNetwork() && s.sharesNetwork(o) })
	if len(s.to.Ports) > 0 && !s.lacksKnownPort() || !s.isKnown || s.to.EndsByItself() || !s.hasNetwork() || !hasPeer {
		return
	}
	if message, name := s.addKnownPort(); name != "" {
		s.changed("ports."+name, "others may reach it: "+message, "image")
	}
}

// lacksKnownPort reports whether a well-known image listens at a port that the files do
// not say, beside those that they say: RabbitMQ with the port of its pages alone. What
// serves pages has its one port where the files say, and so has what is told another.
func (s *service) lacksKnownPort() bool {
	if !s.isKnown || s.image.Port == 0 || s.image.Protocol == "http" || s.hasPort(uint32(s.image.Port)) {
		return false
	}
	for _, p := range s.to.Ports {
		number := strconv.Itoa(int(p.Value.ContainerPort))
		isSaid := func(text string) bool { return strings.Contains(text, number) }
		if slices.ContainsFunc(slices.Concat(s.from.Entrypoint, s.from.Command), isSaid) {
			return false
		}
		for _, v := range s.variables { // in any order: one is enough
			if isSaid(v.value) {
				return false
			}
		}
	}
	return true
}

// askForPort asks, once, for the port of a service that another reaches.
func (s *service) askForPort(from *service, does string, at tree.Path) {
	if s.isAskedForPort {
		return
	}
	s.isAskedForPort = true
	s.ask(s.to.Name, "ports", fmt.Sprintf("%s %s %s, and no file says at which port it is reached: write ports", from.to.Name, does, s.to.Name), at...)
}

func (s *service) hasPort(number uint32) bool {
	return slices.ContainsFunc(s.to.Ports, func(p schema.Entry[schema.Port]) bool {
		return p.Value.ContainerPort == int32(number) && p.Value.Protocol == ""
	})
}

// other is the service that compose calls name; nil where there is none.
func (c *converter) other(name string) *service {
	if len(c.byName) < len(c.all) {
		c.byName = map[string]*service{}
		for _, s := range c.all {
			c.byName[s.from.Name] = s
		}
	}
	return c.byName[name]
}

// exists reports whether the files have a service, though it may not be imported.
func (c *converter) exists(name string) bool {
	return valueAt(c.model.long, tree.P("services", name)) != nil || valueAt(c.model.long, tree.P(jobsKey, name)) != nil
}
