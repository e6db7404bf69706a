package check

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// feature is something that not every supported release has.
type feature struct {
	what  string // as a message calls it
	since int    // the minor release whose API has the field first; 0: all supported
	gate  string // the gate that it needs besides, or ""
	// used is where a service uses it.
	used func(*schema.Service) []tree.Path
}

// features are the fields and values that came, or whose gate was turned on by
// default, after the oldest supported release: the struct fields of k8s.io/api
// v0.29 to v0.36 and the gates of pkg/validate/versions.
var features = []feature{
	{"the sleep action", 29, "PodLifecycleSleepAction", sleepAction},
	{"draining by the sleep action", 29, "PodLifecycleSleepAction", drainSeconds},
	{"a sleep of 0 s", 29, "PodLifecycleSleepActionAllowZero", sleepZero},
	{"a native sidecar", 29, "SidecarContainers", nativeSidecars},
	{"successPolicy", 30, "JobSuccessPolicy", jobSuccess},
	{"stopSignal", 33, "ContainerStopSignals", stopSignal},
	{"appArmorProfile", 30, "", appArmorProfile},
	{"procMount", 0, "ProcMountType", procMount},
	{"supplementalGroupsPolicy", 31, "SupplementalGroupsPolicy", supplementalGroupsPolicy},
	{"seLinuxChangePolicy", 32, "SELinuxChangePolicy", seLinuxChangePolicy},
	{"tolerance", 33, "HPAConfigurableTolerance", scalingTolerance},
	{"scaling to zero", 0, "HPAScaleToZero", scaleToZero},
	{"an affinity by label keys", 29, "MatchLabelKeysInPodAffinity", affinityLabelKeys},
	{"a toleration that compares numbers", 0, "TaintTolerationComparisonOperators", comparingTolerations},
	{"clusterTrustBundle", 29, "ClusterTrustBundleProjection", clusterTrustBundles},
	{"podCertificate", 34, "PodCertificateRequest", podCertificates},
	{"userAnnotations", 35, "PodCertificateRequest", certificateAnnotations},
	{"maxUnavailable of a StatefulSet", 0, "MaxUnavailableStatefulSet", statefulUnavailable},
	{"volumeAttributesClassName", 29, "VolumeAttributesClass", volumeAttributesClasses},
	{"a data source in another namespace", 0, "CrossNamespaceVolumeDataSource", foreignDataSources},
}

// once is the one path where a feature is used, if it is.
func once(isUsed bool, at ...any) []tree.Path {
	if !isUsed {
		return nil
	}
	return []tree.Path{at}
}

// hooks calls use for every hook of the life of a container, with its path.
func hooks(s *schema.Service, use func(at tree.Path, h *corev1.LifecycleHandler)) {
	for c := range s.PodContainers() {
		if c.Lifecycle == nil {
			continue
		}
		if c.Lifecycle.PostStart != nil {
			use(c.Path.With("lifecycle", "postStart"), c.Lifecycle.PostStart)
		}
		if c.Lifecycle.PreStop != nil {
			use(c.Path.With("lifecycle", "preStop"), c.Lifecycle.PreStop)
		}
	}
}

// contexts are the places in the security contexts of containers that are as asked.
func contexts(s *schema.Service, isUsed func(*corev1.SecurityContext) bool, field string) (used []tree.Path) {
	for c := range s.PodContainers() {
		if c.SecurityContext != nil && isUsed(c.SecurityContext) {
			used = append(used, c.Path.With("securityContext", field))
		}
	}
	return used
}

func sleepAction(s *schema.Service) (used []tree.Path) {
	hooks(s, func(at tree.Path, h *corev1.LifecycleHandler) {
		if h.Sleep != nil {
			used = append(used, at.With("sleep"))
		}
	})
	return used
}

func sleepZero(s *schema.Service) (used []tree.Path) {
	hooks(s, func(at tree.Path, h *corev1.LifecycleHandler) {
		if h.Sleep != nil && h.Sleep.Seconds == 0 {
			used = append(used, at.With("sleep", "seconds"))
		}
	})
	return used
}

// drainSeconds gives way to a hook that a person wrote.
func drainSeconds(s *schema.Service) []tree.Path {
	hasHook := s.Lifecycle != nil && s.Lifecycle.PreStop != nil
	return once(s.DrainSeconds != nil && *s.DrainSeconds > 0 && !hasHook, "drainSeconds")
}

func stopSignal(s *schema.Service) (used []tree.Path) {
	for c := range s.PodContainers() {
		if c.Lifecycle != nil && c.Lifecycle.StopSignal != nil {
			used = append(used, c.Path.With("lifecycle", "stopSignal"))
		}
	}
	return used
}

