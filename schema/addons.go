package schema

// ExternalSecret makes the Secret from what a store of External Secrets has:
// without Data and DataFrom all values of the entry Key.
type ExternalSecret struct {
	Store           SecretStore        `json:"store"`
	Key             string             `json:"key,omitempty"`
	Property        string             `json:"property,omitempty"`
	Version         string             `json:"version,omitempty"`
	Data            Map[ExternalValue] `json:"data,omitempty"`
	DataFrom        []ExternalSource   `json:"dataFrom,omitempty"`
	Template        *ExternalTemplate  `json:"template,omitempty"`
	RefreshInterval string             `json:"refreshInterval,omitempty"`
	RefreshPolicy   string             `json:"refreshPolicy,omitempty"`
	CreationPolicy  string             `json:"creationPolicy,omitempty"`
	DeletionPolicy  string             `json:"deletionPolicy,omitempty"`
}

// SecretStore names a store; without Kind it is a SecretStore.
type SecretStore struct {
	Name string `json:"name"`
	Kind string `json:"kind,omitempty"`
}

// ExternalValue is one value of a store. Key and Version are by default those of
// the ExternalSecret.
type ExternalValue struct {
	Key              string       `json:"key,omitempty"`
	Property         string       `json:"property,omitempty"`
	Version          string       `json:"version,omitempty"`
	DecodingStrategy string       `json:"decodingStrategy,omitempty"`
	MetadataPolicy   string       `json:"metadataPolicy,omitempty"`
	Store            *SecretStore `json:"store,omitempty"`
}

// ExternalSource is where a Secret has all values from: exactly one of Extract,
// Find and Generator is set.
type ExternalSource struct {
	Extract   *ExternalEntry     `json:"extract,omitempty"`
	Find      *ExternalSearch    `json:"find,omitempty"`
	Generator *ExternalGenerator `json:"generator,omitempty"`
	Rewrite   []ExternalRewrite  `json:"rewrite,omitempty"`
	Store     *SecretStore       `json:"store,omitempty"`
}

// ExternalEntry is an entry of a store.
type ExternalEntry struct {
	Key                string `json:"key"`
	Property           string `json:"property,omitempty"`
	Version            string `json:"version,omitempty"`
	DecodingStrategy   string `json:"decodingStrategy,omitempty"`
	ConversionStrategy string `json:"conversionStrategy,omitempty"`
}

// ExternalSearch finds entries by their names, a regular expression, or tags.
type ExternalSearch struct {
	Path               string      `json:"path,omitempty"`
	Name               string      `json:"name,omitempty"`
	Tags               Map[string] `json:"tags,omitempty"`
	DecodingStrategy   string      `json:"decodingStrategy,omitempty"`
	ConversionStrategy string      `json:"conversionStrategy,omitempty"`
}

// ExternalGenerator names a generator.
type ExternalGenerator struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
}

// ExternalRewrite changes the names of keys, by one of its two fields.
type ExternalRewrite struct {
	Regexp    *ExternalReplacement `json:"regexp,omitempty"`
	Transform string               `json:"transform,omitempty"`
}

// ExternalReplacement replaces what fits a regular expression.
type ExternalReplacement struct {
	Source string `json:"source"`
	Target string `json:"target"`
}

// ExternalTemplate makes the Secret of the values of the store.
type ExternalTemplate struct {
	Data        Map[string] `json:"data,omitempty"`
	MergePolicy string      `json:"mergePolicy,omitempty"`
	Labels      Map[string] `json:"labels,omitempty"`
	Annotations Map[string] `json:"annotations,omitempty"`
}

// SealedSecret is a Secret whose values only the controller of a cluster can read.
type SealedSecret struct {
	EncryptedData Map[string] `json:"encryptedData,omitempty"`
	Scope         string      `json:"scope,omitempty"` // empty: strict
}
