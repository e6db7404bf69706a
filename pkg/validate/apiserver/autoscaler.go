package apiserver

import (
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/pkg/apis/autoscaling"
	autoscalingconvert1 "k8s.io/kubernetes/pkg/apis/autoscaling/v1"
	autoscalingconvert2 "k8s.io/kubernetes/pkg/apis/autoscaling/v2"
	autoscalingvalidation "k8s.io/kubernetes/pkg/apis/autoscaling/validation"
	"k8s.io/kubernetes/pkg/features"
)

// The rules of this file follow pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go.

var autoscalerV1 = rules[autoscalingv1.HorizontalPodAutoscaler, autoscaling.HorizontalPodAutoscaler]{
	fill:     autoscalingconvert1.SetObjectDefaults_HorizontalPodAutoscaler,
	convert:  autoscalingconvert1.Convert_v1_HorizontalPodAutoscaler_To_autoscaling_HorizontalPodAutoscaler,
	prepare:  prepareAutoscaler,
	validate: validateAutoscaler,
}

var autoscalerV2 = rules[autoscalingv2.HorizontalPodAutoscaler, autoscaling.HorizontalPodAutoscaler]{
	fill:     autoscalingconvert2.SetObjectDefaults_HorizontalPodAutoscaler,
	convert:  autoscalingconvert2.Convert_v2_HorizontalPodAutoscaler_To_autoscaling_HorizontalPodAutoscaler,
	prepare:  prepareAutoscaler,
	validate: validateAutoscaler,
}

func prepareAutoscaler(a *autoscaling.HorizontalPodAutoscaler) {
	a.Status = autoscaling.HorizontalPodAutoscalerStatus{}
	if a.Spec.Behavior == nil || feature.DefaultFeatureGate.Enabled(features.HPAConfigurableTolerance) {
		return
	}
	if r := a.Spec.Behavior.ScaleDown; r != nil {
		r.Tolerance = nil
	}
	if r := a.Spec.Behavior.ScaleUp; r != nil {
		r.Tolerance = nil
	}
}

func validateAutoscaler(a *autoscaling.HorizontalPodAutoscaler) field.ErrorList {
	options := autoscalingvalidation.HorizontalPodAutoscalerSpecValidationOptions{MinReplicasLowerBound: 1}
	if feature.DefaultFeatureGate.Enabled(features.HPAScaleToZero) {
		options.MinReplicasLowerBound = 0
	}
	// The one scalable kind of the group without a name.
	options.ScaleTargetRefValidationOptions.AllowEmptyAPIGroup = a.Spec.ScaleTargetRef.Kind == "ReplicationController"
	options.ObjectMetricsValidationOptions.AllowEmptyAPIGroup = true
	return autoscalingvalidation.ValidateHorizontalPodAutoscaler(a, options)
}
