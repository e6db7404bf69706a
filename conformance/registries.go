package conformance

import (
	"fmt"
	"net"
	"slices"

	utilnet "k8s.io/apimachinery/pkg/util/net"
	"k8s.io/apiserver/pkg/registry/generic"
	"k8s.io/apiserver/pkg/registry/rest"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/coordination/install"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/node/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
	_ "k8s.io/kubernetes/pkg/apis/scheduling/install"
	_ "k8s.io/kubernetes/pkg/apis/storage/install"
	"k8s.io/kubernetes/pkg/kubelet/client"
	revisions "k8s.io/kubernetes/pkg/registry/apps/controllerrevision/storage"
	daemonsets "k8s.io/kubernetes/pkg/registry/apps/daemonset/storage"
	deployments "k8s.io/kubernetes/pkg/registry/apps/deployment/storage"
	replicasets "k8s.io/kubernetes/pkg/registry/apps/replicaset/storage"
	statefulsets "k8s.io/kubernetes/pkg/registry/apps/statefulset/storage"
	autoscalers "k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler/storage"
	cronjobs "k8s.io/kubernetes/pkg/registry/batch/cronjob/storage"
	jobs "k8s.io/kubernetes/pkg/registry/batch/job/storage"
	leases "k8s.io/kubernetes/pkg/registry/coordination/lease/storage"
	configmaps "k8s.io/kubernetes/pkg/registry/core/configmap/storage"
	endpoints "k8s.io/kubernetes/pkg/registry/core/endpoint/storage"
	limitranges "k8s.io/kubernetes/pkg/registry/core/limitrange/storage"
	namespaces "k8s.io/kubernetes/pkg/registry/core/namespace/storage"
	nodes "k8s.io/kubernetes/pkg/registry/core/node/storage"
	volumes "k8s.io/kubernetes/pkg/registry/core/persistentvolume/storage"
	claims "k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim/storage"
	pods "k8s.io/kubernetes/pkg/registry/core/pod/storage"
	podtemplates "k8s.io/kubernetes/pkg/registry/core/podtemplate/storage"
	controllers "k8s.io/kubernetes/pkg/registry/core/replicationcontroller/storage"
	quotas "k8s.io/kubernetes/pkg/registry/core/resourcequota/storage"
	secrets "k8s.io/kubernetes/pkg/registry/core/secret/storage"
	"k8s.io/kubernetes/pkg/registry/core/service/ipallocator"
	"k8s.io/kubernetes/pkg/registry/core/service/portallocator"
	services "k8s.io/kubernetes/pkg/registry/core/service/storage"
	serviceaccounts "k8s.io/kubernetes/pkg/registry/core/serviceaccount/storage"
	endpointslices "k8s.io/kubernetes/pkg/registry/discovery/endpointslice/storage"
	ingresses "k8s.io/kubernetes/pkg/registry/networking/ingress/storage"
	ingressclasses "k8s.io/kubernetes/pkg/registry/networking/ingressclass/storage"
	addresses "k8s.io/kubernetes/pkg/registry/networking/ipaddress/storage"
	networkpolicies "k8s.io/kubernetes/pkg/registry/networking/networkpolicy/storage"
	ranges "k8s.io/kubernetes/pkg/registry/networking/servicecidr/storage"
	runtimeclasses "k8s.io/kubernetes/pkg/registry/node/runtimeclass/storage"
	budgets "k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget/storage"
	clusterroles "k8s.io/kubernetes/pkg/registry/rbac/clusterrole/storage"
	clusterrolebindings "k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding/storage"
	roles "k8s.io/kubernetes/pkg/registry/rbac/role/storage"
	rolebindings "k8s.io/kubernetes/pkg/registry/rbac/rolebinding/storage"
	priorityclasses "k8s.io/kubernetes/pkg/registry/scheduling/priorityclass/storage"
	drivers "k8s.io/kubernetes/pkg/registry/storage/csidriver/storage"
	csinodes "k8s.io/kubernetes/pkg/registry/storage/csinode/storage"
	capacities "k8s.io/kubernetes/pkg/registry/storage/csistoragecapacity/storage"
	storageclasses "k8s.io/kubernetes/pkg/registry/storage/storageclass/storage"
	attachments "k8s.io/kubernetes/pkg/registry/storage/volumeattachment/storage"
	attributesclasses "k8s.io/kubernetes/pkg/registry/storage/volumeattributesclass/storage"
)

