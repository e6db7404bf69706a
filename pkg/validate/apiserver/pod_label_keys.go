package apiserver

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/features"
)

// mergeLabelKeys writes the pod's own labels named by matchLabelKeys and
// mismatchLabelKeys into the selectors beside them, where they are then judged.
func mergeLabelKeys(p *core.Pod) {
	gates := feature.DefaultFeatureGate
	if a := p.Spec.Affinity; a != nil && gates.Enabled(features.MatchLabelKeysInPodAffinity) {
		if a.PodAffinity != nil {
			mergeIntoTerms(p, a.PodAffinity.PreferredDuringSchedulingIgnoredDuringExecution, a.PodAffinity.RequiredDuringSchedulingIgnoredDuringExecution)
		}
		if a.PodAntiAffinity != nil {
			mergeIntoTerms(p, a.PodAntiAffinity.PreferredDuringSchedulingIgnoredDuringExecution, a.PodAntiAffinity.RequiredDuringSchedulingIgnoredDuringExecution)
		}
	}
	if len(p.Spec.TopologySpreadConstraints) == 0 ||
		!gates.Enabled(features.MatchLabelKeysInPodTopologySpread) ||
		!gates.Enabled(features.MatchLabelKeysInPodTopologySpreadSelectorMerge) {
		return
	}
	for i := range p.Spec.TopologySpreadConstraints {
		c := &p.Spec.TopologySpreadConstraints[i]
		addRequirements(c.LabelSelector, c.MatchLabelKeys, metav1.LabelSelectorOpIn, p.Labels)
	}
}

func mergeIntoTerms(p *core.Pod, preferred []core.WeightedPodAffinityTerm, required []core.PodAffinityTerm) {
	for i := range preferred {
		mergeIntoTerm(p, &preferred[i].PodAffinityTerm)
	}
	for i := range required {
		mergeIntoTerm(p, &required[i])
	}
}

func mergeIntoTerm(p *core.Pod, t *core.PodAffinityTerm) {
	addRequirements(t.LabelSelector, t.MatchLabelKeys, metav1.LabelSelectorOpIn, p.Labels)
	addRequirements(t.LabelSelector, t.MismatchLabelKeys, metav1.LabelSelectorOpNotIn, p.Labels)
}

// addRequirements leaves a missing selector alone: it matches nothing as it is.
func addRequirements(s *metav1.LabelSelector, keys []string, op metav1.LabelSelectorOperator, labels map[string]string) {
	if s == nil {
		return
	}
	for _, key := range keys {
		if value, found := labels[key]; found {
			s.MatchExpressions = append(s.MatchExpressions, metav1.LabelSelectorRequirement{Key: key, Operator: op, Values: []string{value}})
		}
	}
}
