package lint

import (
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// effective is a field of the security context that a container takes from its pod
// where it does not set it.
type effective[T any] struct {
	value *T // nil where neither sets it
	isOwn bool
	c     *Container
	field string
}

// at is the path of the value; where neither sets it, that of the container's.
func (e effective[T]) at() tree.Path {
	if e.value != nil && !e.isOwn {
		return e.c.Workload.In("securityContext", e.field)
	}
	return e.c.Field("securityContext", e.field)
}

// isUnset reports that neither the container nor the pod sets the value, not even to
// something that cannot be read.
func (e effective[T]) isUnset() bool {
	return e.value == nil && !e.c.Workload.isUnread(e.c.Workload.In("securityContext", e.field))
}

func takeEffective[T any](c *Container, field string, ofContainer func(*corev1.SecurityContext) *T, ofPod func(*corev1.PodSecurityContext) *T) effective[T] {
	e := effective[T]{c: c, field: field}
	if c.SecurityContext != nil {
		e.value = ofContainer(c.SecurityContext)
		e.isOwn = e.value != nil
	}
	if pod := c.Workload.Spec.SecurityContext; e.value == nil && pod != nil {
		e.value = ofPod(pod)
	}
	return e
}

// runAsUser is the user that the container runs as.
func (c *Container) runAsUser() effective[int64] {
	return takeEffective(c, "runAsUser",
		func(s *corev1.SecurityContext) *int64 { return s.RunAsUser }, func(s *corev1.PodSecurityContext) *int64 { return s.RunAsUser })
}

// runAsGroup is the group that the container runs as.
func (c *Container) runAsGroup() effective[int64] {
	return takeEffective(c, "runAsGroup",
		func(s *corev1.SecurityContext) *int64 { return s.RunAsGroup }, func(s *corev1.PodSecurityContext) *int64 { return s.RunAsGroup })
}

// runAsNonRoot is whether the kubelet refuses to run the container as root.
func (c *Container) runAsNonRoot() effective[bool] {
	return takeEffective(c, "runAsNonRoot",
		func(s *corev1.SecurityContext) *bool { return s.RunAsNonRoot }, func(s *corev1.PodSecurityContext) *bool { return s.RunAsNonRoot })
}

// seccompProfile is the filter of system calls.
func (c *Container) seccompProfile() effective[corev1.SeccompProfile] {
	return takeEffective(c, "seccompProfile",
		func(s *corev1.SecurityContext) *corev1.SeccompProfile { return s.SeccompProfile },
		func(s *corev1.PodSecurityContext) *corev1.SeccompProfile { return s.SeccompProfile })
}

// appArmorProfile is the profile of AppArmor, of the field.
func (c *Container) appArmorProfile() effective[corev1.AppArmorProfile] {
	return takeEffective(c, "appArmorProfile",
		func(s *corev1.SecurityContext) *corev1.AppArmorProfile { return s.AppArmorProfile },
		func(s *corev1.PodSecurityContext) *corev1.AppArmorProfile { return s.AppArmorProfile })
}

// seLinuxOptions are the labels of SELinux.
func (c *Container) seLinuxOptions() effective[corev1.SELinuxOptions] {
	return takeEffective(c, "seLinuxOptions",
		func(s *corev1.SecurityContext) *corev1.SELinuxOptions { return s.SELinuxOptions },
		func(s *corev1.PodSecurityContext) *corev1.SELinuxOptions { return s.SELinuxOptions })
}

// isPrivileged reports whether the container runs without any isolation.
func (c *Container) isPrivileged() bool {
	return c.SecurityContext != nil && c.SecurityContext.Privileged != nil && *c.SecurityContext.Privileged
}

// capabilities are those that the container adds and drops.
func (c *Container) capabilities() (add, drop []corev1.Capability) {
	if c.SecurityContext == nil || c.SecurityContext.Capabilities == nil {
		return nil, nil
	}
	return c.SecurityContext.Capabilities.Add, c.SecurityContext.Capabilities.Drop
}

// capabilityName is the name as container runtimes compare it: NET_ADMIN.
func capabilityName(c corev1.Capability) string {
	return strings.TrimPrefix(strings.ToUpper(string(c)), "CAP_")
}

// isWindows reports whether the pods are for nodes with Windows, which have no users,
// capabilities and profiles as Linux has.
func (w *Workload) isWindows() bool { return w.Spec.OS != nil && w.Spec.OS.Name == corev1.Windows }

// hasUserNamespace reports whether root in the pods is nobody on the node.
func (w *Workload) hasUserNamespace() bool { return w.Spec.HostUsers != nil && !*w.Spec.HostUsers }
