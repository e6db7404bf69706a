package schema

import (
	"path"

	corev1 "k8s.io/api/core/v1"
)

func defaultSecurity(s *Service) {
	s.SecurityPreset = or(s.SecurityPreset, "restricted")
	if s.SecurityPreset == "none" {
		return
	}
	restricted := s.SecurityPreset == "restricted"
	setDefault(&s.PodSecurityContext, corev1.PodSecurityContext{})
	pod := s.PodSecurityContext
	setDefault(&pod.SeccompProfile, corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault})
	if restricted {
		setDefault(&pod.RunAsNonRoot, true)
	}
	defaultVolumeOwner(s)

	setDefault(&s.SecurityContext, corev1.SecurityContext{})
	container := s.SecurityContext
	if !needsEscalation(container) {
		setDefault(&container.AllowPrivilegeEscalation, false)
	}
	if !restricted {
		return
	}
	setDefault(&container.ReadOnlyRootFilesystem, true)
	setDefault(&container.Capabilities, corev1.Capabilities{})
	if container.Capabilities.Drop == nil {
		container.Capabilities.Drop = []corev1.Capability{"ALL"}
	}
}

// needsEscalation reports whether c asks for what the API server refuses beside
// allowPrivilegeEscalation: false.
func needsEscalation(c *corev1.SecurityContext) bool {
	if c.Privileged != nil && *c.Privileged {
		return true
	}
	if c.Capabilities != nil {
		for _, added := range c.Capabilities.Add {
			if added == "CAP_SYS_ADMIN" {
				return true
			}
		}
	}
	return false
}

// defaultVolumeOwner makes mounted claims writable for the user of the process.
func defaultVolumeOwner(s *Service) {
	if !s.mountsClaim() {
		return
	}
	pod := s.PodSecurityContext
	if user := s.runAsUser(); user != nil && *user != 0 {
		setDefault(&pod.FSGroup, *user)
	}
	if pod.FSGroup != nil {
		setDefault(&pod.FSGroupChangePolicy, corev1.FSGroupChangeOnRootMismatch)
	}
}

// runAsUser is the user that the container's process runs as, nil where the
// image decides.
func (s *Service) runAsUser() *int64 {
	if s.SecurityContext != nil && s.SecurityContext.RunAsUser != nil {
		return s.SecurityContext.RunAsUser
	}
	if s.PodSecurityContext != nil {
		return s.PodSecurityContext.RunAsUser
	}
	return nil
}

func (s *Service) mountsClaim() bool {
	for i := range s.Volumes {
		v := &s.Volumes[i].Value
		if len(v.Mounts) > 0 && (v.Size != "" || v.Claim != "" || v.Ephemeral != nil) {
			return true
		}
	}
	return false
}

// defaultWritable adds /tmp; an empty list that a person wrote declines it.
func defaultWritable(s *Service) {
	if c := s.SecurityContext; c == nil || c.ReadOnlyRootFilesystem == nil || !*c.ReadOnlyRootFilesystem {
		return
	}
	if s.Writable != nil && len(s.Writable) == 0 || s.mountsAt("/tmp") {
		return
	}
	s.Writable = append([]string{"/tmp"}, s.Writable...)
}

// mountsAt reports whether anything is mounted at dir in the service's container.
func (s *Service) mountsAt(dir string) bool {
	for _, writable := range s.Writable {
		if path.Clean(writable) == dir {
			return true
		}
	}
	for i := range s.Files {
		if path.Dir(path.Clean(s.Files[i].Key)) == dir {
			return true
		}
	}
	for i := range s.Volumes {
		for _, m := range s.Volumes[i].Value.Mounts {
			if path.Clean(m.Key) == dir && or(m.Value.Container, s.ContainerNameOrDefault()) == s.ContainerNameOrDefault() {
				return true
			}
		}
	}
	return false
}

// The sleep action of preStop is there from sleepActionSince on; a grace period
// under minDrainGrace is better spent on stopping than on waiting.
const (
	sleepActionSince = 30
	sleepActionGate  = "PodLifecycleSleepAction"
	drainSeconds     = 5
	minDrainGrace    = 15
	defaultGrace     = 30 // the API server's
)

func defaultDrain(s *Service) {
	grace := int64(defaultGrace)
	if s.TerminationGracePeriodSeconds != nil {
		grace = *s.TerminationGracePeriodSeconds
	}
	hasPreStop := s.Lifecycle != nil && s.Lifecycle.PreStop != nil
	if len(s.Ports) == 0 || hasPreStop || grace < minDrainGrace || !s.World.hasSleepAction() {
		return
	}
	setDefault(&s.DrainSeconds, drainSeconds)
}

// hasSleepAction reports whether the target runs preStop's sleep. Without a
// world the target is the newest release.
func (w *World) hasSleepAction() bool {
	if w == nil {
		return true
	}
	enabled := true
	for _, gate := range w.FeatureGates {
		if gate.Key == sleepActionGate {
			enabled = gate.Value // the last is the uppermost layer's
		}
	}
	return enabled && w.Kubernetes.AtLeast(sleepActionSince)
}
