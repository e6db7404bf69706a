package lint

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// isOnOneNode reports whether all pods of a workload are held to one and the same node.
func (w *Workload) isOnOneNode() bool {
	return w.Spec.NodeName != "" || w.Spec.NodeSelector[corev1.LabelHostname] != "" || w.isBesideOn(w.Meta.Labels) || w.requiresOneNode()
}

// isBesideOn reports whether the pods have to be on a node that has pods with some
// labels.
func (w *Workload) isBesideOn(labels map[string]string) bool {
	affinity := w.Spec.Affinity
	if affinity == nil || affinity.PodAffinity == nil {
		return false
	}
	terms := affinity.PodAffinity.RequiredDuringSchedulingIgnoredDuringExecution
	for i := range terms {
		if t := &terms[i]; t.TopologyKey == corev1.LabelHostname && Matches(t.LabelSelector, labels) {
			return true
		}
	}
	return false
}

// requiresOneNode reports whether affinity names one node in each of its terms.
func (w *Workload) requiresOneNode() bool {
	affinity := w.Spec.Affinity
	if affinity == nil || affinity.NodeAffinity == nil || affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution == nil {
		return false
	}
	node := ""
	terms := affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms
	for i := range terms {
		named := nodeOf(&terms[i])
		if named == "" || node != "" && named != node {
			return false
		}
		node = named
	}
	return node != ""
}

// nodeOf is the one node that a term allows; empty where it may be several.
func nodeOf(t *corev1.NodeSelectorTerm) string {
	for _, list := range [][]corev1.NodeSelectorRequirement{t.MatchExpressions, t.MatchFields} {
		for i := range list {
			e := &list[i]
			if (e.Key == corev1.LabelHostname || e.Key == metav1.ObjectNameField) && e.Operator == corev1.NodeSelectorOpIn && len(e.Values) == 1 {
				return e.Values[0]
			}
		}
	}
	return ""
}
