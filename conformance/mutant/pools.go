package mutant

import (
	"slices"
	"strings"
)

// Pools hold scalars as YAML text: what people write there, right and wrong, and
// what lies at the edges of the rules.
var (
	names = []string{
		"web", "web", "api-2", "app", "data", "cache", "web.example.com", "9web", "a", "Web", "web_1", "-web", "web-", `""`, "web..com", ".web", "a/b", "a b",
		"w\u00e9b", `"."`, `".."`, "a%b", repeated("a", 15), repeated("a", 16), repeated("a", 52), repeated("a", 53), repeated("a", 58), repeated("a", 63), repeated("a", 64),
		repeated("abcdefg.", 31) + "abcde", repeated("abcdefg.", 31) + "abcdef", `" web"`, "system:node", "kube-root-ca.crt", "metadata.name",
	}
	labelKeys = []string{
		"app", "app", "tier", "app.kubernetes.io/name", "example.com/x", "kubernetes.io/x", "a/b/c", "/x", "x/", "Bad Key", "-x", "x-", "_x", "Example.com/x",
		repeated("a", 63), repeated("a", 64), repeated("abcdefg.", 31) + "abcde/x", repeated("abcdefg.", 31) + "abcdef/x", "topology.kubernetes.io/zone", "kubernetes.io/hostname",
		"batch.kubernetes.io/job-name", "job-name", "controller-uid", `""`, "apps.kubernetes.io/pod-index", "pod-template-hash",
	}
	labelValues = []string{
		"web", "web", "v1.2.3", `""`, "A_b", "-a", "a-", "a b", "a/b", repeated("a", 63), repeated("a", 64), "1", `"1"`, "true", `"true"`, "x:y", "privileged", "restricted", "latest",
		"v1.30", "v1.999", "baseline", "ä",
	}
	annotationKeys = []string{
		"note", "example.com/note", "Example.com/Note", "a/b/c", "bad key", "/x", "kubernetes.io/ingress.class", "kubernetes.io/config.mirror",
		"controller.kubernetes.io/pod-deletion-cost", "seccomp.security.alpha.kubernetes.io/pod", "container.apparmor.security.beta.kubernetes.io/web",
		"container.apparmor.security.beta.kubernetes.io/app", "scheduler.alpha.kubernetes.io/tolerations", "kubernetes.io/service-account.name", "service.kubernetes.io/topology-mode",
		"service.beta.kubernetes.io/load-balancer-source-ranges", "volume.beta.kubernetes.io/storage-class", "storageclass.kubernetes.io/is-default-class",
		"batch.kubernetes.io/cronjob-scheduled-timestamp", "service.alpha.kubernetes.io/tolerate-unready-endpoints", "kubernetes.io/enforce-mountable-secrets", "endpoints.kubernetes.io/over-capacity",
		"volume.beta.kubernetes.io/mount-options", "autoscaling.alpha.kubernetes.io/metrics", "autoscaling.alpha.kubernetes.io/behavior", "autoscaling.alpha.kubernetes.io/conditions",
		"scheduler.alpha.kubernetes.io/critical-pod", "deprecated.daemonset.template.generation", "prometheus.io/scrape", "storageclass.beta.kubernetes.io/is-default-class",
		"seccomp.security.alpha.kubernetes.io/pod", "container.seccomp.security.alpha.kubernetes.io/web", "pod.alpha.kubernetes.io/initialized", "service.kubernetes.io/topology-aware-hints",
	}
	annotationValues = []string{
		"nginx", "true", `"true"`, `"10"`, "10", `"2147483648"`, `"-5"`, `"+5"`, `"07"`, "runtime/default", "localhost/profile", "localhost/../x", "unconfined", "docker/default", `""`, "text with spaces", "1.2.3.4/8", `"1.2.3.4/8, 10.0.0.0/33"`,
		`'[{"key":"a","operator":"Exists"}]'`, `'[{"key":"a b"}]'`, "Auto", "{}", "[]", "2024-01-01T00:00:00Z", `'[{"type":"Pods"}]'`, "default", "ro,soft",
	}
	configKeys = []string{
		"key", "config.yaml", "A_B-c.d", `"."`, `".."`, "..x", "a/b", "a b", `""`, repeated("k", 253), repeated("k", 254), "tls.crt", "tls.key", "username", "password", "ssh-privatekey",
		".dockercfg", ".dockerconfigjson", "token", "ca.crt", "\u00e4",
	}
	resourceNames = []string{
		"cpu", "memory", "ephemeral-storage", "cpu", "memory", "storage", "hugepages-2Mi", "hugepages-3Mi", "hugepages-1Gi", "hugepages-", "nvidia.com/gpu", "example.com/foo", "kubernetes.io/x", "requests.cpu", "limits.memory",
		"pods", "services", "requests.nvidia.com/gpu", "limits.nvidia.com/gpu", "Cpu", "gpu", "requests.storage", "gold.storageclass.storage.k8s.io/requests.storage", "count/pods", "count/deployments.apps", "services.nodeports", "bad name",
		"persistentvolumeclaims", "configmaps", "secrets", "attachable-volumes-x", `""`, "requests.example.com/x", "example.com/" + repeated("a", 64), "requests.ephemeral-storage", "requests.hugepages-2Mi", "scopes",
	}
	numbers = []string{
		"0", "1", "2", "3", "5", "10", "30", "60", "100", "-1", "-5", "101", "256", "255", "300", "511", "512", "600", "1800", "1801", "3600", "3601", "10800", "86400", "86401", "65535", "65536", "100000", "100001", "2147483647", "2147483648", "-2147483648",
		"-2147483649", "4294967296", "4294967297", "9223372036854775807", "9223372036854775808", "1.0", "1.5", "3.0", `"3"`, "1e3", "0444", "0x10", "420", "256", "493", "20", "21", "32", "33", "10001", "10000", "2e0", "-0", "1e30",
	}
	truths  = []string{"true", "false", "true", "false", `"true"`, "yes", "no", "on", "y", "1", "0", "True", "FALSE"}
	amounts = []string{
		"1", "100m", "500m", "2", "0", "128Mi", "1Gi", "2Gi", "4Mi", "3Mi", "1.5Gi", "0.5", "1e3", "1E", "1Ei", "10G", "64k", "-1", "-100m", "0.0001", "1n", "abc", `""`, "1 Gi", "1gi", "1GB", "1000000000000000000000", "9223372036854775807", "9223372036854775808",
		`"1"`, "+1", ".5", "5.", "1e", "1m1", "1_000", "0x10", "0444", "12e6", "1e-3", "1u", "1.1", "0.1m", "10.5", "true", "1e400", "null", `"1\n"`, `"1\t"`, `" 1"`, `"1 "`, `"\u00a01"`, `"1\u2028"`,
	}
	ports = []string{
		"80", "443", "8080", "9090", "53", "http", "http", "metrics", "web", "0", "1", "65535", "65536", "-1", "HTTP", "http-", "-http", "a--b", "abcdefghijklmno", "abcdefghijklmnop", `"80"`, `"8080"`, "80.0", "1.5", "2147483648", `""`, "\"80 \"", "80a", "a_b", "30000", "30080",
		"32767", "32768", "29999",
	}
	fractions = []string{"1", "2", "0", "25%", "50%", "100%", "101%", "0%", "-1%", "-1", `"25"`, "%", "2.5%", `"25 %"`, "25", `""`, "100", "1.0", "1.5", "abc", "2147483648", "\"1\"", "00%", "1000000000000%"}
	addresses = []string{
		"10.96.0.10", "10.100.1.2", "192.168.1.1", "8.8.8.8", "10.96.0.1", "None", "none", `""`, "1.2.3", "1.2.3.4.5", "256.1.1.1", "010.1.1.1", "10.96.0.010", "fd00:10:96::5", "2001:db8::1", "::ffff:1.2.3.4", "::1", "127.0.0.1", "0.0.0.0", "169.254.0.1",
		"224.0.0.1", "fe80::1", "example.com", "1.2.3.4 ", "1.2.3.4/24", "2001:DB8::1", "10.96.5.5", "10.100.200.1",
	}
	networks = []string{
		"10.0.0.0/8", "10.0.0.0/16", "192.168.0.0/16", "0.0.0.0/0", "::/0", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0", "010.0.0.0/8", "fd00::/8", "fd00::1/8", "::ffff:10.0.0.0/104", "10.0.0.0/8 ", `""`, "10.1.0.0/16", "172.17.0.0/16", "172.17.1.0/24", "abc/8", "10.0.0.0/08",
	}
	paths = []string{
		"/", "/data", "/var/lib/x", "/etc/config", "data", "a/b", "../x", "/..", "a/../b", "/a/../b", "..a", "./a", `""`, "/a//b", "/a/./b", "/a%2fb", "/a%2Fb", "/a/.", "/a/..", "a:b", "/a:b", "/healthz", "healthz", "config.yaml", "C:\\data", "\\\\.\\pipe\\x",
		repeated("/abc", 100), "/a b", "~", "$(POD_NAME)",
	}
	hosts = []string{
		"example.com", "www.example.com", `"*.example.com"`, `"*"`, "*.*.com", "a.*.com", "Example.com", "1.2.3.4", "example.com.", "exa_mple.com", "-a.com", `""`, "localhost", "a b", "2001:db8::1", "example.com:80", "http://example.com", repeated("a", 64) + ".com", `"*.com"`, `"."`, "_tcp.example.com",
	}
	schedules = []string{
		`"*/5 * * * *"`, `"0 0 * * *"`, `"@hourly"`, `"@daily"`, `"@every 1h"`, `"@foo"`, `"* * * *"`, `"60 * * * *"`, `"* 24 * * *"`, `"0 0 31 2 *"`, `"0 0 * * 7"`, `"0 0 * * 8"`, `"TZ=UTC 0 0 * * *"`, `"CRON_TZ=Europe/Berlin 0 0 * * *"`, `""`, `"1-5/2 * * * *"`, `"0 0 * JAN MON"`, `"a b c d e"`,
		`"* * * * * *"`, `"@every 1x"`, `"5-1 * * * *"`, `"0/0 * * * *"`, `"? * * * *"`, `"TZ=Nowhere/X * * * * *"`, `"TZ=UTC"`, `"@reboot"`, `"*/0 * * * *"`,
	}
	zones      = []string{"Europe/Berlin", "Etc/UTC", "UTC", "Local", `""`, "Nowhere/City", "europe/berlin", "../etc", "EST", "/UTC", "Asia/Kolkata "}
	instants   = []string{"2024-01-01T00:00:00Z", "2024-01-01", `"2024-01-01T00:00:00+02:00"`, "yesterday", "0", `""`, "2024-13-01T00:00:00Z", "null"}
	durations  = []string{"1h", "10s", "1", `""`, "1d", "-5m"}
	encodings  = []string{"aGVsbG8=", "aGVsbG8", "!!!", `""`, "e30=", "eyJhdXRocyI6e319", "aGV sbG8=", "e", "aGVsbG8=\n", "hello", "1234", "12345", "{}"}
	images     = []string{"nginx", "nginx:1.27", `""`, `" nginx"`, "nginx ", "nginx@sha256:abc", "registry.example.com:5000/a/b:c", "NGINX", "a b"}
	groups     = []string{"rbac.authorization.k8s.io", `""`, "apps", "batch", "autoscaling.k8s.io", "Bad_Group", "snapshot.storage.k8s.io", "storage.k8s.io", "example.com", `"*"`}
	versions   = []string{"apps/v1", "v1", "batch/v1", "a/b/c", `""`, "/", "v1/", "/v1", "rbac.authorization.k8s.io/v1", "example.com/v1alpha1"}
	kinds      = []string{"Deployment", "StatefulSet", "ReplicationController", "Pod", "Role", "ClusterRole", "User", "Group", "ServiceAccount", "Managed", "Shared", "Dedicated", "PersistentVolumeClaim", "VolumeSnapshot", "Service", `""`, "deployment", "A/B", "Container", "Namespace", "Cluster", "Event"}
	uids       = []string{"6f1e2b3c-0000-4000-8000-000000000001", `""`, "x", "1"}
	fieldPaths = []string{
		"metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "status.podIP", "status.hostIP", "status.podIPs", "metadata.labels", "metadata.annotations", "metadata.labels['app']", "metadata.annotations['a/b']", "metadata.labels['Bad Key']", "spec.serviceAccountName",
		"metadata.labels[app]", "spec.restartPolicy", "status.phase", "metadata.name['x']", `""`, "metadata.labels['']", "spec.host", "metadata.annotations['A/B']", "metadata.generateName", "status.hostIPs",
	}
	others = []string{"text", `""`, "a", "A b", `" "`, "true", "5", `"5"`, "ä", `"\0"`, `"a\nb"`, repeated("x", 64), repeated("x", 300), "None", "y", "~", "*", "null", "\"null\"", "$(X)", "a=b", "http", "Always", "Foo"}
)

