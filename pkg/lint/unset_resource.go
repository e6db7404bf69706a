package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

// reportRequest reports a container that asks for none of a resource, and gets none by
// a limit, its pod or a LimitRange.
func reportRequest(c *Container, all *Index, r *Reporter, name corev1.ResourceName) {
	own := c.Resources.Requests[name]
	if !c.isDeclined(r) && own.IsZero() && c.lacksLimit(name) && !all.isRequestedByDefault(c.Workload, name) && c.Role != Ephemeral && !c.isPodRequested(name) {
		reportUnset(c, r.At(c.Field("resources", "requests", string(name)), "container %s has no %s request", c.Name, name))
	}
}

// reportLimit reports a container that has no limit of a resource, nor gets one by its
// pod or a LimitRange.
func reportLimit(c *Container, all *Index, r *Reporter, name corev1.ResourceName) {
	if name == corev1.ResourceMemory && c.isDeclined(r) {
		return
	}
	if c.lacksLimit(name) && !all.isLimitedByDefault(c.Workload, name) && c.Role != Ephemeral {
		reportUnset(c, r.At(c.Field("resources", "limits", string(name)), "container %s has no %s limit", c.Name, name))
	}
}

// isDeclined reports whether the container is that of a service, which has requests
// and a limit of memory unless its author declined them.
func (c *Container) isDeclined(r *Reporter) bool { return c.Workload.Object.IsMade && !r.Strict() }

// reportUnset makes an info of a finding about an init container, which runs for
// seconds.
func reportUnset(c *Container, f *Finding) {
	if c.Role == Init {
		f.As(report.Info)
	}
}

// lacksLimit reports that neither the container nor its pod has a limit.
func (c *Container) lacksLimit(name corev1.ResourceName) bool {
	own := c.Resources.Limits[name]
	if !own.IsZero() || c.Workload.isUnread(c.Field("resources", "limits", string(name))) {
		return false
	}
	if pod := c.Workload.Spec.Resources; pod != nil {
		limit := pod.Limits[name]
		return limit.IsZero()
	}
	return true
}

// isPodRequested reports whether the pod as a whole asks for a resource.
func (c *Container) isPodRequested(name corev1.ResourceName) bool {
	if pod := c.Workload.Spec.Resources; pod != nil {
		request := pod.Requests[name]
		return !request.IsZero()
	}
	return false
}
