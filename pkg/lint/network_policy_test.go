package lint

import "testing"

// netpol is a NetworkPolicy in one line.
func netpol(name, spec string) string {
	return object("networking.k8s.io/v1", "NetworkPolicy", name, "spec: {"+spec+"}")
}

func TestDanglingNetworkPolicy(t *testing.T) {
	web := pods("web", "app: web", running("web:1", ""))
	check(t, &danglingNetworkPolicy, []ruleCase{
		{name: "all", text: netpol("a", "podSelector: {}")},
		{name: "selected", text: lines(netpol("a", "podSelector: {matchLabels: {app: web}}"), web)},
		{name: "expression", text: lines(netpol("a", "podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}"), web),
			want: []string{"1: warning: no pods have the labels app notin (web)"}},
		{name: "closed", world: Closed, text: netpol("a", "podSelector: {matchLabels: {app: web}}"), want: []string{"1: warning: no pods have the labels app=web"}},
		{name: "partial", world: Partial, text: netpol("a", "podSelector: {matchLabels: {app: web}}")},
		{name: "selector that cannot be read", text: netpol("a", "podSelector: {matchLabels: {app: 5}}")},
		{name: "job", text: lines(netpol("a", "podSelector: {matchLabels: {app: web}}"), podsOf("batch/v1", "Job", "web", "app: web", running("web:1", "")))},
	})
	from := func(peer string) string { return netpol("a", "podSelector: {}, ingress: [{from: [{"+peer+"}]}]") }
	check(t, &danglingNetworkPolicyPeer, []ruleCase{
		{name: "peer", text: lines(from("podSelector: {matchLabels: {app: x}}"), web), want: []string{"1: info: no pods of the namespace have the labels app=x"}},
		{name: "egress", text: lines(netpol("a", "podSelector: {}, egress: [{to: [{podSelector: {matchLabels: {app: x}}}]}]"), web),
			want: []string{"1: info: no pods of the namespace have the labels app=x"}},
		{name: "found", text: lines(from("podSelector: {matchLabels: {app: web}}"), web)},
		{name: "all", text: from("podSelector: {}")},
		{name: "other namespaces", text: lines(from("podSelector: {matchLabels: {app: x}}, namespaceSelector: {}"), web)},
		{name: "addresses", text: from("ipBlock: {cidr: 10.0.0.0/8}")},
	})
	checkAcross(t, &danglingNetworkPolicyPeer, Closed, []External{{Kind: "Pod", Name: "a"}}, nil, directory{"a", lines(from("podSelector: {matchLabels: {app: x}}"), web)})
}

func TestNetworkPolicyRulesIgnored(t *testing.T) {
	check(t, &networkPolicyRulesIgnored, []ruleCase{
		{name: "by default", text: netpol("a", "podSelector: {}, ingress: [{}], egress: [{}]")},
		{name: "empty egress by default", text: netpol("a", "podSelector: {}, egress: []"), want: []string{"1: warning: egress is given, but policyTypes lacks Egress"}},
		{name: "ingress", text: netpol("a", "podSelector: {}, policyTypes: [Egress], ingress: [{}]"), want: []string{"1: warning: ingress is given, but policyTypes lacks Ingress"}},
		{name: "empty ingress", text: netpol("a", "podSelector: {}, policyTypes: [Egress], ingress: []")},
		{name: "named", text: netpol("a", "podSelector: {}, policyTypes: [Ingress, Egress], egress: []")},
	})
}

