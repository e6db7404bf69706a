package templates

import (
	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// Certificate has cert-manager keep the certificate of the Ingress of s; nil when s
// leaves that to the annotation on the Ingress, or has none.
func Certificate(s *schema.Service) *addon.Certificate {
	in := s.Ingress
	if !in.HasCertificate() {
		return nil
	}
	c := in.Certificate
	return addon.New("cert-manager.io/v1", "Certificate", metadata(s, s.TLSSecretName()), addon.CertificateSpec{
		SecretName:            s.TLSSecretName(),
		DNSNames:              in.CertificateHosts(),
		CommonName:            c.CommonName,
		Duration:              c.Duration,
		RenewBefore:           c.RenewBefore,
		RenewBeforePercentage: c.RenewBeforePercentage,
		PrivateKey:            c.PrivateKey,
		Usages:                c.Usages,
		IssuerRef:             certificateIssuer(in),
	})
}

func certificateIssuer(in *schema.Ingress) schema.CertificateIssuer {
	if in.Certificate.IssuerRef != nil {
		return *in.Certificate.IssuerRef
	}
	return schema.CertificateIssuer{Name: in.ClusterIssuer, Kind: "ClusterIssuer"}
}
