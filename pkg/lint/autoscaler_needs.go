package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// need is a request that an autoscaler goes by.
type need struct {
	resource  corev1.ResourceName
	container string // empty for all containers of the pod
	at        tree.Path
}

// needs are the requests that an autoscaler goes by, that of cpu where it does not say.
func needs(a *Autoscaler) (needs []need) {
	if len(a.Metrics) == 0 && a.Kind == "HorizontalPodAutoscaler" && a.Annotations()["autoscaling.alpha.kubernetes.io/metrics"] == "" &&
		!a.isUnread(a.MetricAt(0)) {
		return []need{{corev1.ResourceCPU, "", a.MetricAt(0)}}
	}
	for i := range a.Metrics {
		m := &a.Metrics[i]
		name, target := utilization(m)
		if target == nil {
			continue
		}
		n := need{resource: corev1.ResourceName(name), at: a.MetricAt(i)}
		if m.Resource == nil {
			n.container = m.ContainerResource.Container
		}
		needs = append(needs, n)
	}
	return needs
}
