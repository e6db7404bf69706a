package lint

import (
	"slices"
	"strings"

	networkingv1 "k8s.io/api/networking/v1"
)

// certificateAnnotations make a load balancer or router answer with TLS although
// spec.tls is not there.
var certificateAnnotations = []string{
	"alb.ingress.kubernetes.io/certificate-arn",
	"appgw.ingress.kubernetes.io/appgw-ssl-certificate",
	"haproxy.org/ssl-certificate",
	"ingress.gcp.kubernetes.io/pre-shared-cert",
	"networking.gke.io/managed-certificates",
	"networking.gke.io/certmap",
	"traefik.ingress.kubernetes.io/router.tls.certresolver",
	"traefik.ingress.kubernetes.io/router.tls.options",
}

// terminatesTLS reports whether the controller of an Ingress answers with TLS by itself.
func terminatesTLS(o *Object, ingress *networkingv1.Ingress) bool {
	annotations := o.Annotations()
	switch ingressClass(o, ingress) {
	case "cloudflare-tunnel", "ngrok":
		return true
	}
	return annotations["traefik.ingress.kubernetes.io/router.tls"] == "true" ||
		strings.Contains(annotations["alb.ingress.kubernetes.io/listen-ports"], "HTTPS") ||
		slices.ContainsFunc(certificateAnnotations, func(key string) bool { return annotations[key] != "" })
}

// issuerAnnotations make a controller issue the certificates of an Ingress.
var issuerAnnotations = []string{
	"cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "certmanager.k8s.io/issuer", "certmanager.k8s.io/cluster-issuer",
	"kubernetes.io/tls-acme", "cert.gardener.cloud/purpose",
}

// hasIssuer reports whether a controller makes the Secrets that spec.tls names.
func hasIssuer(o *Object) bool {
	return slices.ContainsFunc(issuerAnnotations, func(key string) bool {
		value := o.Annotations()[key]
		return value != "" && value != "false"
	})
}

// coversHost reports whether a host, which may be a wildcard for one level, means
// another.
func coversHost(pattern, host string) bool {
	pattern, host = strings.ToLower(pattern), strings.ToLower(host)
	if pattern == host {
		return true
	}
	domain, isWildcard := strings.CutPrefix(pattern, "*")
	label, hasDomain := strings.CutSuffix(host, domain)
	return isWildcard && domain != "" && hasDomain && label != "" && !strings.Contains(label, ".")
}
