package lint

import (
	"strings"
	"testing"
)

// pod is a Deployment with volumes, and more fields in its container, each beginning
// with a comma.
func pod(volumes, container string) string { return web("", "volumes: ["+volumes+"],", container) }

func mounts(entries string) string { return ", volumeMounts: [" + entries + "]" }

func TestVolumeNames(t *testing.T) {
	check(t, &volumeUndefined, []ruleCase{
		{name: "template of a StatefulSet", text: workload("apps/v1", "StatefulSet", "volumeClaimTemplates: [{metadata: {name: data}}],", "", mounts("{name: data, mountPath: /a}"))},
		{name: "StatefulSet", text: workload("apps/v1", "StatefulSet", "", "", mounts("{name: data, mountPath: /a}")),
			want: []string{"2: error: container web mounts volume data, which the pod does not have"}},
		{name: "init", text: web("", "initContainers: [{name: a, volumeMounts: [{name: b, mountPath: /a}]}],", ""),
			want: []string{"2: error: container a mounts volume b, which the pod does not have"}},
		{name: "device", text: web("", "", ", volumeDevices: [{name: b, devicePath: /dev/b}]"), want: []string{"2: error: container web mounts volume b, which the pod does not have"}},
		{name: "two of a name", text: pod("{name: a}, {name: a}", ""), want: []string{"2: error: there are two volumes a"}},
		{name: "two at a path", text: pod("{name: a}, {name: b}", mounts("{name: a, mountPath: /a}, {name: b, mountPath: /a}")),
			want: []string{"2: error: container web has two mounts at /a"}},
		{name: "one path in two containers", text: web("", "volumes: [{name: a}], initContainers: [{name: a, volumeMounts: [{name: a, mountPath: /a}]}],", mounts("{name: a, mountPath: /a}"))},
		{name: "name unread", text: pod("{name: 1}", mounts("{name: a, mountPath: /a}"))},
		{name: "source unread", text: pod("{name: a, emptyDir: 1}", mounts("{name: b, mountPath: /a}")),
			want: []string{"2: error: container web mounts volume b, which the pod does not have"}},
		{name: "volumes unread", text: web("", "volumes: a,", mounts("{name: a, mountPath: /a}"))},
		{name: "no names", text: pod("{}, {}", mounts("{}, {}"))},
	})
	check(t, &volumeUnused, []ruleCase{
		{name: "init mounts it", text: web("", "volumes: [{name: a}], initContainers: [{name: a, volumeMounts: [{name: a, mountPath: /a}]}],", "")},
		{name: "device", text: pod("{name: a}", ", volumeDevices: [{name: a, devicePath: /dev/a}]")},
		{name: "one of two", text: pod("{name: a}, {name: b}", mounts("{name: a, mountPath: /a}")), want: []string{"2: warning: no container mounts volume b"}},
		{name: "template", text: workload("apps/v1", "StatefulSet", "volumeClaimTemplates: [{metadata: {name: data}}],", "", ""), want: []string{"2: warning: no container mounts volume data"}},
		{name: "mounts unread", text: pod("{name: a}", ", volumeMounts: {name: a}")},
		{name: "injected", text: strings.Replace(pod("{name: a}", ""), "{labels:", `{annotations: {sidecar.istio.io/userVolumeMount: '[{"name":"a"}]'}, labels:`, 1)},
	})
}

