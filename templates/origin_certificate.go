package templates

import "github.com/kgen-dev/kgen/pkg/tree"

var certificateOrigins = objectOrigins("ingress.certificate",
	rule{"spec.secretName", "{name}"},
	rule{"spec.dnsNames", "{tlsHosts}"},
	rule{"spec.dnsNames.{tlsHost}", "{tlsHost}"},
	rule{"spec.dnsNames.{certificateHost}", "{certificateHost}"},
	rule{"spec.commonName", "ingress.certificate.commonName"},
	rule{"spec.duration", "ingress.certificate.duration"},
	rule{"spec.renewBefore", "ingress.certificate.renewBefore"},
	rule{"spec.privateKey.*", "ingress.certificate.privateKey.*"},
	rule{"spec.renewBeforePercentage", "ingress.certificate.renewBeforePercentage"},
	rule{"spec.usages.*", "ingress.certificate.usages.*"},
	rule{"spec.issuerRef.*", "{issuerRef}.*"},
)

// certificateNamePlace is what names the Secret of a certificate, and so the
// Certificate.
func certificateNamePlace(m *made) found {
	if in := m.service.Ingress; in != nil && in.TLS != nil && in.TLS.SecretName != "" {
		return foundAt("ingress", "tls", "secretName")
	}
	return foundAt("name")
}

// issuerPlace is who issues a certificate.
func issuerPlace(m *made, _ tree.Path) (found, bool) {
	if in := m.service.Ingress; in.HasCertificate() && in.Certificate.IssuerRef != nil {
		return foundAt("ingress", "certificate", "issuerRef"), true
	}
	return wholeAt("ingress", "clusterIssuer"), true
}

// certificateHostPlace is a host of the certificate alone: those of the Ingress come first.
func certificateHostPlace(m *made, at tree.Path) (found, bool) {
	in := m.service.Ingress
	if !in.HasCertificate() {
		return found{}, false
	}
	own := lastIndex(at) - (len(in.CertificateHosts()) - len(in.Certificate.DNSNames))
	return foundAt("ingress", "certificate", "dnsNames", own), own >= 0
}
