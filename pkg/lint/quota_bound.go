package lint

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// hasScopes reports whether a quota is for some pods only.
func hasScopes(quota *corev1.ResourceQuota) bool {
	return len(quota.Spec.Scopes) > 0 || quota.Spec.ScopeSelector != nil
}

// boundOf splits what a quota bounds of containers: requests.cpu, which is also called
// cpu. It is empty for the number of objects, and the storage of claims.
func boundOf(name corev1.ResourceName) (field string, of corev1.ResourceName) {
	switch name {
	case corev1.ResourceCPU, corev1.ResourceMemory, corev1.ResourceEphemeralStorage:
		return "requests", name
	}
	if strings.HasPrefix(string(name), corev1.ResourceHugePagesPrefix) {
		return "requests", name
	}
	field, rest, isSplit := strings.Cut(string(name), ".")
	if !isSplit || field != "requests" && field != "limits" || corev1.ResourceName(rest) == corev1.ResourceStorage {
		return "", ""
	}
	return field, corev1.ResourceName(rest)
}

// isDemanded reports whether a quota for a resource keeps pods out that do not say how
// much of it they need. Of others they have none then.
func isDemanded(of corev1.ResourceName) bool {
	return of == corev1.ResourceCPU || of == corev1.ResourceMemory
}

// isPodCount reports whether a quota bounds the number of pods.
func isPodCount(name corev1.ResourceName) bool {
	return name == corev1.ResourcePods || name == "count/pods"
}

// quotaUse is what one pod takes of what a quota bounds.
func quotaUse(w *Workload, name corev1.ResourceName) (use float64, isKnown bool) {
	if isPodCount(name) {
		return 1, true
	}
	field, of := boundOf(name)
	if field == "" {
		return 0, false
	}
	get := requested
	if field == "limits" {
		get = limited
	}
	if use, isKnown = podResource(w, of, get); isKnown || isDemanded(of) {
		return use, isKnown
	}
	for i := range w.Long() {
		quantity, isSet := get(&w.Long()[i].Resources, of)
		use, isKnown = use+quantity.AsApproximateFloat64(), isKnown || isSet
	}
	return use, isKnown
}
