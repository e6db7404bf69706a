package manifest

import (
	"reflect"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	nodev1 "k8s.io/api/node/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Kind is a kind of object that has a Go type.
type Kind struct {
	APIVersion, Kind string
	// ClusterScoped objects stand in no namespace.
	ClusterScoped bool
	typ           reflect.Type
}

// kinds are sorted by apiVersion, then kind.
var kinds = []Kind{
	{"apps/v1", "ControllerRevision", false, reflect.TypeFor[appsv1.ControllerRevision]()},
	{"apps/v1", "DaemonSet", false, reflect.TypeFor[appsv1.DaemonSet]()},
	{"apps/v1", "Deployment", false, reflect.TypeFor[appsv1.Deployment]()},
	{"apps/v1", "ReplicaSet", false, reflect.TypeFor[appsv1.ReplicaSet]()},
	{"apps/v1", "StatefulSet", false, reflect.TypeFor[appsv1.StatefulSet]()},
	{"autoscaling/v1", "HorizontalPodAutoscaler", false, reflect.TypeFor[autoscalingv1.HorizontalPodAutoscaler]()},
	{"autoscaling/v2", "HorizontalPodAutoscaler", false, reflect.TypeFor[autoscalingv2.HorizontalPodAutoscaler]()},
	{"batch/v1", "CronJob", false, reflect.TypeFor[batchv1.CronJob]()},
	{"batch/v1", "Job", false, reflect.TypeFor[batchv1.Job]()},
	{"coordination.k8s.io/v1", "Lease", false, reflect.TypeFor[coordinationv1.Lease]()},
	{"discovery.k8s.io/v1", "EndpointSlice", false, reflect.TypeFor[discoveryv1.EndpointSlice]()},
	{"networking.k8s.io/v1", "IPAddress", true, reflect.TypeFor[networkingv1.IPAddress]()},
	{"networking.k8s.io/v1", "Ingress", false, reflect.TypeFor[networkingv1.Ingress]()},
	{"networking.k8s.io/v1", "IngressClass", true, reflect.TypeFor[networkingv1.IngressClass]()},
	{"networking.k8s.io/v1", "NetworkPolicy", false, reflect.TypeFor[networkingv1.NetworkPolicy]()},
	{"networking.k8s.io/v1", "ServiceCIDR", true, reflect.TypeFor[networkingv1.ServiceCIDR]()},
	{"node.k8s.io/v1", "RuntimeClass", true, reflect.TypeFor[nodev1.RuntimeClass]()},
	{"policy/v1", "PodDisruptionBudget", false, reflect.TypeFor[policyv1.PodDisruptionBudget]()},
	{"rbac.authorization.k8s.io/v1", "ClusterRole", true, reflect.TypeFor[rbacv1.ClusterRole]()},
	{"rbac.authorization.k8s.io/v1", "ClusterRoleBinding", true, reflect.TypeFor[rbacv1.ClusterRoleBinding]()},
	{"rbac.authorization.k8s.io/v1", "Role", false, reflect.TypeFor[rbacv1.Role]()},
	{"rbac.authorization.k8s.io/v1", "RoleBinding", false, reflect.TypeFor[rbacv1.RoleBinding]()},
	{"scheduling.k8s.io/v1", "PriorityClass", true, reflect.TypeFor[schedulingv1.PriorityClass]()},
	{"storage.k8s.io/v1", "CSIDriver", true, reflect.TypeFor[storagev1.CSIDriver]()},
	{"storage.k8s.io/v1", "CSINode", true, reflect.TypeFor[storagev1.CSINode]()},
	{"storage.k8s.io/v1", "CSIStorageCapacity", false, reflect.TypeFor[storagev1.CSIStorageCapacity]()},
	{"storage.k8s.io/v1", "StorageClass", true, reflect.TypeFor[storagev1.StorageClass]()},
	{"storage.k8s.io/v1", "VolumeAttachment", true, reflect.TypeFor[storagev1.VolumeAttachment]()},
	{"storage.k8s.io/v1", "VolumeAttributesClass", true, reflect.TypeFor[storagev1.VolumeAttributesClass]()},
	{"v1", "ConfigMap", false, reflect.TypeFor[corev1.ConfigMap]()},
	//lint:ignore SA1019 the server still has it
	{"v1", "Endpoints", false, reflect.TypeFor[corev1.Endpoints]()},
	{"v1", "LimitRange", false, reflect.TypeFor[corev1.LimitRange]()},
	{"v1", "Namespace", true, reflect.TypeFor[corev1.Namespace]()},
	{"v1", "Node", true, reflect.TypeFor[corev1.Node]()},
	{"v1", "PersistentVolume", true, reflect.TypeFor[corev1.PersistentVolume]()},
	{"v1", "PersistentVolumeClaim", false, reflect.TypeFor[corev1.PersistentVolumeClaim]()},
	{"v1", "Pod", false, reflect.TypeFor[corev1.Pod]()},
	{"v1", "PodTemplate", false, reflect.TypeFor[corev1.PodTemplate]()},
	{"v1", "ReplicationController", false, reflect.TypeFor[corev1.ReplicationController]()},
	{"v1", "ResourceQuota", false, reflect.TypeFor[corev1.ResourceQuota]()},
	{"v1", "Secret", false, reflect.TypeFor[corev1.Secret]()},
	{"v1", "Service", false, reflect.TypeFor[corev1.Service]()},
	{"v1", "ServiceAccount", false, reflect.TypeFor[corev1.ServiceAccount]()},
}

// KindOf returns what is known of a kind, or nil when it has no Go type here.
func KindOf(apiVersion, kind string) *Kind {
	i, found := slices.BinarySearchFunc(kinds, Kind{APIVersion: apiVersion, Kind: kind}, func(a, b Kind) int {
		if a.APIVersion != b.APIVersion {
			return strings.Compare(a.APIVersion, b.APIVersion)
		}
		return strings.Compare(a.Kind, b.Kind)
	})
	if !found {
		return nil
	}
	return &kinds[i]
}

// New makes an empty object of the kind.
func (k *Kind) New() Typed {
	typed, _ := reflect.New(k.typ).Interface().(Typed)
	return typed
}

// namesOf are the kinds of an apiVersion.
func namesOf(apiVersion string) (names []string) {
	for i := range kinds {
		if kinds[i].APIVersion == apiVersion {
			names = append(names, kinds[i].Kind)
		}
	}
	return names
}

// Kinds are all kinds that have a Go type, sorted by apiVersion, then kind.
func Kinds() []Kind { return slices.Clone(kinds) }

// GroupVersionKind is the kind as apimachinery has it.
func (k *Kind) GroupVersionKind() schema.GroupVersionKind {
	return schema.FromAPIVersionAndKind(k.APIVersion, k.Kind)
}
