package lint

import (
	corev1 "k8s.io/api/core/v1"
)

// hostNamespace is the check of a rule about one of the host's namespaces: share takes
// the field over into an empty spec.
func hostNamespace(field string, share func(from, to *corev1.PodSpec)) func(*Workload, *Index, *Reporter) {
	return func(w *Workload, _ *Index, r *Reporter) {
		control := controlOf("hostNamespaces", r.policyMinor())
		if !control.spec(w.Spec) {
			return
		}
		var alone corev1.PodSpec
		share(w.Spec, &alone)
		if control.spec(&alone) {
			r.At(w.In(field), "%s is true", field)
		}
	}
}
