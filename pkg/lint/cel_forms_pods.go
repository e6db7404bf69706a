package lint

// celFormsOfPods are about pods as a whole.
var celFormsOfPods = map[string]CELForm{
	"container-runtime-socket": {
		Kinds: podKinds, IsBarrier: true,
		Expression: `variables.volumes.all(v, !has(v.hostPath) || ` +
			`!v.hostPath.path.matches('(^|[/\\\\])(containerd|cri-dockerd|crio|docker|dockershim|podman)[.]sock$') && ` +
			`!v.hostPath.path.matches('^[\\\\]{2}[.][\\\\]pipe[\\\\](.*[/\\\\])?(docker_engine|containerd-containerd)$') && ` +
			`!v.hostPath.path.matches('^(/var)?/run(/containerd|/crio|/k3s|/k3s/containerd|/podman)?/*$'))`,
	},
	"emptydir-memory-unbounded": {
		Kinds: podKinds,
		Expression: `variables.volumes.all(v, v.?emptyDir.?medium.orValue('') != 'Memory' || ` +
			`has(v.emptyDir.sizeLimit) && quantity(string(v.emptyDir.sizeLimit)).isGreaterThan(quantity('0')))`,
	},
	"host-ipc": {
		Kinds: podKinds, IsBarrier: true,
		Expression: `!variables.podSpec.?hostIPC.orValue(false)`,
	},
	"host-network": {
		Kinds: podKinds, IsBarrier: true,
		Expression: `!variables.podSpec.?hostNetwork.orValue(false)`,
	},
	"host-network-dns": {
		Kinds: podKinds,
		Expression: `variables.isWindows || !variables.podSpec.?hostNetwork.orValue(false) || ` +
			`variables.podSpec.?dnsPolicy.orValue('ClusterFirst') != 'ClusterFirst'`,
	},
	"host-pid": {
		Kinds: podKinds, IsBarrier: true,
		Expression: `!variables.podSpec.?hostPID.orValue(false)`,
	},
	"hostpath-volume": {
		Kinds: podKinds, IsBarrier: true,
		Expression: `variables.volumes.all(v, !has(v.hostPath))`,
	},
	"naked-pod": {
		Kinds: []string{"Pod"},
		Expression: `variables.isHook || variables.annotations[?'kubernetes.io/config.mirror'].orValue('') != '' || ` +
			`variables.annotations[?'kubernetes.io/config.source'].orValue('') != ''`,
	},
	"pss-volume-types": {
		Kinds: podKinds, IsBarrier: true,
		Expression: `variables.volumes.all(v, v.all(field, field in ['name', 'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', ` +
			`'image', 'persistentVolumeClaim', 'projected', 'secret']))`,
	},
}
