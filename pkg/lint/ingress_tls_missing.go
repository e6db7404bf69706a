package lint

import (
	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var ingressTLSMissing = Rule{
	ID: "ingress-tls-missing", Severity: report.Info, SkipsTests: true,
	Kinds: []string{"Ingress.networking.k8s.io"},
	Doc: Doc{
		Title: "Ingress has no TLS",
		Why:   "passwords and cookies go over the network as they are, unless something before the controller encrypts",
		Fix:   "write spec.tls with the hosts and the Secret of their certificate",
		Bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: # <-
  ingressClassName: nginx
  rules:
  - host: shop.example.com
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
  - hosts: [shop.example.com]
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
			"Annotations by which the controllers of AWS, Azure, Google, HAProxy and Traefik take a certificate from elsewhere count as TLS.",
			"Canaries of nginx have the TLS of the Ingress beside them.",
		},
	},
	Check: func(o *Object, _ *Index, r *Reporter) {
		ingress, isTyped := o.Value.(*networkingv1.Ingress)
		if !isTyped || len(ingress.Spec.TLS) > 0 || isCanary(o) || terminatesTLS(o, ingress) {
			return
		}
		r.At(tree.P("spec", "tls"), "no spec.tls")
	},
}
