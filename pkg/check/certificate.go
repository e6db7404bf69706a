package check

import (
	"slices"
	"time"

	"github.com/kgen-dev/kgen/pkg/names"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/suggest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// certificate: a Certificate that nobody issues, or nothing uses.
func certificate(s *schema.Service, sink *report.Sink) {
	in := s.Ingress
	if !in.HasCertificate() {
		return
	}
	at, c := tree.P("ingress", "certificate"), in.Certificate
	switch {
	case in.ClusterIssuer == "" && c.IssuerRef == nil:
		sink.KeyErrorf(schema.MissingField, at, "nobody issues the certificate").Fix = `add ingress: clusterIssuer, as in "letsencrypt", or issuerRef here`
	case in.ClusterIssuer != "" && c.IssuerRef != nil:
		sink.KeyErrorf(schema.TwoOfGroup, at.With("issuerRef"), "only one of clusterIssuer and issuerRef may stand").Fix = "remove one of the two"
	case in.TLS != nil && in.TLS.Declined:
		sink.KeyErrorf(schema.BadIngress, at, "the Ingress has tls: false and uses no certificate").Fix = "remove one of the two"
	case len(in.CertificateHosts()) == 0:
		sink.KeyErrorf(schema.BadIngress, at, "the certificate is for no host").Fix = "name a host under ingress: hosts"
	}
	if c.IssuerRef != nil {
		optionalName(sink, &names.DNSName, c.IssuerRef.Name, "ingress", "certificate", "issuerRef", "name")
	}
	certificateTimes(c, at, sink)
	if len(c.CommonName) > longestCommonName {
		sink.Errorf(schema.InvalidValue, at.With("commonName"), "%q has %d characters, a common name has at most %d", c.CommonName, len(c.CommonName), longestCommonName).
			Fix = "remove it: clients go by the names of hosts"
	}
	for i, usage := range c.Usages {
		if !slices.Contains(keyUsages, usage) {
			sink.Errorf(schema.InvalidValue, at.With("usages", i), "cert-manager has no usage %q%s", usage, suggest.Hint(usage, keyUsages))
		}
	}
	if c.PrivateKey != nil {
		certificateKey(c.PrivateKey, at.With("privateKey", "size"), sink)
	}
}

// What cert-manager admits: internal/apis/certmanager/validation of v1.21.
const (
	longestCommonName  = 64
	defaultCertificate = 2160 * time.Hour
	shortestLife       = time.Hour
	shortestRenewal    = 5 * time.Minute
)

// keyUsages are those of the Certificate's CRD.
var keyUsages = []string{
	"signing", "digital signature", "content commitment", "key encipherment", "key agreement", "data encipherment", "cert sign", "crl sign",
	"encipher only", "decipher only", "any", "server auth", "client auth", "code signing", "email protection", "s/mime", "ipsec end system",
	"ipsec tunnel", "ipsec user", "timestamping", "ocsp signing", "microsoft sgc", "netscape sgc",
}

func certificateTimes(c *schema.Certificate, at tree.Path, sink *report.Sink) {
	duration, said := defaultCertificate, "duration, 2160h where it is not set"
	if c.Duration != "" {
		duration, _ = time.ParseDuration(c.Duration)
		said = "duration, " + c.Duration
		if duration < shortestLife {
			sink.Errorf(schema.InvalidValue, at.With("duration"), "cert-manager has no certificate for less than 1h")
			return
		}
	}
	before, _ := time.ParseDuration(c.RenewBefore)
	switch {
	case c.RenewBefore != "" && before < shortestRenewal:
		sink.Errorf(schema.InvalidValue, at.With("renewBefore"), "cert-manager renews no later than 5m before the end")
	case before >= duration:
		sink.Errorf(schema.InvalidValue, at.With("renewBefore"), "%s is not below %s", c.RenewBefore, said)
	}
}

// curveSizes are the numbers of bits of ECDSA.
var curveSizes = []int32{256, 384, 521}

func certificateKey(k *schema.CertificateKey, at tree.Path, sink *report.Sink) {
	if k.Size == 0 {
		return
	}
	switch k.Algorithm {
	case "Ed25519":
		sink.Errorf(schema.InvalidValue, at, "a key of Ed25519 has one size").Fix = "remove it"
	case "ECDSA":
		if !slices.Contains(curveSizes, k.Size) {
			sink.Errorf(schema.InvalidValue, at, "there is no key of ECDSA with %d bits", k.Size).Fix = "take 256, 384 or 521"
		}
	default:
		if k.Size < 2048 || k.Size > 8192 {
			sink.Errorf(schema.InvalidValue, at, "cert-manager makes no key of RSA with %d bits", k.Size).Fix = "take 2048, 3072 or 4096"
		}
	}
}