func TestNetworkPolicyBlocksDNS(t *testing.T) {
	egress := func(rules string) string {
		return netpol("a", "podSelector: {matchLabels: {app: web}}, egress: ["+rules+"]")
	}
	db := "{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}"
	web := pods("web", "app: web", running("web:1", ""))
	told := []string{"1: warning: no rule allows DNS, port 53 for UDP"}
	cases := []ruleCase{
		{name: "another policy", text: lines(egress(db), web, netpol("dns", "podSelector: {}, egress: [{ports: [{port: 53, protocol: UDP}]}]"))},
		{name: "another policy, no pods", text: lines(egress(db), netpol("dns", "podSelector: {}, egress: [{ports: [{port: 53, protocol: UDP}]}]"))},
		{name: "another policy for other pods", text: lines(egress(db), web, netpol("dns", "podSelector: {matchLabels: {app: x}}, egress: [{}]")), want: told},
		{name: "cilium", text: lines(egress(db), object("cilium.io/v2", "CiliumNetworkPolicy", "dns", "spec: {}"))},
		{name: "network of the node", text: lines(egress(db), pods("web", "app: web", "hostNetwork: true, "+running("web:1", "")), netpol("x", "podSelector: {}, egress: [{}]"))},
		{name: "not for egress", text: netpol("a", "podSelector: {}, policyTypes: [Ingress], egress: ["+db+"]")},
		{name: "nothing at all", text: netpol("a", "podSelector: {}, policyTypes: [Egress]")},
		{name: "own DNS", text: lines(egress("{to: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 53, protocol: UDP}]}"), web)},
	}
	for name, rule := range map[string]string{
		"everything": "{}", "no peer": "{ports: [{port: 53, protocol: UDP}]}", "range": "{ports: [{port: 1, endPort: 100, protocol: UDP}]}",
		"all of UDP": "{ports: [{protocol: UDP}]}", "named": "{ports: [{port: dns-udp, protocol: UDP}]}", "5353": "{ports: [{port: 5353, protocol: UDP}]}",
		"addresses": "{to: [{ipBlock: {cidr: 10.0.0.10/32}}]}", "all namespaces": "{to: [{namespaceSelector: {}}]}",
		"kube-system":                "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]}",
		"a namespace with the port":  "{to: [{namespaceSelector: {matchLabels: {role: dns}}}], ports: [{port: 53, protocol: UDP}]}",
		"kube-system with pod label": "{to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}]}",
	} {
		cases = append(cases, ruleCase{name: "allowed: " + name, text: lines(egress(db+", "+rule), web)})
	}
	for name, rule := range map[string]string{
		"only TCP": "{ports: [{port: 53, protocol: TCP}]}", "no protocol": "{ports: [{port: 53}]}",
		"own namespace":     "{to: [{podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}]}",
		"another namespace": "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: db}}}]}",
	} {
		cases = append(cases, ruleCase{name: "shut: " + name, text: lines(egress(db+", "+rule), web), want: told})
	}
	check(t, &networkPolicyBlocksDNS, cases)
}

func TestNetworkPolicyPortMismatch(t *testing.T) {
	to := func(port string) string {
		return netpol("a", "podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{"+port+"}]}]")
	}
	web := pods("web", "app: web", running("web:1", "ports: [{name: http, containerPort: 8080}, {containerPort: 53, protocol: UDP}]"))
	check(t, &networkPolicyPortMismatch, []ruleCase{
		{name: "number", text: lines(to("port: 8080"), web)},
		{name: "name", text: lines(to("port: http"), web)},
		{name: "range", text: lines(to("port: 8000, endPort: 9000"), web)},
		{name: "all ports", text: lines(to("protocol: TCP"), web)},
		{name: "other number", text: lines(to("port: 80"), web), want: []string{"1: warning: port 80 is none of the pods, which have http 8080, 53/UDP"}},
		{name: "other protocol", text: lines(to("port: 53"), web), want: []string{"1: warning: port 53 is none of the pods, which have http 8080, 53/UDP"}},
		{name: "of the Service", text: lines(to("port: 80"), web, service("web", "selector: {app: web}, ports: [{port: 80}]")),
			want: []string{"1: warning: port 80 is none of the pods, which have http 8080, 53/UDP, but that of Service/web"}},
		{name: "one of several has it", text: lines(to("port: 80"), web, pods("b", "app: web", running("b:1", "ports: [{containerPort: 80}]")))},
		{name: "some declare nothing", text: lines(to("port: 80"), web, pods("b", "app: web", running("b:1", "")))},
		{name: "no pods", text: to("port: 80")},
		{name: "not for ingress", text: lines(netpol("a", "podSelector: {}, policyTypes: [Egress], ingress: [{ports: [{port: 80}]}]"), web)},
	})
}

func TestPodWithoutNetworkPolicy(t *testing.T) {
	web := pods("web", "app: web", running("web:1", ""))
	direction := func(value string) map[string]any { return map[string]any{"direction": value} }
	in, out := netpol("in", "podSelector: {}"), netpol("out", "podSelector: {}, policyTypes: [Egress]")
	check(t, &podWithoutNetworkPolicy, []ruleCase{
		{name: "none", text: web, want: []string{"1: info: no NetworkPolicy is for the pods"}},
		{name: "none, partial", world: Partial, text: web},
		{name: "both", text: lines(web, in, out)},
		{name: "ingress alone", text: lines(web, in), want: []string{"1: info: no NetworkPolicy shuts the pods for egress"}},
		{name: "egress alone", text: lines(web, out), want: []string{"1: info: no NetworkPolicy shuts the pods for ingress"}},
		{name: "any", options: direction("any"), text: lines(web, out)},
		{name: "any of none", options: direction("any"), text: web, want: []string{"1: info: no NetworkPolicy is for the pods"}},
		{name: "ingress", options: direction("ingress"), text: lines(web, in)},
		{name: "egress missing", options: direction("egress"), text: lines(web, in), want: []string{"1: info: no NetworkPolicy shuts the pods for egress"}},
		{name: "calico", text: lines(web, object("projectcalico.org/v3", "GlobalNetworkPolicy", "x", "spec: {}"))},
		{name: "network of the node", text: pods("web", "app: web", "hostNetwork: true, "+running("web:1", ""))},
	})
}