func TestReload(t *testing.T) {
	sub := mounts("{name: a, mountPath: /etc/web.toml, subPath: web.toml}")
	settings := "{name: a, configMap: {name: settings}}"
	stale := []string{"2: info: container web: /etc/web.toml does not follow changes of ConfigMap settings"}
	object := func(more string) string {
		return "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {}" + more + "}\n"
	}
	annotated := func(annotation string) string {
		return strings.Replace(pod(settings, sub), "{labels:", "{annotations: {"+annotation+"}, labels:", 1)
	}
	check(t, &subpathNoReload, []ruleCase{
		{name: "ConfigMap", text: pod(settings, sub) + object(""), want: stale},
		{name: "expression", text: pod(settings, strings.Replace(sub, "subPath", "subPathExpr", 1)), want: stale},
		{name: "Secret", text: pod("{name: a, secret: {secretName: keys}}", sub), want: []string{"2: info: container web: /etc/web.toml does not follow changes of Secret keys"}},
		{name: "projected", text: pod("{name: a, projected: {sources: [{configMap: {name: settings}}]}}", sub), want: stale},
		{name: "claim", text: pod("{name: a, persistentVolumeClaim: {claimName: a}}", sub)},
		{name: "no subPath", text: pod(settings, mounts("{name: a, mountPath: /etc/web}"))},
		{name: "immutable", text: pod(settings, sub) + object(", immutable: true")},
		{name: "hashed", text: strings.Replace(pod(settings, sub), "name: settings", "name: settings-5h2g9mk7tc", 1)},
		{name: "a word, not a hash", text: strings.Replace(pod(settings, sub), "name: settings", "name: settings-production", 1),
			want: []string{"2: info: container web: /etc/web.toml does not follow changes of ConfigMap settings-production"}},
		{name: "checksum", text: annotated("checksum/config: abc")},
		{name: "Reloader", text: annotated(`reloader.stakater.com/auto: "true"`)},
		{name: "init", text: web("", "volumes: ["+settings+"], initContainers: [{name: a"+sub+"}],", "")},
		{name: "Job", text: strings.NewReplacer("apps/v1", "batch/v1", "Deployment", "Job").Replace(pod(settings, sub))},
	})
	check(t, &emptydirMemoryUnbounded, []ruleCase{
		{name: "on disk", text: pod("{name: a, emptyDir: {}}", "")},
		{name: "bounded", text: pod("{name: a, emptyDir: {medium: Memory, sizeLimit: 1Mi}}", "")},
		{name: "zero is no bound", text: pod("{name: a, emptyDir: {medium: Memory, sizeLimit: 0}}", ""), want: []string{"2: warning: volume a is in memory, of any size"}},
		{name: "unread", text: pod("{name: a, emptyDir: {medium: Memory, sizeLimit: 1GB}}", "")},
	})
}

func TestHostPaths(t *testing.T) {
	host := func(path, mount string) string {
		return pod("{name: a, hostPath: {path: '"+path+"'}}", mounts("{name: a, mountPath: /a"+mount+"}"))
	}
	mountsIt := func(path string) []string { return []string{"2: error: container web mounts " + path + " of the node"} }
	check(t, &hostpathSensitive, []ruleCase{
		{name: "root", text: host("/", ""), want: mountsIt("/")},
		{name: "read-only", text: host("/", ", readOnly: true"), want: []string{"2: warning: container web mounts / of the node, if only to read it"}},
		{name: "slash at the end", text: host("/etc/", ""), want: mountsIt("/etc")},
		{name: "below", text: host("/etc/kubernetes/pki", ""), want: mountsIt("/etc/kubernetes/pki")},
		{name: "dots", text: host("/srv/../etc", ""), want: mountsIt("/etc")},
		{name: "only begins so", text: host("/etcd", "")},
		{name: "other", text: host("/var/lib/kubelet", "")},
		{name: "by parameter", text: host("/var/lib/kubelet/pods", ""), options: map[string]any{"paths": []string{"/var/lib/kubelet"}}, want: mountsIt("/var/lib/kubelet/pods")},
		{name: "above", text: host("/var", ""), options: map[string]any{"paths": []string{"/var/lib/kubelet"}}, want: mountsIt("/var")},
		{name: "time zone", text: host("/etc/localtime", ", readOnly: true")},
		{name: "writable certificates", text: host("/etc/ssl/certs", ""), want: []string{"2: warning: container web may write /etc/ssl/certs of the node"}},
		{name: "not mounted", text: pod("{name: a, hostPath: {path: /etc}}", "")},
		{name: "ephemeral container", text: web("", "volumes: [{name: a, hostPath: {path: /etc}}], ephemeralContainers: [{name: d, volumeMounts: [{name: a, mountPath: /a}]}],", ""),
			want: []string{"2: error: container d mounts /etc of the node"}},
		{name: "unread", text: pod("{name: a, hostPath: {path: 1}}", mounts("{name: a, mountPath: /a}"))},
	})
	socket := func(path string) []string {
		return []string{"2: error: volume a is the socket of the container runtime, " + path}
	}
	check(t, &containerRuntimeSocket, []ruleCase{
		{name: "containerd of k3s", text: host("/run/k3s/containerd/containerd.sock", ""), want: socket("/run/k3s/containerd/containerd.sock")},
		{name: "anywhere", text: host("/var/snap/microk8s/common/run/containerd.sock", ""), want: socket("/var/snap/microk8s/common/run/containerd.sock")},
		{name: "pipe", text: host(`\\.\pipe\docker_engine`, ""), want: socket(`\\.\pipe\docker_engine`)},
		{name: "directory", text: host("/var/run/", ""), want: []string{"2: error: volume a is /var/run/ of the node, which holds the socket of the container runtime"}},
		{name: "other file of it", text: host("/run/xtables.lock", "")},
		{name: "other pipe", text: host(`\\.\pipe\rancher_wins`, "")},
		{name: "root is another rule's", text: host("/", "")},
	})
	check(t, &hostpathVolume, []ruleCase{
		{name: "any", text: host("/srv", ", readOnly: true"), want: []string{"2: warning: volume a is /srv of the node"}},
		{name: "enforced", text: strings.Replace(host("/srv", ""), "name: web}, spec", "name: web, namespace: shop}, spec", 1) +
			"---\n{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}}\n",
			want: []string{"2: error: volume a is /srv of the node; namespace shop enforces baseline"}},
		{name: "other", text: pod("{name: a, emptyDir: {}}", "")},
	})
	check(t, &writableHostMount, []ruleCase{
		{name: "two mounts", text: pod("{name: a, hostPath: {path: /srv}}", mounts("{name: a, mountPath: /a}, {name: a, mountPath: /b, readOnly: true}")),
			want: []string{"2: info: container web may write to /srv of the node"}},
		{name: "socket", text: pod("{name: a, hostPath: {path: /srv/a.sock, type: Socket}}", mounts("{name: a, mountPath: /a}"))},
		{name: "unread", text: host("/srv", ", readOnly: 1")},
	})
}

