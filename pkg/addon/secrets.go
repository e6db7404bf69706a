package addon

import "github.com/kgen-dev/kgen/schema"

// ExternalSecret has External Secrets make a Secret of its own name.
type ExternalSecret = Object[ExternalSecretSpec]

// ExternalSecretSpec is the spec of an ExternalSecret, external-secrets.io/v1.
type ExternalSecretSpec struct {
	RefreshPolicy   string                 `json:"refreshPolicy,omitempty"`
	RefreshInterval string                 `json:"refreshInterval,omitempty"`
	SecretStoreRef  schema.SecretStore     `json:"secretStoreRef"`
	Target          *ExternalSecretTarget  `json:"target,omitempty"`
	Data            []ExternalSecretData   `json:"data,omitempty"`
	DataFrom        []ExternalSecretSource `json:"dataFrom,omitempty"`
}

// ExternalSecretTarget is what the Secret has besides its values.
type ExternalSecretTarget struct {
	CreationPolicy string                  `json:"creationPolicy,omitempty"`
	DeletionPolicy string                  `json:"deletionPolicy,omitempty"`
	Immutable      bool                    `json:"immutable,omitempty"`
	Template       *ExternalSecretTemplate `json:"template,omitempty"`
}

// ExternalSecretTemplate makes the Secret of the values. Without data of its own the
// Secret has them as they come.
type ExternalSecretTemplate struct {
	Type        string            `json:"type,omitempty"`
	MergePolicy string            `json:"mergePolicy,omitempty"`
	Metadata    *TemplateMetadata `json:"metadata,omitempty"`
	Data        map[string]string `json:"data,omitempty"`
}

// TemplateMetadata is what stands on an object that a controller makes.
type TemplateMetadata struct {
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

// ExternalSecretData is one key of the Secret.
type ExternalSecretData struct {
	SecretKey string          `json:"secretKey"`
	RemoteRef RemoteRef       `json:"remoteRef"`
	SourceRef *ExternalOrigin `json:"sourceRef,omitempty"`
}

// ExternalSecretSource gives the Secret all values of what it finds.
type ExternalSecretSource struct {
	Extract   *RemoteRef       `json:"extract,omitempty"`
	Find      *ExternalFind    `json:"find,omitempty"`
	Rewrite   []ExternalRename `json:"rewrite,omitempty"`
	SourceRef *ExternalOrigin  `json:"sourceRef,omitempty"`
}

// ExternalOrigin is another store than that of the whole, or a generator.
type ExternalOrigin struct {
	StoreRef     *schema.SecretStore `json:"storeRef,omitempty"`
	GeneratorRef *GeneratorRef       `json:"generatorRef,omitempty"`
}

// GeneratorRef names a generator. Its apiVersion is the one that there is.
type GeneratorRef struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
}

// RemoteRef is an entry of a store, or one value in it.
type RemoteRef struct {
	Key                string `json:"key"`
	Property           string `json:"property,omitempty"`
	Version            string `json:"version,omitempty"`
	ConversionStrategy string `json:"conversionStrategy,omitempty"`
	DecodingStrategy   string `json:"decodingStrategy,omitempty"`
	MetadataPolicy     string `json:"metadataPolicy,omitempty"`
}

// ExternalFind is a search for entries.
type ExternalFind struct {
	Path               string            `json:"path,omitempty"`
	Name               *ExternalFindName `json:"name,omitempty"`
	Tags               map[string]string `json:"tags,omitempty"`
	ConversionStrategy string            `json:"conversionStrategy,omitempty"`
	DecodingStrategy   string            `json:"decodingStrategy,omitempty"`
}

// ExternalFindName is what the names of entries fit.
type ExternalFindName struct {
	RegExp string `json:"regexp"`
}

// ExternalRename changes the names of keys.
type ExternalRename struct {
	RegExp    *schema.ExternalReplacement `json:"regexp,omitempty"`
	Transform *ExternalTransform          `json:"transform,omitempty"`
}

// ExternalTransform is a template of a key's name.
type ExternalTransform struct {
	Template string `json:"template"`
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
