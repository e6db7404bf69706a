package compose

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// reasonFor is why a key below others has no part; empty where it may have one. What
// stands above it may well be kept.
func reasonFor(at tree.Path) string {
	last, isKey := at[len(at)-1].(string)
	if !isKey {
		return ""
	}
	if strings.HasPrefix(last, "x-") && !isOpen(at[:len(at)-1]) {
		return "an extension, which means nothing to kgen"
	}
	var pattern []string
	for i, elem := range at {
		name, isKey := elem.(string)
		if !isKey || i == 1 || i == 3 && isOfService(at) && (at[2] == any("networks") || at[2] == any("depends_on")) {
			name = "*"
		}
		pattern = append(pattern, name)
	}
	if isOfService(at) && len(at) == 3 {
		return reasons[last]
	}
	if isOfService(at) {
		pattern[0] = "services"
	}
	return nestedReasons[strings.Join(pattern, ".")]
}

// isOfService reports whether a path leads into a service, or a job, which is one.
func isOfService(at tree.Path) bool { return at[0] == any("services") || at[0] == any(jobsKey) }

// isOpen reports whether the keys of a map are anybody's own.
func isOpen(at tree.Path) bool {
	switch at[len(at)-1] {
	case any("environment"), any("labels"), any("annotations"), any("extra_hosts"), any("sysctls"), any("driver_opts"):
		return true
	}
	return len(at) == 1
}

// reasons are why keys of services have no part in any project.
var reasons = map[string]string{
	"attach":              "it is about the terminal of docker compose",
	"blkio_config":        "Kubernetes does not share disks out",
	"cgroup":              "the kubelet chooses cgroups",
	"cgroup_parent":       "the kubelet chooses cgroups",
	"container_name":      "pods have names of their own",
	"cpu_count":           "of Windows: say cpus, or deploy: resources",
	"cpu_percent":         "of Windows: say cpus, or deploy: resources",
	"cpu_period":          "the kubelet chooses it by the limit",
	"cpu_quota":           "say cpus, or deploy: resources",
	"cpu_rt_period":       "Kubernetes gives no real time",
	"cpu_rt_runtime":      "Kubernetes gives no real time",
	"cpu_shares":          "they go by the request: write resources: requests: cpu",
	"cpuset":              "the kubelet chooses processors",
	"credential_spec":     "write securityContext: windowsOptions",
	"develop":             "it is for development",
	"dockerfile":          "of version 1: kgen builds nothing",
	"device_cgroup_rules": "a device needs a device plugin, and resources: limits",
	"domainname":          "pods are named by their Service",
	"hostname":            "a pod is called by its own name",
	"init":                "write shareProcessNamespace: true for a process that waits for others",
	"ipc":                 "pods share nothing with nodes",
	"isolation":           "the runtime class says it: write runtimeClassName",
	"label_file":          "write podAnnotations",
	"log_driver":          "the cluster collects what is printed",
	"log_opt":             "the cluster collects what is printed",
	"logging":             "the cluster collects what is printed",
	"mac_address":         "the cluster chooses addresses",
	"mem_swappiness":      "a container has no swap of its own",
	"memswap_limit":       "a container has no swap of its own",
	"models":              "no cluster runs them: write their addresses into env",
	"net":                 "of version 1: write network_mode",
	"oom_kill_disable":    "the kubelet ends who needs too much memory",
	"oom_score_adj":       "it goes by requests and limits",
	"pid":                 "pods share no processes with nodes",
	"pids_limit":          "the kubelet has one limit for all pods",
	"pre_start":           "write initContainers",
	"pull_refresh_after":  "the kubelet pulls when a pod starts: write image: pullPolicy: Always",
	"runtime":             "write runtimeClassName",
	"stdin_open":          "nobody types there",
	"storage_opt":         "write resources: limits: ephemeral-storage",
	"tty":                 "nobody looks on",
	"ulimits":             "the container runtime of the nodes says them",
	"umask":               "set it in the image",
	"use_api_socket":      "the nodes of a cluster have no Docker to talk to",
	"userns_mode":         "pods have no user namespace of the machine",
	"uts":                 "pods share no name with nodes",
	"volume_driver":       "a driver of Docker; storageClassName chooses one of the cluster",
}

