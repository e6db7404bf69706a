package compose

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
)

// lowPorts says which is the first port that anybody may listen on; Docker sets it to 0.
const (
	lowPorts  = "net.ipv4.ip_unprivileged_port_start"
	firstFree = 1024
)

// safeSysctls are those that a pod may set anywhere.
// https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
var safeSysctls = []string{
	"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", lowPorts,
	"net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
	"net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
}

func (s *service) convertSysctls(pod *corev1.PodSecurityContext) {
	for _, name := range sortedKeys(s.from.Sysctls) {
		if !slices.Contains(safeSysctls, name) {
			s.to.SecurityPreset = noPreset
			s.changed("podSecurityContext.sysctls", "Kubernetes calls it unsafe: the kubelets have to allow it", "sysctls", name)
		} else {
			s.kept("podSecurityContext.sysctls", "sysctls", name)
		}
		pod.Sysctls = append(pod.Sysctls, corev1.Sysctl{Name: name, Value: s.from.Sysctls[name]})
	}
}
