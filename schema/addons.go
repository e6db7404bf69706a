package schema

// ExternalSecret makes the Secret from what a store of External Secrets has:
// without Data all values of the entry Key.
type ExternalSecret struct {
	Store           SecretStore        `json:"store"`
	Key             string             `json:"key,omitempty"`
	Version         string             `json:"version,omitempty"`
	Data            Map[ExternalValue] `json:"data,omitempty"`
	RefreshInterval string             `json:"refreshInterval,omitempty"`
}

// SecretStore names a store; without Kind it is a SecretStore.
type SecretStore struct {
	Name string `json:"name"`
	Kind string `json:"kind,omitempty"`
}

// ExternalValue is one value of a store. Key and Version are by default those of
// the ExternalSecret.
type ExternalValue struct {
	Key      string `json:"key,omitempty"`
	Property string `json:"property,omitempty"`
	Version  string `json:"version,omitempty"`
}

// SealedSecret is a Secret whose values only the controller of a cluster can read.
type SealedSecret struct {
	EncryptedData Map[string] `json:"encryptedData,omitempty"`
	Scope         string      `json:"scope,omitempty"` // empty: strict
}

// Metrics is where Prometheus finds metrics, or is Declined.
type Metrics struct {
	Declined      bool      `json:"-"`
	ObjectName    string    `json:"objectName,omitempty"`
	Kind          string    `json:"kind,omitempty"`
	Port          IntOrName `json:"port,omitempty"`
	Path          string    `json:"path,omitempty"`
	Scheme        string    `json:"scheme,omitempty"`
	Interval      string    `json:"interval,omitempty"`
	ScrapeTimeout string    `json:"scrapeTimeout,omitempty"`
	Labels        Map[Text] `json:"labels,omitempty"`
}

// Keda scales by a ScaledObject in place of a HorizontalPodAutoscaler.
type Keda struct {
	Triggers              []KedaTrigger `json:"triggers,omitempty"`
	PollingInterval       *int32        `json:"pollingInterval,omitempty"`
	CooldownPeriod        *int32        `json:"cooldownPeriod,omitempty"`
	InitialCooldownPeriod *int32        `json:"initialCooldownPeriod,omitempty"`
	IdleReplicaCount      *int32        `json:"idleReplicaCount,omitempty"`
	Fallback              *KedaFallback `json:"fallback,omitempty"`
}

// KedaTrigger is what a ScaledObject scales by.
type KedaTrigger struct {
	Type              string              `json:"type"`
	Name              string              `json:"name,omitempty"`
	Metadata          Map[string]         `json:"metadata"`
	MetricType        string              `json:"metricType,omitempty"`
	UseCachedMetrics  bool                `json:"useCachedMetrics,omitempty"`
	AuthenticationRef *KedaAuthentication `json:"authenticationRef,omitempty"`
}

// KedaAuthentication names a TriggerAuthentication.
type KedaAuthentication struct {
	Name string `json:"name"`
	Kind string `json:"kind,omitempty"`
}

// KedaFallback is how many pods there are while a trigger cannot be asked.
type KedaFallback struct {
	FailureThreshold int32 `json:"failureThreshold"`
	Replicas         int32 `json:"replicas"`
}

// VerticalScaling is a VerticalPodAutoscaler of the service's own container.
type VerticalScaling struct {
	ObjectName          string      `json:"objectName,omitempty"`
	UpdateMode          string      `json:"updateMode,omitempty"`
	MinReplicas         *int32      `json:"minReplicas,omitempty"`
	MinAllowed          Map[string] `json:"minAllowed,omitempty"`
	MaxAllowed          Map[string] `json:"maxAllowed,omitempty"`
	ControlledResources []string    `json:"controlledResources,omitempty"`
	ControlledValues    string      `json:"controlledValues,omitempty"`
}

// Certificate is a Certificate of cert-manager for the hosts of an Ingress.
type Certificate struct {
	Duration    string          `json:"duration,omitempty"`
	RenewBefore string          `json:"renewBefore,omitempty"`
	CommonName  string          `json:"commonName,omitempty"`
	PrivateKey  *CertificateKey `json:"privateKey,omitempty"`
}

// CertificateKey is the key of a Certificate.
type CertificateKey struct {
	Algorithm      string `json:"algorithm,omitempty"`
	Size           int32  `json:"size,omitempty"` // bits
	RotationPolicy string `json:"rotationPolicy,omitempty"`
}
