package check

import (
	"slices"
	"time"

	"github.com/kgen-dev/kgen/pkg/report"
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
	case in.ClusterIssuer == "":
		sink.KeyErrorf(schema.MissingField, at, "nobody issues the certificate").Fix = `add ingress: clusterIssuer, as in "letsencrypt"`
	case in.TLS != nil && in.TLS.Declined:
		sink.KeyErrorf(schema.BadIngress, at, "the Ingress has tls: false and uses no certificate").Fix = "remove one of the two"
	case len(in.CertificateHosts()) == 0:
		sink.KeyErrorf(schema.BadIngress, at, "the certificate is for no host").Fix = "name a host under ingress: hosts"
	}
	duration, _ := time.ParseDuration(c.Duration)
	before, _ := time.ParseDuration(c.RenewBefore)
	if duration > 0 && before >= duration {
		sink.Errorf(schema.InvalidValue, at.With("renewBefore"), "%s is not below duration, %s", c.RenewBefore, c.Duration)
	}
	if c.PrivateKey != nil {
		certificateKey(c.PrivateKey, at.With("privateKey", "size"), sink)
	}
}

// keySizes are the numbers of bits that cert-manager makes keys of; without an
// algorithm they are RSA's.
var keySizes = map[string][]int32{
	"":      {2048, 4096, 8192},
	"RSA":   {2048, 4096, 8192},
	"ECDSA": {256, 384, 521},
}

func certificateKey(k *schema.CertificateKey, at tree.Path, sink *report.Sink) {
	if k.Size == 0 || slices.Contains(keySizes[k.Algorithm], k.Size) {
		return
	}
	if k.Algorithm == "Ed25519" {
		sink.Errorf(schema.InvalidValue, at, "a key of Ed25519 has one size").Fix = "remove it"
		return
	}
	algorithm := k.Algorithm
	if algorithm == "" {
		algorithm = "RSA"
	}
	sizes := map[string]string{"RSA": "2048, 4096 or 8192", "ECDSA": "256, 384 or 521"}[algorithm]
	sink.Errorf(schema.InvalidValue, at, "there is no key of %s with %d bits", algorithm, k.Size).Fix = "take " + sizes
}
