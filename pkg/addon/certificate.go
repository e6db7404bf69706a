package addon

// Certificate has cert-manager keep a certificate in a Secret.
type Certificate = Object[CertificateSpec]

// CertificateSpec is the spec of a Certificate, cert-manager.io/v1.
type CertificateSpec struct {
	SecretName  string          `json:"secretName"`
	DNSNames    []string        `json:"dnsNames"`
	CommonName  string          `json:"commonName,omitempty"`
	Duration    string          `json:"duration,omitempty"`
	RenewBefore string          `json:"renewBefore,omitempty"`
	PrivateKey  *CertificateKey `json:"privateKey,omitempty"`
	IssuerRef   IssuerRef       `json:"issuerRef"`
}

// CertificateKey is the key of a certificate.
type CertificateKey struct {
	Algorithm      string `json:"algorithm,omitempty"`
	Size           int32  `json:"size,omitempty"`
	RotationPolicy string `json:"rotationPolicy,omitempty"`
}

// IssuerRef names an Issuer, by default, or a ClusterIssuer.
type IssuerRef struct {
	Name string `json:"name"`
	Kind string `json:"kind,omitempty"`
}
