package schema

// Keda scales by a ScaledObject in place of a HorizontalPodAutoscaler.
type Keda struct {
	Triggers              []KedaTrigger `json:"triggers,omitempty"`
	PollingInterval       *int32        `json:"pollingInterval,omitempty"`
	CooldownPeriod        *int32        `json:"cooldownPeriod,omitempty"`
	InitialCooldownPeriod *int32        `json:"initialCooldownPeriod,omitempty"`
	IdleReplicaCount      *int32        `json:"idleReplicaCount,omitempty"`
	Fallback              *KedaFallback `json:"fallback,omitempty"`
	ScalingModifiers      *KedaFormula  `json:"scalingModifiers,omitempty"`

	RestoreToOriginalReplicaCount bool                 `json:"restoreToOriginalReplicaCount,omitempty"`
	HorizontalPodAutoscalerName   string               `json:"horizontalPodAutoscalerName,omitempty"`
	EnvSourceContainerName        string               `json:"envSourceContainerName,omitempty"`
	Authentications               Map[KedaCredentials] `json:"authentications,omitempty"`
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
	FailureThreshold int32  `json:"failureThreshold"`
	Replicas         int32  `json:"replicas"`
	Behavior         string `json:"behavior,omitempty"` // empty: static
}

// KedaFormula makes one number of those of several triggers.
type KedaFormula struct {
	Formula          string `json:"formula"`
	Target           string `json:"target"`
	ActivationTarget string `json:"activationTarget,omitempty"`
	MetricType       string `json:"metricType,omitempty"` // empty: AverageValue
}

// KedaCredentials is a TriggerAuthentication: by parameter of a scaler a value of
// a Secret, or a variable of the container.
type KedaCredentials struct {
	SecretTargetRef Map[SecretKey] `json:"secretTargetRef,omitempty"`
	Env             Map[string]    `json:"env,omitempty"`
	PodIdentity     *KedaIdentity  `json:"podIdentity,omitempty"`
}

// KedaIdentity is an identity that a cloud gives to pods, named as in
// keda.sh/v1alpha1.
type KedaIdentity struct {
	Provider         string `json:"provider"`
	IdentityID       string `json:"identityId,omitempty"`
	IdentityTenantID string `json:"identityTenantId,omitempty"`
	RoleArn          string `json:"roleArn,omitempty"`
	IdentityOwner    string `json:"identityOwner,omitempty"`
}

// VerticalScaling is a VerticalPodAutoscaler. What it says of requests is about the
// service's own container.
type VerticalScaling struct {
	ObjectName          string      `json:"objectName,omitempty"`
	UpdateMode          string      `json:"updateMode,omitempty"`
	MinReplicas         *int32      `json:"minReplicas,omitempty"`
	MinAllowed          Map[string] `json:"minAllowed,omitempty"`
	MaxAllowed          Map[string] `json:"maxAllowed,omitempty"`
	ControlledResources []string    `json:"controlledResources,omitempty"`
	ControlledValues    string      `json:"controlledValues,omitempty"`

	Containers           Map[VerticalContainer] `json:"containers,omitempty"` // others, by name; "*": the rest
	EvictionRequirements []VerticalEviction     `json:"evictionRequirements,omitempty"`
	Recommender          string                 `json:"recommender,omitempty"`
}

// VerticalContainer is what holds for the requests of one container.
type VerticalContainer struct {
	Mode                string      `json:"mode,omitempty"` // empty: Auto
	MinAllowed          Map[string] `json:"minAllowed,omitempty"`
	MaxAllowed          Map[string] `json:"maxAllowed,omitempty"`
	ControlledResources []string    `json:"controlledResources,omitempty"`
	ControlledValues    string      `json:"controlledValues,omitempty"`
}

// VerticalEviction is what a recommendation has to be for a pod to be evicted.
type VerticalEviction struct {
	Resources         []string `json:"resources"`
	ChangeRequirement string   `json:"changeRequirement"`
}
