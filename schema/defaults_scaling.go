package schema

import (
	"slices"
	"strings"

	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

func defaultReplicas(s *Service) {
	if s.Autoscaling.IsHorizontal() || s.Replicas != nil || !s.IsScalable() {
		return
	}
	s.Replicas = &Count{Value: 1}
	// Volumes may hold state that two pods would share or split; files and the
	// emptyDirs of writable hold none. Those of a StatefulSet are members of
	// something, and how many it has is no matter of course.
	if s.Kind != StatefulSet && len(s.Ports) > 0 && s.Probes.Readiness.isSet() && len(s.Volumes) == 0 {
		s.Replicas.Value = 2
	}
}

func (p *Probe) isSet() bool { return p != nil && !p.Declined }

func defaultStrategy(s *Service) {
	if s.Kind != Deployment {
		defaultDaemonStrategy(s)
		return
	}
	if s.Strategy == nil {
		s.Strategy = &Strategy{}
	}
	st := s.Strategy
	exclusive := s.hasExclusiveClaim()
	if st.Type == "" {
		st.Type = "RollingUpdate"
		if exclusive && st.MaxSurge == nil && st.MaxUnavailable == nil {
			st.Type = "Recreate"
		}
	}
	if st.Type != "RollingUpdate" || exclusive {
		return
	}
	setDefault(&st.MaxSurge, intstr.FromInt32(1))
	unavailable := int32(0)
	if isZeroPods(*st.MaxSurge) {
		unavailable = 1 // both zero would let no rollout proceed
	}
	setDefault(&st.MaxUnavailable, intstr.FromInt32(unavailable))
}

// isZeroPods reports whether v, a number or a percentage, is always no pod.
func isZeroPods(v intstr.IntOrString) bool {
	if v.Type == intstr.String {
		return strings.Trim(v.StrVal, "0") == "%"
	}
	return v.IntVal == 0
}

// hasExclusiveClaim reports whether the service mounts a claim of its own that
// only one node, or one pod, can have at a time.
func (s *Service) hasExclusiveClaim() bool {
	return slices.ContainsFunc(s.Volumes, func(v Entry[Volume]) bool { return v.Value.IsExclusive() })
}

// IsExclusive reports whether v makes a claim that the pods of several nodes
// cannot mount at once.
func (v *Volume) IsExclusive() bool {
	return v.Size != "" && !slices.Contains(v.AccessModes, "ReadWriteMany") && !slices.Contains(v.AccessModes, "ReadOnlyMany")
}

func defaultDisruptionBudget(s *Service) {
	if s.PodDisruptionBudget == nil && s.IsScalable() && s.MinReplicas() >= 2 {
		s.PodDisruptionBudget = &PodDisruptionBudget{}
	}
	b := s.PodDisruptionBudget
	if b == nil || b.Declined {
		return
	}
	if b.MinAvailable == nil {
		setDefault(&b.MaxUnavailable, intstr.FromInt32(1))
	}
	if b.UnhealthyPodEvictionPolicy == "" {
		b.UnhealthyPodEvictionPolicy = string(policyv1.AlwaysAllow)
	}
}

func defaultSpread(s *Service) {
	if s.Spread == "" && len(s.TopologySpreadConstraints) == 0 && s.canHaveSeveralPods() {
		s.Spread = "soft"
	}
	for i := range s.TopologySpreadConstraints {
		if c := &s.TopologySpreadConstraints[i]; c.LabelSelector == nil && s.Release == nil { // of a release each Deployment has its own
			c.LabelSelector = &metav1.LabelSelector{MatchLabels: s.SelectorLabels().Plain()}
		}
	}
}

// MinReplicas is the fewest pods that the service asks for: 1 where somebody
// else decides, for nothing more can be relied on.
func (s *Service) MinReplicas() int32 {
	switch {
	case s.Autoscaling.IsHorizontal() && s.Autoscaling.MinReplicas != nil:
		return *s.Autoscaling.MinReplicas
	case !s.Autoscaling.IsHorizontal() && s.Replicas != nil && !s.Replicas.Declined:
		return s.Replicas.Value
	}
	return 1
}

// canHaveSeveralPods reports whether more than one pod can run, rollouts aside.
func (s *Service) canHaveSeveralPods() bool {
	if s.Autoscaling.IsHorizontal() && s.IsScalable() {
		return s.Autoscaling.MaxReplicas > 1
	}
	return s.IsScalable() && s.Replicas != nil && (s.Replicas.Declined || s.Replicas.Value > 1)
}
