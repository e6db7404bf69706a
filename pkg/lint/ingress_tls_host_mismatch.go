package lint

import (
	"slices"
	"strings"

	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var ingressTLSHostMismatch = Rule{
	ID: "ingress-tls-host-mismatch", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{"Ingress.networking.k8s.io"},
	Doc: Doc{
		Title: "hosts of an Ingress and of its TLS differ",
		Why:   "the host is answered with the controller's default certificate, and clients refuse the connection",
		Fix:   "list each host of spec.rules in spec.tls, and no others",
		Bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  tls:
  - hosts:
    - shop.example.org # <-
    secretName: shop-tls
  rules:
  - host: shop.example.com # <-
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: {service: {name: web, port: {number: 80}}}
`,
		Good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  tls:
  - hosts:
    - "*.example.com"
    secretName: shop-tls
  rules:
  - host: shop.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: {service: {name: web, port: {number: 80}}}
`,
		Notes: []string{
			"A wildcard covers one level: *.example.com is no certificate for a.b.example.com.",
			"An entry of spec.tls without hosts covers all, and a rule without a host serves all; an Ingress without spec.tls is not looked at.",
			"Aliases and redirects by annotations of nginx serve hosts too.",
		},
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		ingress, isTyped := o.Value.(*networkingv1.Ingress)
		if !isTyped || len(ingress.Spec.TLS) == 0 || o.isUnread(tree.P("spec", "tls")) || o.isUnread(tree.P("spec", "rules")) {
			return
		}
		served, servesAll := servedHosts(o, ingress)
		certified, coversAll := certifiedHosts(ingress)
		for i := range ingress.Spec.Rules {
			host := ingress.Spec.Rules[i].Host
			if host != "" && !coversAll && !slices.ContainsFunc(certified, func(pattern string) bool { return coversHost(pattern, host) }) {
				r.At(tree.P("spec", "rules", i, "host"), "host %s is in no entry of spec.tls", host)
			}
		}
		if servesAll {
			return
		}
		for i := range ingress.Spec.TLS {
			for j, host := range ingress.Spec.TLS[i].Hosts {
				if !slices.ContainsFunc(served, func(s string) bool { return coversHost(host, s) || coversHost(s, host) }) {
					r.At(tree.P("spec", "tls", i, "hosts", j), "no rule has the host %s", host)
				}
			}
		}
	},
}

// servedHosts are the hosts of the rules and of nginx's annotations; all where a rule,
// or the default backend, takes any.
func servedHosts(o *Object, ingress *networkingv1.Ingress) (hosts []string, all bool) {
	all = ingress.Spec.DefaultBackend != nil || len(ingress.Spec.Rules) == 0
	for i := range ingress.Spec.Rules {
		host := ingress.Spec.Rules[i].Host
		all = all || host == ""
		hosts = append(hosts, host)
		if o.Annotations()["nginx.ingress.kubernetes.io/from-to-www-redirect"] == "true" {
			hosts = append(hosts, "www."+host, strings.TrimPrefix(host, "www."))
		}
	}
	for _, alias := range strings.Split(o.Annotations()["nginx.ingress.kubernetes.io/server-alias"], ",") {
		hosts = append(hosts, strings.TrimSpace(alias))
	}
	return hosts, all
}

// certifiedHosts are the hosts of spec.tls; all where an entry names none.
func certifiedHosts(ingress *networkingv1.Ingress) (hosts []string, all bool) {
	for i := range ingress.Spec.TLS {
		all = all || len(ingress.Spec.TLS[i].Hosts) == 0
		hosts = append(hosts, ingress.Spec.TLS[i].Hosts...)
	}
	return hosts, all
}
