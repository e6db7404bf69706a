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

	for c := range s.PodContainers() {
		defaultContainerSecurity(c.Container, restricted)
	}
}

func defaultContainerSecurity(c *Container, restricted bool) {
	setDefault(&c.SecurityContext, corev1.SecurityContext{})
	container := c.SecurityContext
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
		if (v.Size != "" || v.Claim != "" || v.Ephemeral != nil) && s.IsMounted(s.Volumes[i].Key) {
			return true
		}
	}
	return false
}

// defaultWritable adds /tmp; an empty list that a person wrote declines it.
func defaultWritable(s *Service, c *PodContainer) {
	if sc := c.SecurityContext; sc == nil || sc.ReadOnlyRootFilesystem == nil || !*sc.ReadOnlyRootFilesystem {
		return
	}
	if c.Writable != nil && len(c.Writable) == 0 || s.mountsAt(c, "/tmp") {
		return
	}
	c.Writable = append([]string{"/tmp"}, c.Writable...)
}

// mountsAt reports whether anything is mounted at dir in c.
func (s *Service) mountsAt(c *PodContainer, dir string) bool {
	for _, writable := range c.Writable {
		if path.Clean(writable) == dir {
			return true
		}
	}
	for _, files := range s.FileDirs() {
		if files.Container == c.Name && files.Path == dir && !files.IsMountedByFile() {
			return true
		}
	}
	for m := range s.MountsOf(c) {
		if path.Clean(m.MountPath) == dir {
			return true
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
	takesTraffic := len(s.Ports) > 0 || len(s.ExposedPorts()) > 0 // a sidecar may take it for the service
	hasPreStop := s.Lifecycle != nil && s.Lifecycle.PreStop != nil
	if !takesTraffic || s.EndsByItself() || hasPreStop || grace < minDrainGrace || !s.World.hasSleepAction() {
		return
	}
	setDefault(&s.DrainSeconds, drainSeconds)
}

// hasSleepAction reports whether the target runs preStop's sleep. Without a
// world the target is the newest release.
func (w *World) hasSleepAction() bool {
	return w.isOn(sleepActionGate) && (w == nil || w.Kubernetes.AtLeast(sleepActionSince))
}
