package check

import (
	"net/netip"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// tolerations: those that tolerate nothing, for their parts do not go together.
func tolerations(s *schema.Service, sink *report.Sink) {
	for i := range s.Tolerations {
		t := &s.Tolerations[i]
		if field, complaint := tolerationComplaint(t); complaint != "" {
			sink.Errorf(schema.InvalidValue, tree.P("tolerations", i, field), "%s", complaint)
		}
	}
}

func tolerationComplaint(t *corev1.Toleration) (field, complaint string) {
	switch t.Effect {
	case "", corev1.TaintEffectNoSchedule, corev1.TaintEffectPreferNoSchedule, corev1.TaintEffectNoExecute:
	default:
		return "effect", `"` + string(t.Effect) + `": an effect is NoSchedule, PreferNoSchedule or NoExecute`
	}
	switch t.Operator {
	case "", corev1.TolerationOpEqual, corev1.TolerationOpExists, corev1.TolerationOpLt, corev1.TolerationOpGt:
	default:
		return "operator", `"` + string(t.Operator) + `": an operator is Equal, Exists, Lt or Gt`
	}
	switch {
	case t.Key == "" && t.Operator != corev1.TolerationOpExists:
		return "operator", "without a key the operator is Exists"
	case t.Operator == corev1.TolerationOpExists && t.Value != "":
		return "value", "Exists takes no value"
	case t.TolerationSeconds != nil && t.Effect != corev1.TaintEffectNoExecute:
		return "tolerationSeconds", "only the effect NoExecute lasts for a time"
	}
	return "", ""
}

// dnsSettings: a pod that could look no name up, and addresses that are none.
func dnsSettings(s *schema.Service, sink *report.Sink) {
	if s.DNSPolicy == "None" && (s.DNSConfig == nil || len(s.DNSConfig.Nameservers) == 0) {
		sink.Errorf(schema.InvalidValue, tree.P("dnsPolicy"), "with None the pod has no name server").
			Fix = `add dnsConfig: nameservers: ["ADDRESS"]`
	}
	if s.DNSConfig != nil {
		const most = 3
		for i, address := range s.DNSConfig.Nameservers {
			switch {
			case i == most:
				sink.Errorf(schema.InvalidValue, tree.P("dnsConfig", "nameservers", i), "a pod has at most %d name servers", most)
			case !isAddress(address):
				sink.Errorf(schema.InvalidValue, tree.P("dnsConfig", "nameservers", i), "%q is no IP address", address)
			}
		}
	}
	for i := range s.HostAliases {
		if _, err := netip.ParseAddr(s.HostAliases[i].IP); err != nil {
			sink.Errorf(schema.InvalidValue, tree.P("hostAliases", i, "ip"), "%q is no IP address", s.HostAliases[i].IP)
		}
		for j, host := range s.HostAliases[i].Hostnames {
			if !names.DNSName.Fits(host) {
				sink.Errorf(schema.BadName, tree.P("hostAliases", i, "hostnames", j), "%s", names.DNSName.Complaint(host))
			}
		}
	}
}
