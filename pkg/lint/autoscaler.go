package lint

import (
	"cmp"

	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// Autoscaler is a HorizontalPodAutoscaler of any version, or a KEDA ScaledObject.
type Autoscaler struct {
	*Object
	// The target, by spec.scaleTargetRef.
	TargetAPIVersion, TargetKind, TargetName string
	// Min is the least number of replicas; nil where it is not written. Least is what
	// counts then.
	Min *int32
	// Max is the most; 0 where it is not written.
	Max          int32
	MinAt, MaxAt tree.Path
	// Metrics are what it scales on; of autoscaling/v1 the one for cpu.
	Metrics []autoscalingv2.MetricSpec
	isV1    bool
}

// TargetAt is the path of a field of the target's reference.
func (a *Autoscaler) TargetAt(elems ...any) tree.Path {
	return tree.P("spec", "scaleTargetRef").With(elems...)
}

// MetricAt is the path of the number that metric i aims at, or where it would be.
func (a *Autoscaler) MetricAt(i int) tree.Path {
	switch {
	case a.isV1:
		return tree.P("spec", "targetCPUUtilizationPercentage")
	case a.Kind == "ScaledObject":
		return tree.P("spec", "triggers", i, "metadata", "value")
	case i >= len(a.Metrics):
		return tree.P("spec", "metrics")
	}
	at := tree.P("spec", "metrics", i)
	switch m := &a.Metrics[i]; {
	case m.Resource != nil:
		return at.With("resource", "target", "averageUtilization")
	case m.ContainerResource != nil:
		return at.With("containerResource", "target", "averageUtilization")
	}
	return at
}

// Least is the least number of replicas, 1 where none is written; 0 for a ScaledObject.
func (a *Autoscaler) Least() int {
	switch {
	case a.Min != nil:
		return int(*a.Min)
	case a.Kind == "ScaledObject":
		return 0
	}
	return 1
}

// Most is the largest number of replicas; a ScaledObject that does not say has 100.
func (a *Autoscaler) Most() int {
	if a.Max == 0 && a.Kind == "ScaledObject" {
		return 100
	}
	return int(a.Max)
}

// autoscalerOf is the autoscaler that an object is; nil for any other.
func autoscalerOf(o *Object) *Autoscaler {
	a := &Autoscaler{Object: o, MinAt: tree.P("spec", "minReplicas"), MaxAt: tree.P("spec", "maxReplicas")}
	switch v := o.Value.(type) {
	case *autoscalingv2.HorizontalPodAutoscaler:
		ref := v.Spec.ScaleTargetRef
		a.TargetAPIVersion, a.TargetKind, a.TargetName = ref.APIVersion, ref.Kind, ref.Name
		a.Min, a.Max, a.Metrics = v.Spec.MinReplicas, v.Spec.MaxReplicas, v.Spec.Metrics
	case *autoscalingv1.HorizontalPodAutoscaler:
		ref := v.Spec.ScaleTargetRef
		a.TargetAPIVersion, a.TargetKind, a.TargetName = ref.APIVersion, ref.Kind, ref.Name
		a.Min, a.Max, a.isV1 = v.Spec.MinReplicas, v.Spec.MaxReplicas, true
		if target := v.Spec.TargetCPUUtilizationPercentage; target != nil {
			a.Metrics = []autoscalingv2.MetricSpec{{
				Type: autoscalingv2.ResourceMetricSourceType,
				Resource: &autoscalingv2.ResourceMetricSource{
					Name:   corev1.ResourceCPU,
					Target: autoscalingv2.MetricTarget{Type: autoscalingv2.UtilizationMetricType, AverageUtilization: target},
				},
			}}
		}
	case *tree.Node:
		if o.GroupKind() != "ScaledObject.keda.sh" {
			return nil
		}
		a.readScaledObject(v)
	default:
		return nil
	}
	return a
}

func (a *Autoscaler) readScaledObject(n *tree.Node) {
	var spec struct {
		Target autoscalingv2.CrossVersionObjectReference `json:"scaleTargetRef"`
		Min    *int32                                    `json:"minReplicaCount"`
		Max    int32                                     `json:"maxReplicaCount"`
		Parts  []kedaTrigger                             `json:"triggers"`
	}
	tree.Decode(n.Get("spec"), &spec)
	a.TargetAPIVersion, a.TargetKind, a.TargetName = spec.Target.APIVersion, spec.Target.Kind, spec.Target.Name
	a.TargetAPIVersion, a.TargetKind = cmp.Or(a.TargetAPIVersion, "apps/v1"), cmp.Or(a.TargetKind, "Deployment")
	a.Min, a.Max = spec.Min, spec.Max
	a.MinAt, a.MaxAt = tree.P("spec", "minReplicaCount"), tree.P("spec", "maxReplicaCount")
	for i := range spec.Parts {
		a.Metrics = append(a.Metrics, spec.Parts[i].metric())
	}
}
