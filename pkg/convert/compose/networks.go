package compose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// convertNetworks keeps those apart that share no network: where all do, every pod of
// the namespace reaches every other, as there.
func (c *converter) convertNetworks() {
	isApart := c.isApart()
	for _, s := range c.all {
		if s.hasNetwork() && s.to.NetworkPolicy == nil {
			s.restrict(isApart)
		}
		for _, network := range sortedKeys(s.from.Networks) {
			s.accountNetwork(network)
		}
	}
	for _, name := range sortedKeys(c.model.Networks) {
		c.accountNetworkOf(name)
	}
}

// isApart reports whether two services share no network.
func (c *converter) isApart() bool {
	kinds := map[string]*service{} // one for each set of networks
	for _, s := range c.all {
		if s.hasNetwork() {
			kinds[strings.Join(s.networks(), "\x00")] = s
		}
	}
	for _, s := range kinds {
		for _, other := range kinds {
			if !s.sharesNetwork(other) {
				return true
			}
		}
	}
	return false
}

// peers are the services that share a network with this one, and it itself where its pods
// may reach each other.
func (s *service) peers() []string {
	peers := []string{}
	for _, other := range s.all {
		if (other != s || s.pods() > 1) && other.hasNetwork() && s.sharesNetwork(other) {
			peers = append(peers, other.to.Name)
		}
	}
	return peers
}

// restrict admits those alone that share a network with the service, and lets it out to
// them alone where all its networks are internal.
func (s *service) restrict(isApart bool) {
	policy := schema.NetworkPolicy{}
	isInternal := !s.isIn(func(n types.NetworkConfig) bool { return !n.Internal })
	if !isApart && !isInternal {
		return
	}
	peers := s.peers()
	switch {
	case !isApart:
	case s.isIn(func(n types.NetworkConfig) bool { return bool(n.External) }):
		s.tellOpen("who else is in its external network, no file says: no policy keeps others away")
	case s.isPublished():
		s.tellOpen("it is published, and so anybody reaches it: no policy keeps others away")
	default:
		policy.From = &peers
	}
	if isInternal {
		policy.To = &peers
	}
	if policy.From != nil || policy.To != nil {
		s.to.NetworkPolicy = &policy
	}
}

// tellOpen says why no policy keeps others away.
func (s *service) tellOpen(message string) {
	if s.has("networks") {
		s.changed("", message, "networks")
		return
	}
	s.changed("", message)
}

// isPublished reports whether others than the machine itself reach the service.
func (s *service) isPublished() bool {
	return s.to.Ingress != nil || slices.ContainsFunc(s.from.Ports, func(p types.ServicePortConfig) bool { return !isLoopback(p.HostIP) })
}

func isLoopback(address string) bool {
	return strings.HasPrefix(address, "127.") || address == "::1" || address == "localhost"
}

// hasNetwork reports whether a service is in the networks of compose at all.
func (s *service) hasNetwork() bool {
	return s.from.NetworkMode == "" || s.from.NetworkMode == "bridge"
}

// networks are those that a service is in: one that names none is in the default one.
func (s *service) networks() []string {
	if len(s.from.Networks) == 0 {
		return []string{"default"}
	}
	return sortedKeys(s.from.Networks)
}

func (s *service) sharesNetwork(other *service) bool {
	return slices.ContainsFunc(s.networks(), func(name string) bool { return slices.Contains(other.networks(), name) })
}

// isIn reports whether a service is in a network of a kind.
func (s *service) isIn(kind func(types.NetworkConfig) bool) bool {
	return slices.ContainsFunc(s.networks(), func(name string) bool { return kind(s.model.Networks[name]) })
}

func (s *service) accountNetwork(network string) {
	if _, isKnown := s.model.Networks[network]; !isKnown && network != "default" {
		s.refused(fmt.Sprintf("there is no network %q: say it under networks", network), "networks", network)
		return
	}
	field := ""
	switch policy := s.to.NetworkPolicy; {
	case policy != nil && policy.From != nil:
		field = "networkPolicy.from"
	case policy != nil:
		field = "networkPolicy.to"
	}
	s.kept(field, "networks", network)
}

func (c *converter) accountNetworkOf(name string) {
	config, at := c.model.Networks[name], tree.P("networks", name)
	isUsed := slices.ContainsFunc(c.all, func(s *service) bool { return s.hasNetwork() && slices.Contains(s.networks(), name) })
	switch {
	case !isUsed:
		c.drop("", "no service that is imported is in it", at...)
	case bool(config.External):
		c.drop("", "who else is in it, no file says: name them in networkPolicy", at...)
	case config.Internal:
		c.change("", "networkPolicy.to", "services in this network alone reach only each other, and DNS", at...)
	default:
		c.keep("", "", at...)
	}
}
