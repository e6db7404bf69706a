package templates

import "github.com/kgen-dev/kgen/pkg/tree"

var networkPolicyOrigins = objectOrigins("{object}",
	rule{"spec.podSelector.*", "selector"},
	rule{"spec.podSelector.matchLabels.*", "selector.*"},
	rule{"spec.policyTypes.*", "{object}"},
	rule{"spec.ingress", "{object}"},
	rule{"spec.ingress.{ingressRule}.*", "{ingressRule}.*"},
	rule{"spec.ingress.{metricsRule}", "{metricsRule}"},
	rule{"spec.ingress.{metricsRule}.ports.*", "metrics.port"},
	rule{"spec.ingress.{metricsRule}.from.{metricsPeer}.*", "{metricsPeer}"},
	rule{"spec.ingress.{fromRule}.from.{fromPeer}.*", "{fromPeer}"},
	rule{"spec.ingress.{fromRule}.ports", "{podPorts}"},
	rule{"spec.ingress.{fromRule}.ports.{podPort}.*", "{podPort}.*"},
	rule{"spec.ingress.{fromRule}.ports.{podPort}.port", "{podPort}.containerPort"},
	rule{"spec.egress", "networkPolicy"},
	rule{"spec.egress.{egressRule}.*", "{egressRule}.*"},
)

// fromRulePlace is the rule that all of from makes, which comes first.
func fromRulePlace(m *made, at tree.Path) (found, bool) {
	p := m.service.NetworkPolicy
	return wholeAt("networkPolicy", "from"), lastIndex(at) == 0 && p != nil && p.From != nil && len(*p.From) > 0
}

func fromPeerPlace(m *made, at tree.Path) (found, bool) {
	return peerPlace(m, *m.service.NetworkPolicy.From, tree.P("networkPolicy", "from"), lastIndex(at))
}

// peerPlace is the name under field that makes peer i of a rule.
func peerPlace(m *made, names []string, field tree.Path, i int) (found, bool) {
	for from, name := range names {
		n := len(peers(m.service, name))
		if i >= 0 && i < n {
			return wholeAt(field.With(from)...), true
		}
		i -= n
	}
	return found{}, false
}

// metricsRulePlace is the rule that lets Prometheus in, which comes last.
func metricsRulePlace(m *made, at tree.Path) (found, bool) {
	if len(m.service.MetricsPeers()) == 0 {
		return found{}, false
	}
	return wholeAt("metrics", "from"), lastIndex(at) == len(ingressPolicy(m.service))-1
}

func metricsPeerPlace(m *made, at tree.Path) (found, bool) {
	return peerPlace(m, m.service.MetricsPeers(), tree.P("metrics", "from"), lastIndex(at))
}

// ingressRulePlace is the rule for from, or one of ingress.
func ingressRulePlace(m *made, at tree.Path) (found, bool) {
	p, i := m.service.NetworkPolicy, lastIndex(at)
	if p == nil || i < 0 {
		return found{}, false
	}
	if p.From != nil && len(*p.From) > 0 {
		if i == 0 {
			return wholeAt("networkPolicy", "from"), true
		}
		i--
	}
	return foundAt("networkPolicy", "ingress", i), p.Ingress != nil && i < len(*p.Ingress)
}

// egressRulePlace is the rule for one of to, the one for DNS that comes after
// them, or one of egress.
func egressRulePlace(m *made, at tree.Path) (found, bool) {
	p, i := m.service.NetworkPolicy, lastIndex(at)
	if p == nil || i < 0 {
		return found{}, false
	}
	var rules []found
	if p.To != nil {
		for to, name := range *p.To {
			if name != "dns" {
				rules = append(rules, wholeAt("networkPolicy", "to", to))
			}
		}
		rules = append(rules, wholeAt("networkPolicy", "to"))
	}
	if p.Egress != nil {
		for own := range *p.Egress {
			rules = append(rules, foundAt("networkPolicy", "egress", own))
		}
	}
	if i >= len(rules) {
		return found{}, false
	}
	return rules[i], true
}
