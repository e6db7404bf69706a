package lint

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

var ingressTLSSecretMissing = Rule{
	ID: "ingress-tls-secret-missing", Severity: report.Warning, SkipsTests: true,
	Kinds: []string{"Ingress.networking.k8s.io"},
	Doc: Doc{
		Title: "nothing makes the certificate of an Ingress",
		Why:   "the controller answers with a certificate that it signed itself, and every browser and client refuses the connection",
		Fix:   "name a Secret of type kubernetes.io/tls, make a Certificate with that secretName, or annotate the Ingress with an issuer",
		Bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  tls:
  - hosts: [shop.example.com]
    secretName: shop-tls # <-
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
metadata:
  name: web
  annotations: {cert-manager.io/cluster-issuer: letsencrypt}
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
			"A Secret without tls.crt or tls.key is a warning too; one with both but of another type is an info.",
			"Certificates, ExternalSecrets, SealedSecrets and the like count as the Secret that they make.",
		},
	},
	Check: func(o *Object, all *Index, r *Reporter) {
		ingress, isTyped := o.Value.(*networkingv1.Ingress)
		if !isTyped || hasIssuer(o) {
			return
		}
		for i := range ingress.Spec.TLS {
			name := ingress.Spec.TLS[i].SecretName
			at := tree.P("spec", "tls", i, "secretName")
			if name == "" || strings.Contains(name, "/") {
				continue
			}
			if all.Lacks(o, "Secret", o.Namespace, name) {
				r.At(at, "there is no Secret %s", name)
				continue
			}
			checkCertificate(at, all.Find(o, "Secret", o.Namespace, name), r)
		}
	},
}

// checkCertificate looks at the form of the Secret of a certificate, where it is there.
func checkCertificate(at tree.Path, o *Object, r *Reporter) {
	if o == nil {
		return
	}
	secret, isSecret := o.Value.(*corev1.Secret)
	if !isSecret {
		return
	}
	for _, key := range []string{corev1.TLSCertKey, corev1.TLSPrivateKeyKey} {
		if !hasKey(o, key) {
			r.At(at, "Secret %s has no %s", o.Name, key).And(o, tree.P("data"))
			return
		}
	}
	if secret.Type != corev1.SecretTypeTLS && !o.isUnread(tree.P("type")) {
		r.At(at, "Secret %s is not of type %s", o.Name, corev1.SecretTypeTLS).As(report.Info).And(o, tree.P("type"))
	}
}
