package check

import (
	"net/netip"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// serviceType: what a Service has that its type gives no meaning.
func serviceType(s *schema.Service, sink *report.Sink) {
	if s.Service != nil && !s.Service.Declined {
		serviceOptions(sink, s.Service, tree.P("service"))
	}
	for i := range s.ExtraServices {
		serviceOptions(sink, &s.ExtraServices[i].Value.ServiceOptions, tree.P("extraServices", s.ExtraServices[i].Key))
	}
}

func serviceOptions(sink *report.Sink, o *schema.ServiceOptions, at tree.Path) {
	if o.IsHeadless() && hasNodePorts(o) {
		sink.Errorf(schema.InvalidValue, at.With("headless"), "a Service of type %s has an address, so it is not headless", o.Type).
			Fix = "remove headless, or type"
	}
	if o.ExternalTrafficPolicy != "" && !hasNodePorts(o) {
		sink.Errorf(schema.InvalidValue, at.With("externalTrafficPolicy"), "no traffic comes from outside to a Service of type ClusterIP").
			Fix = `remove it, or set type: "LoadBalancer"`
	}
	if o.Type != "LoadBalancer" {
		balancerOnly(sink, o.LoadBalancerClass != "", at, "loadBalancerClass")
		balancerOnly(sink, len(o.LoadBalancerSourceRanges) > 0, at, "loadBalancerSourceRanges")
	}
	if o.LoadBalancerClass != "" && !names.LabelKey.Fits(o.LoadBalancerClass) {
		sink.Errorf(schema.InvalidValue, at.With("loadBalancerClass"), "%q is no class of load balancers", o.LoadBalancerClass).
			Fix = "write it as in service.k8s.aws/nlb"
	}
	for i, cidr := range o.LoadBalancerSourceRanges {
		if complaint := rangeComplaint(cidr); complaint != "" {
			sink.Errorf(schema.InvalidValue, at.With("loadBalancerSourceRanges", i), "%s", complaint)
		}
	}
}

func balancerOnly(sink *report.Sink, isSet bool, at tree.Path, field string) {
	if isSet {
		sink.Errorf(schema.InvalidValue, at.With(field), "only a Service of type LoadBalancer has a load balancer").
			Fix = `remove it, or set type: "LoadBalancer"`
	}
}

// rangeComplaint says why text is no range of addresses; empty where it is one.
func rangeComplaint(text string) string {
	prefix, err := netip.ParsePrefix(text)
	switch {
	case err != nil:
		return `"` + text + `" is no address range, as in 10.0.0.0/8`
	case prefix != prefix.Masked():
		return text + " has bits beyond its prefix, it means " + prefix.Masked().String()
	}
	return ""
}
