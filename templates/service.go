package templates

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/schema"
)

// Service gives the pods of s one name and address; nil when s has no ports, or
// declines it.
func Service(s *schema.Service) *corev1.Service {
	if !s.HasService() {
		return nil
	}
	options := s.Service
	if options == nil {
		options = &schema.ServiceOptions{}
	}
	return serviceObject(s, s.ServiceName(), options, servicePorts(s))
}

// HeadlessService gives the pods of a StatefulSet their names in DNS where no other
// Service does, before they are ready too: members of a cluster look for each other
// while they start. Nil when s needs none.
func HeadlessService(s *schema.Service) *corev1.Service {
	if s.Kind != schema.StatefulSet {
		return nil
	}
	name, isMade := s.GoverningService()
	if !isMade {
		return nil
	}
	headless := true
	options := &schema.ServiceOptions{Headless: &headless, PublishNotReadyAddresses: true}
	ports := servicePorts(s)
	for i := range ports {
		ports[i].NodePort = 0
	}
	return serviceObject(s, name, options, ports)
}

// ExtraServices are the further Services in front of the same pods.
func ExtraServices(s *schema.Service) []*corev1.Service {
	var services []*corev1.Service
	for i := range s.ExtraServices {
		key, extra := s.ExtraServices[i].Key, &s.ExtraServices[i].Value
		if extra.Declined {
			continue
		}
		ports := extraPorts(s, extra)
		services = append(services, serviceObject(s, schema.ExtraServiceName(key, extra), &extra.ServiceOptions, ports))
	}
	return services
}

func serviceObject(s *schema.Service, name string, o *schema.ServiceOptions, ports []corev1.ServicePort) *corev1.Service {
	return &corev1.Service{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Service"},
		ObjectMeta: metadata(s, name, o.Annotations),
		Spec: corev1.ServiceSpec{
			Ports:                    ports,
			Selector:                 selector(s.Active()),
			ClusterIP:                clusterIP(o),
			Type:                     corev1.ServiceType(o.Type),
			SessionAffinity:          corev1.ServiceAffinity(o.SessionAffinity),
			LoadBalancerSourceRanges: o.LoadBalancerSourceRanges,
			ExternalTrafficPolicy:    corev1.ServiceExternalTrafficPolicy(o.ExternalTrafficPolicy),
			IPFamilyPolicy:           optional[corev1.IPFamilyPolicy](o.IPFamilyPolicy),
			LoadBalancerClass:        optional[string](o.LoadBalancerClass),
			InternalTrafficPolicy:    optional[corev1.ServiceInternalTrafficPolicy](o.InternalTrafficPolicy),
			PublishNotReadyAddresses: o.PublishNotReadyAddresses,
		},
	}
}

func clusterIP(o *schema.ServiceOptions) string {
	if o.IsHeadless() {
		return corev1.ClusterIPNone
	}
	return ""
}

// servicePorts lead to the container's ports.
func servicePorts(s *schema.Service) []corev1.ServicePort {
	var ports []corev1.ServicePort
	for _, p := range s.ExposedPorts() {
		ports = append(ports, corev1.ServicePort{
			Name:        p.Key,
			Protocol:    protocol(p.Value.Protocol),
			AppProtocol: optional[string](p.Value.AppProtocol),
			Port:        p.Value.ServicePort(),
			TargetPort:  targetPort(s, p.Key),
			NodePort:    p.Value.NodePort,
		})
	}
	return ports
}

// extraPorts are the extra Service's own ports, else those of the first without
// its node ports, which only one Service can have.
func extraPorts(s *schema.Service, extra *schema.ExtraService) []corev1.ServicePort {
	if len(extra.Ports) == 0 {
		ports := servicePorts(s)
		for i := range ports {
			ports[i].NodePort = 0
		}
		return ports
	}
	var ports []corev1.ServicePort
	for _, p := range extra.Ports {
		target := p.Value.TargetPort
		if target == "" {
			target = p.Key
		}
		port := corev1.ServicePort{
			Name:        p.Key,
			AppProtocol: optional[string](p.Value.AppProtocol),
			Port:        p.Value.Port,
			TargetPort:  targetPort(s, target),
			NodePort:    p.Value.NodePort,
		}
		if own := s.PodPorts().Get(target); own != nil {
			port.Protocol = protocol(own.Protocol)
		}
		ports = append(ports, port)
	}
	return ports
}