const (
	byCluster  = "the cluster chooses addresses"
	ofDocker   = "a driver of Docker: the cluster has its own"
	byKubelet  = "the kubelet mounts it its own way"
	ownerless  = "files of Secrets and ConfigMaps belong to root and the group of the pod"
	forObjects = "it is about the object in Docker"
)

// nestedReasons are why keys below others have no part, by their paths.
var nestedReasons = map[string]string{
	"services.*.ports.*.mode": "a Service has one way to reach its pods",

	"services.*.volumes.*.consistency":      byKubelet,
	"services.*.volumes.*.bind.propagation": byKubelet,
	"services.*.volumes.*.bind.selinux":     byKubelet,
	"services.*.volumes.*.bind.recursive":   byKubelet,
	"services.*.volumes.*.volume.labels":    forObjects,
	"services.*.volumes.*.tmpfs.mode":       "everybody may write to an emptyDir",

	"services.*.secrets.*.uid": ownerless,
	"services.*.secrets.*.gid": ownerless,
	"services.*.configs.*.uid": ownerless,
	"services.*.configs.*.gid": ownerless,

	"services.*.networks.*.driver_opts":            byCluster,
	"services.*.networks.*.gw_priority":            byCluster,
	"services.*.networks.*.interface_name":         byCluster,
	"services.*.networks.*.ipv4_address":           byCluster,
	"services.*.networks.*.ipv6_address":           byCluster,
	"services.*.networks.*.link_local_ips":         byCluster,
	"services.*.networks.*.mac_address":            byCluster,
	"services.*.networks.*.priority":               byCluster,
	"services.*.networks.*.use_service_name_alias": "a service is reached by its name in any case",

	"services.*.deploy.rollback_config":                          "a rollout that is undone goes as every rollout",
	"services.*.deploy.update_config.failure_action":             "a rollout that fails stops; nothing undoes it",
	"services.*.deploy.update_config.monitor":                    "readiness says how a pod is",
	"services.*.deploy.update_config.max_failure_ratio":          "a rollout stops at the first pods that fail",
	"services.*.deploy.restart_policy.delay":                     "Kubernetes waits longer each time",
	"services.*.deploy.restart_policy.window":                    "Kubernetes decides when a container has started",
	"services.*.deploy.resources.limits.pids":                    "the kubelet has one limit for all pods",
	"services.*.deploy.resources.reservations.pids":              "the kubelet has one limit for all pods",
	"services.*.deploy.resources.limits.generic_resources":       "Kubernetes takes resources of nodes by name: write resources: limits",
	"services.*.deploy.resources.reservations.generic_resources": "Kubernetes takes resources of nodes by name: write resources: limits",
	"services.*.deploy.resources.reservations.devices.*.options": "a device plugin has its own",
	"services.*.gpus.*.options":                                  "a device plugin has its own",

	"services.*.depends_on.*.restart": "pods are not started again for each other",

	"networks.*.attachable":  forObjects,
	"networks.*.driver":      ofDocker,
	"networks.*.driver_opts": ofDocker,
	"networks.*.enable_ipv4": byCluster,
	"networks.*.enable_ipv6": byCluster,
	"networks.*.ipam":        byCluster,
	"networks.*.labels":      forObjects,
	"volumes.*.labels":       forObjects,
	"secrets.*.labels":       forObjects,
	"configs.*.labels":       forObjects,

	"secrets.*.driver": ofDocker, "secrets.*.driver_opts": ofDocker, "secrets.*.template_driver": ofDocker,
	"configs.*.driver": ofDocker, "configs.*.driver_opts": ofDocker, "configs.*.template_driver": ofDocker,
}