// The ranges of the assumed cluster: the server's default for node ports, both IP
// families for services.
const (
	serviceRange   = "10.96.0.0/12"
	serviceRangeV6 = "fd00:10:96::/108"
	nodePortRange  = "30000-32767"
)

// registry is what serves one resource.
type registry struct {
	apiVersion, kind, resource string
	store                      rest.Creater
}

// registries are those of all kinds that kgen judges by the server's rules. Those
// of RBAC are below the check against escalation: who creates is not known.
func registries() ([]registry, error) {
	var made maker
	all := slices.Concat(made.workloads(), made.cluster(), made.core())
	return all, made.err
}

// workloads are what runs pods, and what leads traffic to them.
func (m *maker) workloads() []registry {
	autoscalerStore := two(m, autoscalers.NewREST)
	return []registry{
		{"apps/v1", "ControllerRevision", "controllerrevisions", one(m, revisions.NewREST)},
		{"apps/v1", "DaemonSet", "daemonsets", two(m, daemonsets.NewREST)},
		{"apps/v1", "Deployment", "deployments", one(m, deployments.NewStorage).Deployment},
		{"apps/v1", "ReplicaSet", "replicasets", one(m, replicasets.NewStorage).ReplicaSet},
		{"apps/v1", "StatefulSet", "statefulsets", one(m, statefulsets.NewStorage).StatefulSet},
		{"autoscaling/v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers", autoscalerStore},
		{"autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", autoscalerStore},
		{"batch/v1", "CronJob", "cronjobs", two(m, cronjobs.NewREST)},
		{"batch/v1", "Job", "jobs", two(m, jobs.NewREST)},
		{"coordination.k8s.io/v1", "Lease", "leases", one(m, leases.NewREST)},
		{"discovery.k8s.io/v1", "EndpointSlice", "endpointslices", one(m, endpointslices.NewREST)},
		{"networking.k8s.io/v1", "IPAddress", "ipaddresses", one(m, addresses.NewREST)},
		{"networking.k8s.io/v1", "Ingress", "ingresses", two(m, ingresses.NewREST)},
		{"networking.k8s.io/v1", "IngressClass", "ingressclasses", one(m, ingressclasses.NewREST)},
		{"networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", one(m, networkpolicies.NewREST)},
		{"networking.k8s.io/v1", "ServiceCIDR", "servicecidrs", two(m, ranges.NewREST)},
	}
}

// cluster are the groups about access, storage and scheduling.
func (m *maker) cluster() []registry {
	return []registry{
		{"node.k8s.io/v1", "RuntimeClass", "runtimeclasses", one(m, runtimeclasses.NewREST)},
		{"policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", two(m, budgets.NewREST)},
		{"rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", one(m, clusterroles.NewREST)},
		{"rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", one(m, clusterrolebindings.NewREST)},
		{"rbac.authorization.k8s.io/v1", "Role", "roles", one(m, roles.NewREST)},
		{"rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", one(m, rolebindings.NewREST)},
		{"scheduling.k8s.io/v1", "PriorityClass", "priorityclasses", one(m, priorityclasses.NewREST)},
		{"storage.k8s.io/v1", "CSIDriver", "csidrivers", one(m, drivers.NewStorage).CSIDriver},
		{"storage.k8s.io/v1", "CSINode", "csinodes", one(m, csinodes.NewStorage).CSINode},
		{"storage.k8s.io/v1", "CSIStorageCapacity", "csistoragecapacities", one(m, capacities.NewStorage).CSIStorageCapacity},
		{"storage.k8s.io/v1", "StorageClass", "storageclasses", one(m, storageclasses.NewREST)},
		{"storage.k8s.io/v1", "VolumeAttachment", "volumeattachments", one(m, attachments.NewStorage).VolumeAttachment},
		{"storage.k8s.io/v1", "VolumeAttributesClass", "volumeattributesclasses", one(m, attributesclasses.NewREST)},
	}
}

