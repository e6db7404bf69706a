package addon

import autoscalingv2 "k8s.io/api/autoscaling/v2"

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
	Fallback              *ScaledObjectFallback `json:"fallback,omitempty"`
	Advanced              *ScaledObjectAdvanced `json:"advanced,omitempty"`
	Triggers              []ScaledObjectTrigger `json:"triggers"`
}

// ScaleTarget is the workload, by default a Deployment.
type ScaleTarget struct {
	APIVersion string `json:"apiVersion,omitempty"`
	Kind       string `json:"kind,omitempty"`
	Name       string `json:"name"`
}

// ScaledObjectFallback is how many pods there are while a trigger cannot be asked.
type ScaledObjectFallback struct {
	FailureThreshold int32 `json:"failureThreshold"`
	Replicas         int32 `json:"replicas"`
}

// ScaledObjectAdvanced is what the autoscaler has that KEDA makes.
type ScaledObjectAdvanced struct {
	HorizontalPodAutoscalerConfig ScaledObjectAutoscaler `json:"horizontalPodAutoscalerConfig"`
}

// ScaledObjectAutoscaler is that autoscaler.
type ScaledObjectAutoscaler struct {
	Behavior *autoscalingv2.HorizontalPodAutoscalerBehavior `json:"behavior,omitempty"`
}

// ScaledObjectTrigger is what is scaled by.
type ScaledObjectTrigger struct {
	Type              string             `json:"type"`
	Name              string             `json:"name,omitempty"`
	MetricType        string             `json:"metricType,omitempty"`
	UseCachedMetrics  bool               `json:"useCachedMetrics,omitempty"`
	Metadata          map[string]string  `json:"metadata"`
	AuthenticationRef *AuthenticationRef `json:"authenticationRef,omitempty"`
}

// AuthenticationRef names a TriggerAuthentication or ClusterTriggerAuthentication.
type AuthenticationRef struct {
	Name string `json:"name"`
	Kind string `json:"kind,omitempty"`
}

// VerticalPodAutoscaler sets the requests of a workload's containers.
type VerticalPodAutoscaler = Object[VerticalPodAutoscalerSpec]

// VerticalPodAutoscalerSpec is the spec of a VerticalPodAutoscaler,
// autoscaling.k8s.io/v1.
type VerticalPodAutoscalerSpec struct {
	TargetRef      WorkloadRef     `json:"targetRef"`
	UpdatePolicy   *UpdatePolicy   `json:"updatePolicy,omitempty"`
	ResourcePolicy *ResourcePolicy `json:"resourcePolicy,omitempty"`
}

// UpdatePolicy is when pods get other requests.
type UpdatePolicy struct {
	UpdateMode  string `json:"updateMode,omitempty"`
	MinReplicas *int32 `json:"minReplicas,omitempty"`
}

// ResourcePolicy is which requests are set, by container.
type ResourcePolicy struct {
	ContainerPolicies []ContainerPolicy `json:"containerPolicies"`
}

// ContainerPolicy is what holds for one container.
type ContainerPolicy struct {
	ContainerName       string            `json:"containerName"`
	MinAllowed          map[string]string `json:"minAllowed,omitempty"`
	MaxAllowed          map[string]string `json:"maxAllowed,omitempty"`
	ControlledResources []string          `json:"controlledResources,omitempty"`
	ControlledValues    string            `json:"controlledValues,omitempty"`
}

// WorkloadRef names a workload.
type WorkloadRef struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
}
