package manifests

import (
	"github.com/kgen-dev/kgen/schema"
)

// fillExtra writes a further Service in front of the pods.
func (c *converter) fillExtra(g *Group, o *Object, s *schema.Service, options schema.ServiceOptions, leads []lead) bool {
	if len(leads) == 0 && options.Headless == nil {
		return false
	}
	extra := schema.ExtraService{ServiceOptions: options}
	for i := range leads {
		l := &leads[i]
		target := c.portOf(g, s, l)
		key := orText(l.port.Name, target.Key)
		if extra.Ports.Has(key) {
			return false
		}
		port := schema.ServicePort{Port: l.port.Port, TargetPort: target.Key, NodePort: l.port.NodePort}
		if l.port.AppProtocol != nil {
			port.AppProtocol = *l.port.AppProtocol
		}
		extra.Ports = append(extra.Ports, schema.Entry[schema.ServicePort]{Key: key, Value: port})
	}
	key := o.Name
	if s.ExtraServices.Has(key) {
		return false
	}
	s.ExtraServices = append(s.ExtraServices, schema.Entry[schema.ExtraService]{Key: key, Value: extra})
	c.explainLeads(g, o, s, leads)
	return true
}