// nativeSidecars are those that people ask for: where the gate is off, the others
// are ordinary ones.
func nativeSidecars(s *schema.Service) (used []tree.Path) {
	for i := range s.Sidecars {
		if native := s.Sidecars[i].Value.Native; native != nil && *native {
			used = append(used, tree.P("sidecars", s.Sidecars[i].Key, "native"))
		}
	}
	return used
}

func jobSuccess(s *schema.Service) []tree.Path {
	return once(s.Job != nil && s.Job.SuccessPolicy != nil, "job", "successPolicy")
}

func appArmorProfile(s *schema.Service) []tree.Path {
	used := contexts(s, func(c *corev1.SecurityContext) bool { return c.AppArmorProfile != nil }, "appArmorProfile")
	if p := s.PodSecurityContext; p != nil && p.AppArmorProfile != nil {
		used = append(used, tree.P("podSecurityContext", "appArmorProfile"))
	}
	return used
}

func procMount(s *schema.Service) []tree.Path {
	return contexts(s, func(c *corev1.SecurityContext) bool {
		return c.ProcMount != nil && *c.ProcMount != corev1.DefaultProcMount
	}, "procMount")
}

func supplementalGroupsPolicy(s *schema.Service) []tree.Path {
	p := s.PodSecurityContext
	return once(p != nil && p.SupplementalGroupsPolicy != nil, "podSecurityContext", "supplementalGroupsPolicy")
}

func seLinuxChangePolicy(s *schema.Service) []tree.Path {
	p := s.PodSecurityContext
	return once(p != nil && p.SELinuxChangePolicy != nil, "podSecurityContext", "seLinuxChangePolicy")
}

func scalingTolerance(s *schema.Service) (used []tree.Path) {
	if s.Autoscaling == nil || s.Autoscaling.Behavior == nil {
		return nil
	}
	b := s.Autoscaling.Behavior
	if b.ScaleUp != nil && b.ScaleUp.Tolerance != nil {
		used = append(used, tree.P("autoscaling", "behavior", "scaleUp", "tolerance"))
	}
	if b.ScaleDown != nil && b.ScaleDown.Tolerance != nil {
		used = append(used, tree.P("autoscaling", "behavior", "scaleDown", "tolerance"))
	}
	return used
}

func statefulUnavailable(s *schema.Service) []tree.Path {
	st := s.Strategy
	return once(s.Kind == schema.StatefulSet && st != nil && st.MaxUnavailable != nil, "strategy", "maxUnavailable")
}

func scaleToZero(s *schema.Service) []tree.Path {
	a := s.Autoscaling
	return once(a != nil && a.Keda == nil && a.MinReplicas != nil && *a.MinReplicas == 0, "autoscaling", "minReplicas")
}

func comparingTolerations(s *schema.Service) (used []tree.Path) {
	for i := range s.Tolerations {
		if op := s.Tolerations[i].Operator; op == corev1.TolerationOpLt || op == corev1.TolerationOpGt {
			used = append(used, tree.P("tolerations", i, "operator"))
		}
	}
	return used
}

func affinityLabelKeys(s *schema.Service) (used []tree.Path) {
	if s.Affinity == nil {
		return nil
	}
	term := func(t *corev1.PodAffinityTerm, at tree.Path) {
		if len(t.MatchLabelKeys) > 0 {
			used = append(used, at.With("matchLabelKeys"))
		}
		if len(t.MismatchLabelKeys) > 0 {
			used = append(used, at.With("mismatchLabelKeys"))
		}
	}
	terms := func(required []corev1.PodAffinityTerm, preferred []corev1.WeightedPodAffinityTerm, kind string) {
		for i := range required {
			term(&required[i], tree.P("affinity", kind, "requiredDuringSchedulingIgnoredDuringExecution", i))
		}
		for i := range preferred {
			term(&preferred[i].PodAffinityTerm, tree.P("affinity", kind, "preferredDuringSchedulingIgnoredDuringExecution", i, "podAffinityTerm"))
		}
	}
	if a := s.Affinity.PodAffinity; a != nil {
		terms(a.RequiredDuringSchedulingIgnoredDuringExecution, a.PreferredDuringSchedulingIgnoredDuringExecution, "podAffinity")
	}
	if a := s.Affinity.PodAntiAffinity; a != nil {
		terms(a.RequiredDuringSchedulingIgnoredDuringExecution, a.PreferredDuringSchedulingIgnoredDuringExecution, "podAntiAffinity")
	}
	return used
}
