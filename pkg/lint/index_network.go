package lint

import (
	"strings"
	"sync"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

// network is what rules on networking look up, made when the first of them asks.
type network struct {
	once       sync.Once
	services   map[string][]*Object    // those of a namespace
	slices     map[kindSpace]bool      // the Services that have an EndpointSlice
	nodePorts  map[int32][]*Object     // the Services that have the port
	paths      map[hostPath][]backend  // in the order of the input
	hosts      map[hostClass][]*Object // the first Ingress of each namespace and directory
	isHostUsed map[hostUser]bool
	linked     map[envPrefix][]*Object // the Services by what their variables begin with
}

// envPrefix is what the variables of a Service in the pods of its namespace begin with.
type envPrefix struct{ space, prefix string }

func (x *Index) lookUp() *network {
	n := &x.network
	n.once.Do(func() {
		n.services, n.slices, n.nodePorts = map[string][]*Object{}, map[kindSpace]bool{}, map[int32][]*Object{}
		n.paths, n.hosts, n.linked = map[hostPath][]backend{}, map[hostClass][]*Object{}, map[envPrefix][]*Object{}
		n.isHostUsed = map[hostUser]bool{}
		for _, o := range x.objects {
			switch v := o.Value.(type) {
			case *corev1.Service:
				n.addService(o, v)
			case *discoveryv1.EndpointSlice:
				n.slices[kindSpace{o.Labels()[discoveryv1.LabelServiceName], o.space()}] = true
			case *networkingv1.Ingress:
				n.addIngress(o, v)
			}
		}
	})
	return n
}

func (n *network) addService(o *Object, s *corev1.Service) {
	n.services[o.space()] = append(n.services[o.space()], o)
	for _, port := range nodePorts(s) {
		if with := n.nodePorts[port]; len(with) == 0 || with[len(with)-1] != o {
			n.nodePorts[port] = append(with, o)
		}
	}
	if givesVariables(s) {
		prefix := envPrefix{o.space(), strings.ToUpper(strings.ReplaceAll(o.Name, "-", "_"))}
		n.linked[prefix] = append(n.linked[prefix], o)
	}
}

// givesVariables reports whether pods of the namespace get variables that lead to the
// Service: those that have an address of their own do.
func givesVariables(s *corev1.Service) bool {
	return s.Spec.Type != corev1.ServiceTypeExternalName && s.Spec.ClusterIP != corev1.ClusterIPNone
}

// servicesIn are the Services of a namespace.
func (x *Index) servicesIn(namespace string) []*Object {
	return x.lookUp().services[spaceOf(namespace)]
}

// hasSlice reports whether an EndpointSlice is for a Service.
func (x *Index) hasSlice(service *Object) bool {
	return x.lookUp().slices[kindSpace{service.Name, service.space()}]
}

// nodePorts are the ports on nodes that a Service asks for, by number.
func nodePorts(s *corev1.Service) (numbers []int32) {
	if s.Spec.Type != corev1.ServiceTypeNodePort && s.Spec.Type != corev1.ServiceTypeLoadBalancer {
		return nil
	}
	for i := range s.Spec.Ports {
		if number := s.Spec.Ports[i].NodePort; number != 0 {
			numbers = append(numbers, number)
		}
	}
	return numbers
}
