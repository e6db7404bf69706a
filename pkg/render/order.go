package render

import (
	"cmp"

	"github.com/kgen-dev/kgen/pkg/manifest"
)

// ranks is the order of kinds within a service: what others need comes first, so
// that a stream can be applied from top to bottom. Kinds not listed come before
// the workloads.
var ranks = map[string]int{
	"v1 Namespace":      0,
	"v1 ServiceAccount": 1,
	"rbac.authorization.k8s.io/v1 ClusterRole":        2,
	"rbac.authorization.k8s.io/v1 ClusterRoleBinding": 2,
	"rbac.authorization.k8s.io/v1 Role":               2,
	"rbac.authorization.k8s.io/v1 RoleBinding":        2,
	"v1 ConfigMap":                                3,
	"v1 Secret":                                   4,
	"v1 PersistentVolumeClaim":                    5,
	"v1 Service":                                  6,
	"apps/v1 DaemonSet":                           8,
	"apps/v1 Deployment":                          8,
	"apps/v1 ReplicaSet":                          8,
	"apps/v1 StatefulSet":                         8,
	"batch/v1 CronJob":                            8,
	"batch/v1 Job":                                8,
	"v1 Pod":                                      8,
	"autoscaling/v1 HorizontalPodAutoscaler":      9,
	"autoscaling/v2 HorizontalPodAutoscaler":      9,
	"keda.sh/v1alpha1 ScaledObject":               9,
	"autoscaling.k8s.io/v1 VerticalPodAutoscaler": 9,
	"policy/v1 PodDisruptionBudget":               10,
	"networking.k8s.io/v1 NetworkPolicy":          11,
	"networking.k8s.io/v1 Ingress":                12,
	"gateway.networking.k8s.io/v1 HTTPRoute":      13,
	"gateway.networking.k8s.io/v1 GRPCRoute":      14,
}

const otherRank = 7

func rank(o *manifest.Object) int {
	if r, ok := ranks[o.APIVersion+" "+o.Kind]; ok {
		return r
	}
	return otherRank
}

// inOrder compares two objects of one service.
func inOrder(a, b *manifest.Object) int {
	return cmp.Or(
		cmp.Compare(rank(a), rank(b)),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Namespace, b.Namespace),
		cmp.Compare(a.APIVersion, b.APIVersion),
	)
}
