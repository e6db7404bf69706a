package lint

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// spreadTerm keeps pods of a workload apart: a term of its anti-affinity, or a topology
// spread constraint.
type spreadTerm struct {
	at           tree.Path
	key          string // of the nodes' label
	selector     *metav1.LabelSelector
	isConstraint bool
	isRequired   bool // anti-affinity that is required
	isElsewhere  bool // anti-affinity to pods of other namespaces only
}

// matches reports whether a term is about the workload's own pods.
func (t *spreadTerm) matches(w *Workload) bool {
	return !t.isElsewhere && Matches(t.selector, w.Meta.Labels)
}

// spreadTerms are all of a workload.
func spreadTerms(w *Workload) (terms []spreadTerm) {
	for i := range w.Spec.TopologySpreadConstraints {
		c := &w.Spec.TopologySpreadConstraints[i]
		terms = append(terms, spreadTerm{
			at: w.In("topologySpreadConstraints", i), key: c.TopologyKey, selector: c.LabelSelector, isConstraint: true,
		})
	}
	if w.Spec.Affinity == nil || w.Spec.Affinity.PodAntiAffinity == nil {
		return terms
	}
	anti := w.Spec.Affinity.PodAntiAffinity
	add := func(t *corev1.PodAffinityTerm, isRequired bool, at ...any) {
		terms = append(terms, spreadTerm{
			at: w.In("affinity", "podAntiAffinity").With(at...), key: t.TopologyKey, selector: t.LabelSelector, isRequired: isRequired,
			isElsewhere: len(t.Namespaces) > 0 && t.NamespaceSelector == nil && w.Namespace != "" && !slices.Contains(t.Namespaces, w.Namespace),
		})
	}
	for i := range anti.RequiredDuringSchedulingIgnoredDuringExecution {
		add(&anti.RequiredDuringSchedulingIgnoredDuringExecution[i], true, "requiredDuringSchedulingIgnoredDuringExecution", i)
	}
	for i := range anti.PreferredDuringSchedulingIgnoredDuringExecution {
		add(&anti.PreferredDuringSchedulingIgnoredDuringExecution[i].PodAffinityTerm, false,
			"preferredDuringSchedulingIgnoredDuringExecution", i, "podAffinityTerm")
	}
	return terms
}

// misdirected are the terms of a workload that were probably copied from another: a
// constraint that does not count the pods it is for, and anti-affinity to other pods
// where no term is about its own.
func misdirected(w *Workload, all *Index) (wrong []spreadTerm) {
	terms := spreadTerms(w)
	if len(terms) == 0 {
		return nil
	}
	_, most := all.Replicas(w)
	mayMeanOthers := most < 2 || !w.IsReplicated() || slices.ContainsFunc(terms, func(t spreadTerm) bool { return t.matches(w) })
	for _, t := range terms {
		switch {
		case t.matches(w) || t.isElsewhere:
		case t.isConstraint && t.selector != nil, !t.isConstraint && !mayMeanOthers:
			wrong = append(wrong, t)
		}
	}
	return wrong
}
