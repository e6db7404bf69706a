package addon

import "github.com/kgen-dev/kgen/schema"

// VerticalPodAutoscaler sets the requests of a workload's containers.
type VerticalPodAutoscaler = Object[VerticalPodAutoscalerSpec]

// VerticalPodAutoscalerSpec is the spec of a VerticalPodAutoscaler,
// autoscaling.k8s.io/v1.
type VerticalPodAutoscalerSpec struct {
	TargetRef      WorkloadRef     `json:"targetRef"`
	UpdatePolicy   *UpdatePolicy   `json:"updatePolicy,omitempty"`
	ResourcePolicy *ResourcePolicy `json:"resourcePolicy,omitempty"`
	Recommenders   []Recommender   `json:"recommenders,omitempty"`
}

// UpdatePolicy is when pods get other requests.
type UpdatePolicy struct {
	UpdateMode           string                    `json:"updateMode,omitempty"`
	MinReplicas          *int32                    `json:"minReplicas,omitempty"`
	EvictionRequirements []schema.VerticalEviction `json:"evictionRequirements,omitempty"`
}

// Recommender names who recommends requests.
type Recommender struct {
	Name string `json:"name"`
}

// ResourcePolicy is which requests are set, by container.
type ResourcePolicy struct {
	ContainerPolicies []ContainerPolicy `json:"containerPolicies"`
}

// ContainerPolicy is what holds for one container.
type ContainerPolicy struct {
	ContainerName       string            `json:"containerName"`
	Mode                string            `json:"mode,omitempty"`
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
