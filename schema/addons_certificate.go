package schema

// Certificate is a Certificate of cert-manager for the hosts of an Ingress.
type Certificate struct {
	Duration              string             `json:"duration,omitempty"`
	RenewBefore           string             `json:"renewBefore,omitempty"`
	RenewBeforePercentage int32              `json:"renewBeforePercentage,omitempty"`
	CommonName            string             `json:"commonName,omitempty"`
	IssuerRef             *CertificateIssuer `json:"issuerRef,omitempty"`
	DNSNames              []string           `json:"dnsNames,omitempty"`
	Usages                []string           `json:"usages,omitempty"`
	PrivateKey            *CertificateKey    `json:"privateKey,omitempty"`
}

// CertificateKey is the key of a Certificate.
type CertificateKey struct {
	Algorithm      string `json:"algorithm,omitempty"`
	Encoding       string `json:"encoding,omitempty"`
	Size           int32  `json:"size,omitempty"` // bits
	RotationPolicy string `json:"rotationPolicy,omitempty"`
}

// CertificateIssuer is who issues a certificate, by default an Issuer of
// cert-manager.
type CertificateIssuer struct {
	Name  string `json:"name"`
	Kind  string `json:"kind,omitempty"`
	Group string `json:"group,omitempty"`
}
