package lint

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

// requested is what resources ask for: a limit without a request is one too.
func requested(r *corev1.ResourceRequirements, name corev1.ResourceName) (quantity resource.Quantity, isSet bool) {
	if quantity, isSet = r.Requests[name]; isSet {
		return quantity, true
	}
	return limited(r, name)
}

// limited is what resources are held to.
func limited(r *corev1.ResourceRequirements, name corev1.ResourceName) (quantity resource.Quantity, isSet bool) {
	quantity, isSet = r.Limits[name]
	return quantity, isSet
}

// podResource is a quantity of the pods as a whole: what their spec says, else the sum
// over the containers that run as long as the pod. It is not known where one of these
// does not say, or cannot be read.
func podResource(w *Workload, name corev1.ResourceName, of func(*corev1.ResourceRequirements, corev1.ResourceName) (resource.Quantity, bool)) (sum float64, isKnown bool) {
	if w.Spec.Resources != nil {
		if quantity, isSet := of(w.Spec.Resources, name); isSet {
			return quantity.AsApproximateFloat64(), true
		}
	}
	for i := range w.Long() {
		c := &w.Long()[i]
		quantity, isSet := of(&c.Resources, name)
		if !isSet || w.isUnread(c.Field("resources")) {
			return 0, false
		}
		sum += quantity.AsApproximateFloat64()
	}
	return sum, len(w.Long()) > 0
}
