package apiserver

import (
	"reflect"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
)

// kind is a kind of object whose rules are known.
type kind struct {
	apiVersion, name string
	clusterScoped    bool
	rules            judge
}

// kinds are sorted by apiVersion, then name.
var kinds = []kind{
	{"apps/v1", "ControllerRevision", false, &controllerRevision},
	{"apps/v1", "DaemonSet", false, &daemonSet},
	{"apps/v1", "Deployment", false, &deployment},
	{"apps/v1", "ReplicaSet", false, &replicaSet},
	{"apps/v1", "StatefulSet", false, &statefulSet},
	{"autoscaling/v1", "HorizontalPodAutoscaler", false, &autoscalerV1},
	{"autoscaling/v2", "HorizontalPodAutoscaler", false, &autoscalerV2},
	{"batch/v1", "CronJob", false, &cronJob},
	{"batch/v1", "Job", false, &job},
	{"coordination.k8s.io/v1", "Lease", false, &lease},
	{"discovery.k8s.io/v1", "EndpointSlice", false, &endpointSlice},
	{"networking.k8s.io/v1", "IPAddress", true, &ipAddress},
	{"networking.k8s.io/v1", "Ingress", false, &ingress},
	{"networking.k8s.io/v1", "IngressClass", true, &ingressClass},
	{"networking.k8s.io/v1", "NetworkPolicy", false, &networkPolicy},
	{"networking.k8s.io/v1", "ServiceCIDR", true, &serviceCIDR},
	{"node.k8s.io/v1", "RuntimeClass", true, &runtimeClass},
	{"policy/v1", "PodDisruptionBudget", false, &podDisruptionBudget},
	{"rbac.authorization.k8s.io/v1", "ClusterRole", true, &clusterRole},
	{"rbac.authorization.k8s.io/v1", "ClusterRoleBinding", true, &clusterRoleBinding},
	{"rbac.authorization.k8s.io/v1", "Role", false, &role},
	{"rbac.authorization.k8s.io/v1", "RoleBinding", false, &roleBinding},
	{"scheduling.k8s.io/v1", "PriorityClass", true, &priorityClass},
	{"storage.k8s.io/v1", "CSIDriver", true, &csiDriver},
	{"storage.k8s.io/v1", "CSINode", true, &csiNode},
	{"storage.k8s.io/v1", "CSIStorageCapacity", false, &csiStorageCapacity},
	{"storage.k8s.io/v1", "StorageClass", true, &storageClass},
	{"storage.k8s.io/v1", "VolumeAttachment", true, &volumeAttachment},
	{"storage.k8s.io/v1", "VolumeAttributesClass", true, &volumeAttributesClass},
	{"v1", "ConfigMap", false, &configMap},
	{"v1", "Endpoints", false, &endpoints},
	{"v1", "LimitRange", false, &limitRange},
	{"v1", "Namespace", true, &namespace},
	{"v1", "Node", true, &node},
	{"v1", "PersistentVolume", true, &persistentVolume},
	{"v1", "PersistentVolumeClaim", false, &persistentVolumeClaim},
	{"v1", "Pod", false, &pod},
	{"v1", "PodTemplate", false, &podTemplate},
	{"v1", "ReplicationController", false, &replicationController},
	{"v1", "ResourceQuota", false, &resourceQuota},
	{"v1", "Secret", false, &secret},
	{"v1", "Service", false, &service},
	{"v1", "ServiceAccount", false, &serviceAccount},
}

// Handles reports whether Create knows the rules of a kind; apiVersion is as in
// manifests, group/version or v1.
func Handles(apiVersion, name string) bool {
	_, found := slices.BinarySearchFunc(kinds, kind{apiVersion: apiVersion, name: name}, compareKinds)
	return found
}

func compareKinds(a, b kind) int {
	if a.apiVersion != b.apiVersion {
		return strings.Compare(a.apiVersion, b.apiVersion)
	}
	return strings.Compare(a.name, b.name)
}

var kindsByType = func() map[reflect.Type]*kind {
	m := make(map[reflect.Type]*kind, len(kinds))
	for i := range kinds {
		m[kinds[i].rules.versioned()] = &kinds[i]
	}
	return m
}()

// kindOf finds the kind by the Go type, as objects made in Go need not name
// theirs; nil when its rules are not known.
func kindOf(obj runtime.Object) *kind {
	t := reflect.TypeOf(obj)
	if t == nil || t.Kind() != reflect.Pointer || reflect.ValueOf(obj).IsNil() {
		return nil
	}
	return kindsByType[t.Elem()]
}