func TestContainerFiles(t *testing.T) {
	limits := "---\n{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: Container, default: {ephemeral-storage: 1Gi}}]}}\n"
	check(t, &noEphemeralStorage, []ruleCase{
		{name: "request alone", text: web("", "", ", resources: {requests: {ephemeral-storage: 1Gi}}")},
		{name: "other resources", text: web("", "", ", resources: {requests: {cpu: 1}}"), want: []string{"2: info: container web has neither a request nor a limit for ephemeral-storage"}},
		{name: "unread request", text: web("", "", ", resources: {requests: {ephemeral-storage: 1GB}}")},
		{name: "limit alone", text: web("", "", ", resources: {limits: {ephemeral-storage: 1Gi}}")},
		{name: "limit range", text: web("", "", "") + limits},
		{name: "unread", text: web("", "", ", resources: {limits: {ephemeral-storage: 1GB}}")},
	})
	group := "securityContext: {fsGroup: 2000},"
	chown := []string{"2: info: fsGroupChangePolicy is not set, which is Always, with fsGroup 2000 and a claim"}
	check(t, &fsgroupRecursiveChown, []ruleCase{
		{name: "unset", text: web("", group+claimVolume, ""), want: chown},
		{name: "template", text: workload("apps/v1", "StatefulSet", "volumeClaimTemplates: [{metadata: {name: data}}],", group, ""), want: chown},
		{name: "claim of many", text: web("", group+claimVolume, "") + claim(manyNodes)},
		{name: "no claim", text: web("", group, "")},
		{name: "no group", text: web("", claimVolume, "")},
		{name: "unread", text: web("", "securityContext: {fsGroup: 2000, fsGroupChangePolicy: 1},"+claimVolume, "")},
	})
	root := ", securityContext: {readOnlyRootFilesystem: true}"
	tmp := []string{"2: info: container web cannot write to /tmp"}
	check(t, &readonlyRootNoTmp, []ruleCase{
		{name: "writable root", text: web("", "", "")},
		{name: "below is not enough", text: pod("{name: a, emptyDir: {}}", root+mounts("{name: a, mountPath: /tmp/a}")), want: tmp},
		{name: "slash at the end", text: pod("{name: a, emptyDir: {}}", root+mounts("{name: a, mountPath: /tmp/}"))},
		{name: "read-only mount", text: pod("{name: a, emptyDir: {}}", root+mounts("{name: a, mountPath: /tmp, readOnly: true}")), want: tmp},
		{name: "read-only kind", text: pod("{name: a, configMap: {name: a}}", root+mounts("{name: a, mountPath: /tmp}")), want: tmp},
		{name: "TMPDIR", text: pod("{name: a, emptyDir: {}}", root+mounts("{name: a, mountPath: /data}")+", env: [{name: TMPDIR, value: /data/tmp}]")},
		{name: "by parameter", text: pod("{name: a, emptyDir: {}}", root+mounts("{name: a, mountPath: /tmp}")), options: map[string]any{"paths": []string{"/tmp", "/run", "/var/cache"}},
			want: []string{"2: info: container web cannot write to /run, /var/cache"}},
		{name: "unread", text: web("", "", root+", volumeMounts: a")},
	})
}