// repeated is text so often, as YAML.
func repeated(text string, times int) string { return strings.Repeat(text, times) }

// enums are the words of a field, and some of others.
var enums = map[string][]string{
	"type": {"ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "RollingUpdate", "Recreate", "OnDelete", "Opaque", "kubernetes.io/tls", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth", "kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg",
		"kubernetes.io/service-account-token", "RuntimeDefault", "Localhost", "Unconfined", "Utilization", "Value", "AverageValue", "Resource", "Pods", "Object", "External", "ContainerResource", "Percent", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket", "CharDevice", "BlockDevice",
		"Container", "Pod", "PersistentVolumeClaim", "clusterIP", "Foo", `""`, "DisruptionTarget", "bad key", "helm.sh/release.v1"},
	"protocol": {"TCP", "UDP", "SCTP", "tcp", "HTTP", `""`, "ICMP"},
	"operator": {"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Equal", "in", `""`, "Foo"},
	"effect":   {"NoSchedule", "PreferNoSchedule", "NoExecute", `""`, "noSchedule", "Foo"},
	"policies": {"Always", "IfNotPresent", "Never", "OnFailure", "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None", "always", `""`, "Foo", "File", "FallbackToLogsOnError", "PreemptLowerPriority", "Allow", "Forbid", "Replace", "OrderedReady", "Parallel",
		"Retain", "Delete", "Recycle", "TerminatingOrFailed", "Failed", "SingleStack", "PreferDualStack", "RequireDualStack", "Cluster", "Local", "AlwaysAllow", "IfHealthyBudget", "OnRootMismatch", "Merge", "Strict", "MountOption", "Recursive", "Max", "Min", "Disabled", "NotRequired", "RestartContainer"},
	"modes":        {"NonIndexed", "Indexed", "Filesystem", "Block", "Immediate", "WaitForFirstConsumer", "ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod", "None", "HostToContainer", "Bidirectional", "Disabled", "Enabled", "IfPossible", `""`, "Foo", "block"},
	"families":     {"IPv4", "IPv6", "ipv4", `""`, "IPv5"},
	"affinity":     {"None", "ClientIP", "clientIP", `""`, "Foo"},
	"actions":      {"FailJob", "Ignore", "Count", "FailIndex", "Restart", "RestartAllContainers", "get", "list", `"*"`, `""`, "Foo", "True", `"True"`, `"False"`, "Unknown", "true"},
	"when":         {"DoNotSchedule", "ScheduleAnyway", "Retain", "Delete", "Honor", "Ignore", `""`, "Foo"},
	"schemes":      {"HTTP", "HTTPS", "http", `""`, "TCP", "Foo"},
	"pathType":     {"Prefix", "Exact", "ImplementationSpecific", `""`, "prefix"},
	"scopes":       {"BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "PriorityClass", "CrossNamespacePodAffinity", "VolumeAttributesClass", "Foo", `""`, "Namespace", "Cluster"},
	"os":           {"linux", "windows", `""`, "Linux", "darwin"},
	"distribution": {"PreferClose", "PreferSameZone", "PreferSameNode", `""`, "Foo"},
	"proc":         {"Default", "Unmasked", "Foo", `""`},
	"signals":      {"SIGTERM", "SIGKILL", "SIGUSR1", "TERM", `""`},
	"medium":       {"Memory", "HugePages", "HugePages-2Mi", `""`, "memory", "Foo"},
	"capabilities": {"NET_ADMIN", "ALL", "CAP_SYS_ADMIN", "SYS_ADMIN", `""`, "NET_BIND_SERVICE"},
	"verbs":        {"get", "list", "watch", `"*"`, `""`, "create", "Get", "use"},
	"resources":    {"pods", "pods/log", `"*"`, `""`, "deployments", "*/scale"},
	"priority":     {"system-node-critical", "system-cluster-critical", "high", "system-foo", `""`, "High"},
}

// poolByKey says which pool a key's scalars are from.
var poolByKey = map[string][]string{
	"port": ports, "targetPort": ports, "containerPort": ports, "hostPort": ports, "nodePort": ports, "endPort": ports, "number": ports, "healthCheckNodePort": ports,
	"protocol": enums["protocol"], "operator": enums["operator"], "effect": enums["effect"], "type": enums["type"], "pathType": enums["pathType"], "scheme": enums["schemes"],
	"restartPolicy": enums["policies"], "imagePullPolicy": enums["policies"], "dnsPolicy": enums["policies"], "concurrencyPolicy": enums["policies"], "podManagementPolicy": enums["policies"], "terminationMessagePolicy": enums["policies"],
	"preemptionPolicy": enums["policies"], "ipFamilyPolicy": enums["policies"], "externalTrafficPolicy": enums["policies"], "internalTrafficPolicy": enums["policies"], "persistentVolumeReclaimPolicy": enums["policies"], "reclaimPolicy": enums["policies"],
	"unhealthyPodEvictionPolicy": enums["policies"], "fsGroupChangePolicy": enums["policies"], "supplementalGroupsPolicy": enums["policies"], "seLinuxChangePolicy": enums["policies"], "podReplacementPolicy": enums["policies"], "selectPolicy": enums["policies"], "pullPolicy": enums["policies"],
	"accessModes": enums["modes"], "volumeMode": enums["modes"], "completionMode": enums["modes"], "mountPropagation": enums["modes"], "recursiveReadOnly": enums["modes"], "volumeBindingMode": enums["modes"],
	"ipFamilies": enums["families"], "sessionAffinity": enums["affinity"], "action": enums["actions"], "status": enums["actions"], "whenUnsatisfiable": enums["when"], "whenDeleted": enums["when"], "whenScaled": enums["when"],
	"nodeAffinityPolicy": enums["when"], "nodeTaintsPolicy": enums["when"], "scopes": enums["scopes"], "scopeName": enums["scopes"], "scope": enums["scopes"], "trafficDistribution": enums["distribution"], "procMount": enums["proc"], "stopSignal": enums["signals"],
	"medium": enums["medium"], "add": enums["capabilities"], "verbs": enums["verbs"], "resources": enums["resources"], "priorityClassName": enums["priority"], "policyTypes": {"Ingress", "Egress", "ingress", `""`, "Foo"},
	"clusterIP": addresses, "clusterIPs": addresses, "externalIPs": addresses, "loadBalancerIP": addresses, "ip": addresses, "hostIP": addresses, "nameservers": addresses,
	"cidr": networks, "except": networks, "loadBalancerSourceRanges": networks,
	"path": paths, "mountPath": paths, "subPath": paths, "subPathExpr": paths, "devicePath": paths, "localhostProfile": paths, "terminationMessagePath": paths,
	"host": hosts, "hosts": hosts, "hostnames": hosts, "externalName": hosts, "searches": hosts, "server": hosts,
	"schedule": schedules, "timeZone": zones, "image": images, "reference": images, "apiGroup": groups, "apiGroups": groups, "apiVersion": versions, "kind": kinds, "uid": uids,
	"fieldPath": fieldPaths, "maxSurge": fractions, "maxUnavailable": fractions, "minAvailable": fractions,
	"resource": resourceNames, "resourceName": resourceNames, "divisor": {"1", "1m", "1Mi", "1Ki", "0", "2", "1k", "1Gi", "10m", "-1"},
	"name": names, "secretName": names, "claimName": names, "serviceName": names, "serviceAccountName": names, "nodeName": names, "hostname": names, "subdomain": names, "generateName": append(slices.Clone(names), "web-", "a.b-", "web.", "job--"),
	"namespace": names, "namespaces": names, "containerName": names, "runtimeClassName": names, "storageClassName": append(slices.Clone(names), `""`, "standard"), "schedulerName": names, "volumeName": names, "ingressClassName": names, "volumeAttributesClassName": names, "hostnameOverride": names,
	"driver": {"csi.example.com", "Csi.Example.com", "a_b", `""`, repeated("a", 63), repeated("a", 64), "x/y"}, "controller": {"example.com/ingress", "Example", "a/b/c", `""`, "x", "true"}, "provisioner": {"kubernetes.io/no-provisioner", "Example.com/x", `""`, "a b", "ebs.csi.aws.com"},
	"topologyKey": labelKeys, "conditionType": labelKeys, "matchLabelKeys": labelKeys, "mismatchLabelKeys": labelKeys, "appProtocol": append(slices.Clone(labelKeys), "http", "kubernetes.io/h2c"), "loadBalancerClass": labelKeys, "finalizers": append(slices.Clone(labelKeys), "kubernetes", "orphan", "foregroundDeletion", "kubernetes.io/pv-protection"),
	"managedBy": append(slices.Clone(labelKeys), "kubernetes.io/job-controller", "acme.io/foo", "acme.io/foo/bar"), "key": append(slices.Clone(configKeys), labelKeys...), "values": append(slices.Clone(labelValues), numbers...),
	"prefix": {"APP_", "1A", "a=b", `""`, "a b", "A-", "ä"}, "mountOptions": {"ro", "soft", `""`}, "succeededIndexes": {"0", `"0-2"`, `"1,3-4"`, `"3-1"`, `"a"`, `""`, `"0,0"`, `"1-"`, "0-100000"}, "resourceVersion": {`"0"`, `"1"`, "abc", `""`}, "generation": {"1", "-1", "0"},
	"nonResourceURLs": {"/healthz", `"*"`, `""`, "/api/*"}, "priority": {"0", "5", "2000001000", "2000000000", "-1"}, "value": append(slices.Clone(labelValues), "1000", "1000000000", "1000000001", "-10", "100Gi"), "averageValue": amounts, "tolerance": amounts, "sizeLimit": amounts,
	"averageUtilization": {"50", "0", "100", "101", "-1"}, "level": {"s0:c123,c456", `""`}, "startPort": ports, "pdName": names, "fsType": {"ext4", "xfs", `""`}, "defaultMode": {"0444", "420", "511", "512", "-1", "0777", "0o644", `"0644"`, "01000", "0999"}, "mode": {"0400", "256", "511", "512", "-1", "0777", `"0644"`, "0o400"},
}

// poolOf are the scalars that people write at a place, right and wrong.
func poolOf(p *place) []string {
	if isEntry(p) {
		switch {
		case strings.Contains(p.path, "abels.") || strings.Contains(p.path, "elector."):
			return labelValues
		case strings.Contains(p.path, "nnotations."):
			return annotationValues
		}
		return nil
	}
	if pool, ok := poolByKey[p.key]; ok {
		return pool
	}
	return nil
}

// keyPool are keys of a Go map at a path.
func keyPool(path string) []string {
	switch {
	case strings.Contains(path, "abels.") || strings.Contains(path, "elector."):
		if strings.HasPrefix(path, ".metadata.labels") {
			return append([]string{"pod-security.kubernetes.io/enforce", "pod-security.kubernetes.io/warn-version", "pod-security.kubernetes.io/audit"}, labelKeys...)
		}
		return labelKeys
	case strings.Contains(path, "nnotations."):
		return annotationKeys
	case strings.Contains(path, "ata."), strings.Contains(path, "arameters."):
		return configKeys
	}
	return resourceNames
}

// sortPool are scalars of a type, right and wrong.
func sortPool(s sort) []string {
	switch s {
	case number:
		return numbers
	case truth:
		return truths
	case quantity:
		return amounts
	case portOrPercent:
		return append(slices.Clone(ports), fractions...)
	case instant:
		return instants
	case duration:
		return durations
	case encoded:
		return encodings
	case text:
		return append(slices.Clone(others), names...)
	}
	return others
}
