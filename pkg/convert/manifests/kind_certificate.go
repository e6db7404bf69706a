package manifests

import (
	"slices"

	"github.com/kgen-dev/kgen/pkg/addon"
	"github.com/kgen-dev/kgen/schema"
)

// fillCertificate is the inverse of templates.Certificate: of one for the hosts of the
// Ingress, which was read before it, and perhaps more.
func (c *converter) fillCertificate(g *Group, o *Object, s *schema.Service) bool {
	certificate, isKnown := decoded[addon.Certificate](o)
	if !isKnown || s.Ingress == nil {
		return false
	}
	in, spec := s.Ingress, &certificate.Spec
	if in.ClusterIssuer != "" || in.Certificate != nil || in.TLS == nil || in.TLS.Declined || len(spec.DNSNames) == 0 {
		return false
	}
	if spec.SecretName != o.Name || orText(in.TLS.SecretName, g.Name+"-tls") != o.Name {
		return false
	}
	made := &schema.Certificate{
		Duration: spec.Duration, RenewBefore: spec.RenewBefore, RenewBeforePercentage: spec.RenewBeforePercentage,
		CommonName: spec.CommonName, Usages: spec.Usages, PrivateKey: spec.PrivateKey,
	}
	trial := schema.Ingress{Hosts: in.Hosts, TLS: in.TLS, Certificate: made}
	served := trial.CertificateHosts()
	if len(served) > len(spec.DNSNames) || !slices.Equal(served, spec.DNSNames[:len(served)]) {
		return false
	}
	made.DNSNames = spec.DNSNames[len(served):]
	if ref := spec.IssuerRef; ref.Kind == "ClusterIssuer" && ref.Group == "" {
		in.ClusterIssuer = ref.Name
	} else {
		made.IssuerRef = &ref
	}
	in.Certificate = made
	return true
}
