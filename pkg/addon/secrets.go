package addon

// ExternalSecret has External Secrets make a Secret of its own name.
type ExternalSecret = Object[ExternalSecretSpec]

// ExternalSecretSpec is the spec of an ExternalSecret, external-secrets.io/v1.
type ExternalSecretSpec struct {
	RefreshInterval string                 `json:"refreshInterval,omitempty"`
	SecretStoreRef  SecretStoreRef         `json:"secretStoreRef"`
	Target          *ExternalSecretTarget  `json:"target,omitempty"`
	Data            []ExternalSecretData   `json:"data,omitempty"`
	DataFrom        []ExternalSecretSource `json:"dataFrom,omitempty"`
}

// SecretStoreRef names a SecretStore or ClusterSecretStore.
type SecretStoreRef struct {
	Name string `json:"name"`
	Kind string `json:"kind,omitempty"`
}

// ExternalSecretTarget is what the Secret has besides its values.
type ExternalSecretTarget struct {
	Immutable bool                    `json:"immutable,omitempty"`
	Template  *ExternalSecretTemplate `json:"template,omitempty"`
}

// ExternalSecretTemplate gives the Secret its type. Without data of its own the
// Secret has the values as they come.
type ExternalSecretTemplate struct {
	Type string `json:"type,omitempty"`
}

// ExternalSecretData is one key of the Secret.
type ExternalSecretData struct {
	SecretKey string    `json:"secretKey"`
	RemoteRef RemoteRef `json:"remoteRef"`
}

// ExternalSecretSource gives the Secret all values of an entry.
type ExternalSecretSource struct {
	Extract RemoteRef `json:"extract"`
}

// RemoteRef is an entry of a store, or one value in it.
type RemoteRef struct {
	Key      string `json:"key"`
	Property string `json:"property,omitempty"`
	Version  string `json:"version,omitempty"`
}

// SealedSecret is a Secret that only the controller of a cluster can read.
type SealedSecret = Object[SealedSecretSpec]

// SealedSecretSpec is the spec of a SealedSecret, bitnami.com/v1alpha1.
type SealedSecretSpec struct {
	EncryptedData map[string]string     `json:"encryptedData"`
	Template      *SealedSecretTemplate `json:"template,omitempty"`
}

// SealedSecretTemplate is what the Secret has besides its values.
type SealedSecretTemplate struct {
	Immutable bool   `json:"immutable,omitempty"`
	Type      string `json:"type,omitempty"`
}
