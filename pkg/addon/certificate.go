package addon

import "github.com/kgen-dev/kgen/schema"

// Certificate has cert-manager keep a certificate in a Secret.
type Certificate = Object[CertificateSpec]

// CertificateSpec is the spec of a Certificate, cert-manager.io/v1.
type CertificateSpec struct {
	SecretName            string                   `json:"secretName"`
	DNSNames              []string                 `json:"dnsNames"`
	CommonName            string                   `json:"commonName,omitempty"`
	Duration              string                   `json:"duration,omitempty"`
	RenewBefore           string                   `json:"renewBefore,omitempty"`
	RenewBeforePercentage int32                    `json:"renewBeforePercentage,omitempty"`
	PrivateKey            *schema.CertificateKey   `json:"privateKey,omitempty"`
	Usages                []string                 `json:"usages,omitempty"`
	IssuerRef             schema.CertificateIssuer `json:"issuerRef"`
}
