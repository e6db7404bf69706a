package schema

// RouteTarget is what a backend of a route comes to.
type RouteTarget struct {
	Service   string // the name of the Service object
	Namespace string // only where it is not that of the route
	Port      int32  // 0 where it cannot be told
	// Of is the service whose pods it leads to, nil where the project has no such
	// service; Canary the name of the Service in front of its canary, empty where it
	// has none.
	Of     *Service
	Canary string
}

// RouteTarget finds the Service that a backend of a route of s leads to: service is a
// service of the project, empty for s, or else the name of a Service. Routes know
// ports by number alone.
func (s *Service) RouteTarget(service string, port IntOrName) RouteTarget {
	target := s
	if service != "" && service != s.Name {
		target = s.Neighbour(service)
	}
	if target == nil {
		return s.extraTarget(service, port)
	}
	found := RouteTarget{Service: target.ServiceName(), Of: target, Port: numberOf(target.ExposedPorts(), port)}
	if target.HasCanary() && target.HasService() {
		found.Canary = target.CanaryName()
	}
	if namespace := target.NamespaceName(); namespace != s.NamespaceName() {
		found.Namespace = namespace
	}
	return found
}

// extraTarget is a Service of that name among the extra ones of the project.
func (s *Service) extraTarget(name string, port IntOrName) RouteTarget {
	found := RouteTarget{Service: name, Port: port.Number}
	if s.World == nil {
		return found
	}
	for _, other := range s.World.Services {
		if other.Value == nil || other.Value.NamespaceName() != s.NamespaceName() {
			continue
		}
		for i := range other.Value.ExtraServices {
			extra := &other.Value.ExtraServices[i]
			if ExtraServiceName(extra.Key, &extra.Value) != name {
				continue
			}
			found.Of = other.Value
			if found.Of.HasCanary() {
				found.Canary = besideCanary(name)
			}
			if len(extra.Value.Ports) == 0 {
				found.Port = numberOf(other.Value.ExposedPorts(), port)
			} else if p := extra.Value.Ports.Get(port.Name); port.Name != "" && p != nil {
				found.Port = p.Port
			}
			return found
		}
	}
	return found
}

// numberOf is the number under which a Service offers a port; no port is the first.
func numberOf(exposed Map[Port], port IntOrName) int32 {
	for i := range exposed {
		if port.IsZero() || port.Name == exposed[i].Key {
			return exposed[i].Value.ServicePort()
		}
	}
	return port.Number
}

func defaultRoutes(s *Service) {
	for i := range s.HTTPRoutes {
		for j := range s.HTTPRoutes[i].Value.Paths {
			backend := &s.HTTPRoutes[i].Value.Paths[j].Value
			backend.PathType = or(backend.PathType, "PathPrefix")
		}
	}
}
