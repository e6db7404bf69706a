package addon

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"

	"github.com/kgen-dev/kgen/schema"
)

// ScaledObject has KEDA scale a workload, by an autoscaler that it makes.
type ScaledObject = Object[ScaledObjectSpec]

// ScaledObjectSpec is the spec of a ScaledObject, keda.sh/v1alpha1.
type ScaledObjectSpec struct {
	ScaleTargetRef        ScaleTarget           `json:"scaleTargetRef"`
	PollingInterval       *int32                `json:"pollingInterval,omitempty"`
	CooldownPeriod        *int32                `json:"cooldownPeriod,omitempty"`
	InitialCooldownPeriod *int32                `json:"initialCooldownPeriod,omitempty"`
	IdleReplicaCount      *int32                `json:"idleReplicaCount,omitempty"`
	MinReplicaCount       *int32                `json:"minReplicaCount,omitempty"`
	MaxReplicaCount       int32                 `json:"maxReplicaCount"`
	Fallback              *schema.KedaFallback  `json:"fallback,omitempty"`
	Advanced              *ScaledObjectAdvanced `json:"advanced,omitempty"`
	Triggers              []ScaledObjectTrigger `json:"triggers"`
}

// ScaleTarget is the workload, by default a Deployment.
type ScaleTarget struct {
	APIVersion             string `json:"apiVersion,omitempty"`
	Kind                   string `json:"kind,omitempty"`
	Name                   string `json:"name"`
	EnvSourceContainerName string `json:"envSourceContainerName,omitempty"`
}

// ScaledObjectAdvanced is what the autoscaler has that KEDA makes, and how triggers
// are taken together.
type ScaledObjectAdvanced struct {
	RestoreToOriginalReplicaCount bool                    `json:"restoreToOriginalReplicaCount,omitempty"`
	HorizontalPodAutoscalerConfig *ScaledObjectAutoscaler `json:"horizontalPodAutoscalerConfig,omitempty"`
	ScalingModifiers              *schema.KedaFormula     `json:"scalingModifiers,omitempty"`
}

// ScaledObjectAutoscaler is that autoscaler.
type ScaledObjectAutoscaler struct {
	Name     string                                         `json:"name,omitempty"`
	Behavior *autoscalingv2.HorizontalPodAutoscalerBehavior `json:"behavior,omitempty"`
}

// ScaledObjectTrigger is what is scaled by.
type ScaledObjectTrigger struct {
	Type              string                     `json:"type"`
	Name              string                     `json:"name,omitempty"`
	MetricType        string                     `json:"metricType,omitempty"`
	UseCachedMetrics  bool                       `json:"useCachedMetrics,omitempty"`
	Metadata          map[string]string          `json:"metadata"`
	AuthenticationRef *schema.KedaAuthentication `json:"authenticationRef,omitempty"`
}

// TriggerAuthentication has the credentials of triggers.
type TriggerAuthentication = Object[TriggerAuthenticationSpec]

// TriggerAuthenticationSpec is the spec of a TriggerAuthentication, keda.sh/v1alpha1.
type TriggerAuthenticationSpec struct {
	PodIdentity     *schema.KedaIdentity   `json:"podIdentity,omitempty"`
	SecretTargetRef []AuthenticationSecret `json:"secretTargetRef,omitempty"`
	Env             []AuthenticationEnv    `json:"env,omitempty"`
}

// AuthenticationSecret is a value of a Secret.
type AuthenticationSecret struct {
	Parameter string `json:"parameter"`
	Name      string `json:"name"`
	Key       string `json:"key"`
}

// AuthenticationEnv is a variable of the container.
type AuthenticationEnv struct {
	Parameter string `json:"parameter"`
	Name      string `json:"name"`
}
