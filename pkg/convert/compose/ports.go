package compose

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"

	"github.com/kgen-dev/kgen/pkg/convert"
	"github.com/kgen-dev/kgen/schema"
)

// convertPorts takes the ports that are published and exposed. Others reach a service
// at the port that it listens on, in compose as here.
func (s *service) convertPorts() {
	told := map[string]bool{}
	for i, p := range s.from.Ports {
		if p.Target == 0 || p.Target > 65535 {
			s.refused("it says no port of the container", "ports", i)
			continue
		}
		name := s.addPort(p.Target, strings.ToUpper(p.Protocol), p.AppProtocol, p.Name)
		message := "published on the machine: who is to reach it from outside needs ingress, or service: type: LoadBalancer"
		switch {
		case p.Published == "":
			message = "compose publishes it on a port of the machine that it chooses; here it is reached in the cluster alone"
		case isLoopback(p.HostIP):
			message = "published for the machine itself: here it is reached in the cluster alone"
		case s.isPublishedTwice(p, i):
			s.refused(fmt.Sprintf("port %s of the machine is published twice; in the cluster %s is reached all the same", p.Published, s.to.Name), "ports", i)
			continue
		}
		at := s.at("ports", i)
		if pos := s.model.Pos(at...).String(); !told[pos] { // one of a range tells of all
			told[pos] = true
			s.changed("ports."+name, message, "ports", i)
		}
		s.told[at.String()] = convert.Changed
	}
	for i, text := range s.from.Expose {
		s.expose(i, text)
	}
	s.convertProxiedPorts()
}

// mostExposed is how many ports a range of expose may have.
const mostExposed = 100

func (s *service) expose(i int, text string) {
	number, protocol, _ := strings.Cut(text, "/")
	first, last, isRange := strings.Cut(number, "-")
	from, err := strconv.ParseUint(first, 10, 16)
	to := from
	if isRange && err == nil {
		to, err = strconv.ParseUint(last, 10, 16)
	}
	if err != nil || from == 0 || to < from || to-from >= mostExposed {
		s.refused(fmt.Sprintf("%q is no port", text), "expose", i)
		return
	}
	field := ""
	for port := from; port <= to; port++ {
		field = "ports." + s.addPort(uint32(port), strings.ToUpper(protocol), "", "")
	}
	s.kept(field, "expose", i)
}

// isPublishedTwice reports whether a service before this one publishes on the same port
// of the machine.
func (s *service) isPublishedTwice(p types.ServicePortConfig, index int) bool {
	for _, other := range s.model.Services {
		for i, q := range other.Ports {
			if other.Name == s.from.Name && i >= index {
				return false
			}
			sameIP := p.HostIP == q.HostIP || p.HostIP == "" || q.HostIP == ""
			if p.Published != "" && p.Published == q.Published && p.Protocol == q.Protocol && sameIP {
				return true
			}
		}
	}
	return false
}

// addPort adds a port, unless it is there, and returns its name.
func (s *service) addPort(number uint32, protocol, appProtocol, name string) string {
	if protocol == "TCP" {
		protocol = ""
	}
	for _, p := range s.to.Ports {
		if p.Value.ContainerPort == int32(number) && p.Value.Protocol == protocol {
			return p.Key
		}
	}
	name = s.portName(number, protocol, labelOf(name))
	s.to.Ports = append(s.to.Ports, schema.Entry[schema.Port]{Key: name, Value: schema.Port{
		ContainerPort: int32(number), Protocol: protocol, AppProtocol: appProtocol,
	}})
	return name
}

// portName is a name that no other port has.
func (s *service) portName(number uint32, protocol, wanted string) string {
	switch {
	case wanted != "" && len(wanted) <= 15:
	case s.isKnown && s.image.Port == int(number):
		wanted = s.image.Protocol
	default:
		wanted = convert.PortNames[int32(number)]
	}
	if wanted == "" || s.to.Ports.Has(wanted) || protocol != "" && wanted != "dns" {
		kind := "tcp"
		if protocol != "" {
			kind = strings.ToLower(protocol)
		}
		wanted = fmt.Sprintf("%s-%d", kind, number)
	}
	return wanted
}
