package apiserver

import (
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/apis/core"
)

// The default of kube-apiserver's --service-node-port-range.
const (
	firstNodePort = 30000
	lastNodePort  = 32767
)

// nodePorts are the node ports that a service has taken so far.
type nodePorts []int32

// take takes a port, or says as the server's allocator does why not.
func (n *nodePorts) take(port int32) (refusal string) {
	if port < firstNodePort || port > lastNodePort {
		return fmt.Sprintf("provided port is not in the valid range. The range of valid ports is %d-%d", firstNodePort, lastNodePort)
	}
	if slices.Contains(*n, port) {
		return "provided port is already allocated"
	}
	*n = append(*n, port)
	return ""
}

// takeAny takes a port that the service does not name itself.
func (n *nodePorts) takeAny(s *core.Service) int32 {
	for port := int32(lastNodePort); port > firstNodePort; port-- {
		isNamed := slices.ContainsFunc(s.Spec.Ports, func(p core.ServicePort) bool { return p.NodePort == port })
		if !isNamed && n.take(port) == "" {
			return port
		}
	}
	return 0
}

// allocate follows initNodePorts of the service registry: ports of one number, TCP
// and UDP, share a node port.
func (n *nodePorts) allocate(s *core.Service) field.ErrorList {
	allocates := s.Spec.Type == core.ServiceTypeNodePort || *s.Spec.AllocateLoadBalancerNodePorts
	shared := map[int32]int32{}
	for i := range s.Spec.Ports {
		p := &s.Spec.Ports[i]
		if p.NodePort == 0 && !allocates {
			continue
		}
		known := shared[p.Port]
		asked := p.NodePort
		if known == 0 {
			asked = askedNodePort(s.Spec.Ports, p.Port)
		}
		switch {
		case asked != 0 && asked != known:
			if refusal := n.take(asked); refusal != "" {
				path := specPath.Child("ports").Index(i).Child("nodePort")
				return field.ErrorList{field.Invalid(path, asked, refusal)}
			}
			p.NodePort = asked
		case known != 0:
			p.NodePort = known
		default:
			p.NodePort = n.takeAny(s)
		}
		if known == 0 {
			shared[p.Port] = p.NodePort
		}
	}
	return nil
}

// askedNodePort is the first node port that ports of the number ask for.
func askedNodePort(ports []core.ServicePort, number int32) int32 {
	for i := range ports {
		if ports[i].Port == number && ports[i].NodePort != 0 {
			return ports[i].NodePort
		}
	}
	return 0
}

func (n *nodePorts) allocateHealthCheck(s *core.Service) field.ErrorList {
	port := s.Spec.HealthCheckNodePort
	if port == 0 {
		s.Spec.HealthCheckNodePort = n.takeAny(s)
		return nil
	}
	if refusal := n.take(port); refusal != "" {
		return field.ErrorList{field.Invalid(specPath.Child("healthCheckNodePort"), port, fmt.Sprintf("failed to allocate requested HealthCheck NodePort %v: %v", port, refusal))}
	}
	return nil
}