// core is the group without a name.
func (m *maker) core() []registry {
	podStore := one(m, func(o generic.RESTOptionsGetter) (pods.PodStorage, error) {
		return pods.NewStorage(o, nil, nil, nil, nil)
	}).Pod
	nodeStore := one(m, func(o generic.RESTOptionsGetter) (*nodes.NodeStorage, error) {
		return nodes.NewStorage(o, client.KubeletClientConfig{}, nil)
	}).Node
	endpointStore := one(m, endpoints.NewREST)
	serviceStore := one(m, func(o generic.RESTOptionsGetter) (*services.REST, error) {
		addresses, ports, err := allocators()
		if err != nil {
			return nil, err
		}
		store, _, _, err := services.NewREST(o, core.IPv4Protocol, addresses, ports, endpointStore, podStore, nil)
		return store, err
	})
	return []registry{
		{"v1", "ConfigMap", "configmaps", one(m, configmaps.NewREST)},
		{"v1", "Endpoints", "endpoints", endpointStore},
		{"v1", "LimitRange", "limitranges", one(m, limitranges.NewREST)},
		{"v1", "Namespace", "namespaces", namespaceStore(m)},
		{"v1", "Node", "nodes", nodeStore},
		{"v1", "PersistentVolume", "persistentvolumes", two(m, volumes.NewREST)},
		{"v1", "PersistentVolumeClaim", "persistentvolumeclaims", two(m, claims.NewREST)},
		{"v1", "Pod", "pods", podStore},
		{"v1", "PodTemplate", "podtemplates", one(m, podtemplates.NewREST)},
		{"v1", "ReplicationController", "replicationcontrollers", one(m, controllers.NewStorage).Controller},
		{"v1", "ResourceQuota", "resourcequotas", two(m, quotas.NewREST)},
		{"v1", "Secret", "secrets", one(m, secrets.NewREST)},
		{"v1", "Service", "services", serviceStore},
		{"v1", "ServiceAccount", "serviceaccounts", one(m, func(o generic.RESTOptionsGetter) (*serviceaccounts.REST, error) {
			return serviceaccounts.NewREST(o, nil, nil, 0, nil, nil, nil, false, 0)
		})},
	}
}

// maker makes registries, and keeps the first error.
type maker struct{ err error }

// one makes a registry of one store.
func one[S any](m *maker, build func(generic.RESTOptionsGetter) (S, error)) S {
	store, err := build(restOptions())
	if err != nil && m.err == nil {
		m.err = fmt.Errorf("make %T: %w", store, err)
	}
	return store
}

// two makes a registry that has one for the status, too.
func two[S, T any](m *maker, build func(generic.RESTOptionsGetter) (S, T, error)) S {
	return one(m, func(o generic.RESTOptionsGetter) (S, error) {
		store, _, err := build(o)
		return store, err
	})
}

func namespaceStore(m *maker) *namespaces.REST {
	return one(m, func(o generic.RESTOptionsGetter) (*namespaces.REST, error) {
		store, _, _, err := namespaces.NewREST(o)
		return store, err
	})
}

// allocators are those of the assumed cluster, in memory.
func allocators() (map[core.IPFamily]ipallocator.Interface, portallocator.Interface, error) {
	addresses := map[core.IPFamily]ipallocator.Interface{}
	for family, text := range map[core.IPFamily]string{core.IPv4Protocol: serviceRange, core.IPv6Protocol: serviceRangeV6} {
		_, network, err := net.ParseCIDR(text)
		if err != nil {
			return nil, nil, err
		}
		if addresses[family], err = ipallocator.NewInMemory(network); err != nil {
			return nil, nil, err
		}
	}
	ports, err := portallocator.NewInMemory(*utilnet.ParsePortRangeOrDie(nodePortRange))
	return addresses, ports, err
}
