package templates_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// Services that the cases start from.
const (
	worker  = "image: {repository: app, tag: '1'}\n"
	web     = worker + "ports: {http: {containerPort: 8080}}\nprobes: {readiness: {httpGet: {}}}\n"
	stateOf = worker + "volumes: {data: {size: 1Gi, mounts: {/data: {}}}}\n"
)

// Where the cases look.
const (
	deployment = "Deployment.spec."
	pod        = deployment + "template.spec."
	container  = pod + "containers.0."
)

// A defaultCase is a service and what stands at one place of its objects: each
// default, with what overrides and what declines it. The place is a kind and
// fields; nothing there is "".
type defaultCase struct{ name, service, at, want string }

var scalingDefaults = []defaultCase{
	{"replicas: a worker", worker, deployment + "replicas", "1"},
	{"replicas: a web service", web, deployment + "replicas", "2"},
	{"replicas: readiness declined", worker + "ports: {http: {containerPort: 8080}}\nprobes: {readiness: false}", deployment + "replicas", "1"},
	{"replicas: no readiness", worker + "ports: {http: {containerPort: 8080}}", deployment + "replicas", "1"},
	{"replicas: a volume", web + "volumes: {v: {emptyDir: {}, mounts: {/v: {}}}}", deployment + "replicas", "1"},
	{"replicas: files are no volume", web + "files: {/etc/app/x: {content: x}}", deployment + "replicas", "2"},
	{"replicas: writable is no volume", web + "writable: [/cache]", deployment + "replicas", "2"},
	{"replicas: a person's", web + "replicas: 5", deployment + "replicas", "5"},
	{"replicas: declined", web + "replicas: false", deployment + "replicas", ""},
	{"replicas: an autoscaler's", web + "autoscaling: {maxReplicas: 3, cpu: 70}", deployment + "replicas", ""},

	{"strategy", worker, deployment + "strategy", "{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"},
	{"strategy: maxUnavailable set", worker + "strategy: {maxUnavailable: 1}", deployment + "strategy.rollingUpdate", "{maxSurge: 1, maxUnavailable: 1}"},
	{"strategy: maxSurge set", worker + "strategy: {maxSurge: 50%}", deployment + "strategy.rollingUpdate", "{maxSurge: 50%, maxUnavailable: 0}"},
	{"strategy: no surge", worker + "strategy: {maxSurge: 0}", deployment + "strategy.rollingUpdate", "{maxSurge: 0, maxUnavailable: 1}"},
	{"strategy: no surge in percent", worker + "strategy: {maxSurge: 0%}", deployment + "strategy.rollingUpdate", "{maxSurge: 0%, maxUnavailable: 1}"},
	{"strategy: Recreate", worker + "strategy: {type: Recreate}", deployment + "strategy", "{type: Recreate}"},
	{"strategy: a claim for one node", stateOf, deployment + "strategy", "{type: Recreate}"},
	{"strategy: a claim for one pod", worker + "volumes: {d: {size: 1Gi, accessModes: [ReadWriteOncePod], mounts: {/d: {}}}}", deployment + "strategy", "{type: Recreate}"},
	{"strategy: a claim for many nodes", worker + "volumes: {d: {size: 1Gi, accessModes: [ReadWriteMany], mounts: {/d: {}}}}", deployment + "strategy.type", "RollingUpdate"},
	{"strategy: a claim for one node, rolling on purpose", stateOf + "strategy: {type: RollingUpdate}", deployment + "strategy", "{type: RollingUpdate}"},
	{"strategy: a claim for one node, with parameters", stateOf + "strategy: {maxSurge: 0}", deployment + "strategy", "{type: RollingUpdate, rollingUpdate: {maxSurge: 0}}"},
	{"replicas: a claim for one node", stateOf, deployment + "replicas", "1"},
	{"revisionHistoryLimit", worker, deployment + "revisionHistoryLimit", "3"},
	{"revisionHistoryLimit: a person's", worker + "revisionHistoryLimit: 0", deployment + "revisionHistoryLimit", "0"},

	{"budget", web, "PodDisruptionBudget.spec.maxUnavailable", "1"},
	{"budget: one replica", worker, "PodDisruptionBudget", ""},
	{"budget: declined", web + "podDisruptionBudget: false", "PodDisruptionBudget", ""},
	{"budget: somebody else's replicas", web + "replicas: false", "PodDisruptionBudget", ""},
	{"budget: autoscaling from two", web + "autoscaling: {minReplicas: 2, maxReplicas: 3}", "PodDisruptionBudget.spec.maxUnavailable", "1"},
	{"budget: autoscaling from one", web + "autoscaling: {maxReplicas: 3}", "PodDisruptionBudget", ""},
	{"budget: minAvailable", web + "podDisruptionBudget: {minAvailable: 1}", "PodDisruptionBudget.spec", "{minAvailable: 1, selector: {matchLabels: {app.kubernetes.io/name: web}}, unhealthyPodEvictionPolicy: AlwaysAllow}"},
	{"budget: pods that are not ready", web, "PodDisruptionBudget.spec.unhealthyPodEvictionPolicy", "AlwaysAllow"},
	{"budget: pods that are not ready, protected", web + "podDisruptionBudget: {unhealthyPodEvictionPolicy: IfHealthyBudget}", "PodDisruptionBudget.spec.unhealthyPodEvictionPolicy", "IfHealthyBudget"},
	{"budget: no number", worker + "podDisruptionBudget: {unhealthyPodEvictionPolicy: AlwaysAllow}", "PodDisruptionBudget.spec.maxUnavailable", "1"},

	{"spread", web, pod + "topologySpreadConstraints.1", "{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app.kubernetes.io/name: web}}, matchLabelKeys: [pod-template-hash]}"},
	{"spread: one pod", worker, pod + "topologySpreadConstraints", ""},
	{"spread: one pod, asked for", worker + "spread: soft", pod + "topologySpreadConstraints.0.topologyKey", "kubernetes.io/hostname"},
	{"spread: declined", web + "spread: none", pod + "topologySpreadConstraints", ""},
	{"spread: hard", web + "spread: hard", pod + "topologySpreadConstraints.0", "{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app.kubernetes.io/name: web}}, matchLabelKeys: [pod-template-hash], nodeTaintsPolicy: Honor}"},
	{"spread: somebody else's replicas", worker + "replicas: false", pod + "topologySpreadConstraints.0.whenUnsatisfiable", "ScheduleAnyway"},
	{"spread: autoscaling", worker + "autoscaling: {maxReplicas: 2}", pod + "topologySpreadConstraints.0.whenUnsatisfiable", "ScheduleAnyway"},
	{"spread: the person's constraints", web + "topologySpreadConstraints: [{maxSkew: 3, topologyKey: rack, whenUnsatisfiable: ScheduleAnyway}]", pod + "topologySpreadConstraints", "[{maxSkew: 3, topologyKey: rack, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app.kubernetes.io/name: web}}}]"},
	{"spread: the person's selector", web + "topologySpreadConstraints: [{maxSkew: 3, topologyKey: rack, whenUnsatisfiable: ScheduleAnyway, labelSelector: {}}]", pod + "topologySpreadConstraints.0.labelSelector", "{}"},
}

var securityDefaults = []defaultCase{
	{"restricted: pod", worker, pod + "securityContext", "{runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}"},
	{"restricted: container", worker, container + "securityContext", "{capabilities: {drop: [ALL]}, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false}"},
	{"baseline: pod", worker + "securityPreset: baseline", pod + "securityContext", "{seccompProfile: {type: RuntimeDefault}}"},
	{"baseline: container", worker + "securityPreset: baseline", container + "securityContext", "{allowPrivilegeEscalation: false}"},
	{"baseline: nothing writable is needed", worker + "securityPreset: baseline", pod + "volumes", ""},
	{"none: pod", worker + "securityPreset: none", pod + "securityContext", ""},
	{"none: container", worker + "securityPreset: none", container + "securityContext", ""},
	{"none: a person's", worker + "securityPreset: none\nsecurityContext: {readOnlyRootFilesystem: true}", pod + "volumes.0.name", "tmp"},
	{"restricted: a person's pod fields", worker + "podSecurityContext: {runAsNonRoot: false, seccompProfile: {type: Unconfined}, runAsUser: 0}", pod + "securityContext", "{runAsNonRoot: false, seccompProfile: {type: Unconfined}, runAsUser: 0}"},
	{"restricted: a person's container fields", worker + "securityContext: {allowPrivilegeEscalation: true, readOnlyRootFilesystem: false, capabilities: {add: [NET_ADMIN]}}", container + "securityContext", "{allowPrivilegeEscalation: true, readOnlyRootFilesystem: false, capabilities: {add: [NET_ADMIN], drop: [ALL]}}"},
	{"restricted: capabilities declined", worker + "securityContext: {capabilities: {drop: []}}", container + "securityContext.capabilities", "{}"},
	{"restricted: privileged", worker + "securityContext: {privileged: true}", container + "securityContext.allowPrivilegeEscalation", ""},
	{"restricted: CAP_SYS_ADMIN", worker + "securityContext: {capabilities: {add: [CAP_SYS_ADMIN]}}", container + "securityContext.allowPrivilegeEscalation", ""},

	{"fsGroup", stateOf + "podSecurityContext: {runAsUser: 999}", pod + "securityContext", "{runAsUser: 999, fsGroup: 999, fsGroupChangePolicy: OnRootMismatch, runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}"},
	{"fsGroup: the container's user", stateOf + "podSecurityContext: {runAsUser: 999}\nsecurityContext: {runAsUser: 70}", pod + "securityContext.fsGroup", "70"},
	{"fsGroup: no user", stateOf, pod + "securityContext.fsGroup", ""},
	{"fsGroup: no claim", worker + "podSecurityContext: {runAsUser: 999}", pod + "securityContext.fsGroup", ""},
	{"fsGroup: a claim that is there", worker + "podSecurityContext: {runAsUser: 999}\nvolumes: {d: {claim: c, mounts: {/d: {}}}}", pod + "securityContext.fsGroup", "999"},
	{"fsGroup: root", stateOf + "podSecurityContext: {runAsUser: 0, runAsNonRoot: false}", pod + "securityContext.fsGroup", ""},
	{"fsGroup: a person's", stateOf + "podSecurityContext: {runAsUser: 999, fsGroup: 7}", pod + "securityContext.fsGroup", "7"},
	{"fsGroup: a person's policy", stateOf + "podSecurityContext: {fsGroup: 7, fsGroupChangePolicy: Always}", pod + "securityContext.fsGroupChangePolicy", "Always"},

	{"writable", worker, container + "volumeMounts", "[{name: tmp, mountPath: /tmp}]"},
	{"writable: besides", worker + "writable: [/cache]", container + "volumeMounts", "[{name: tmp, mountPath: /tmp}, {name: cache, mountPath: /cache}]"},
	{"writable: named already", worker + "writable: [/cache, /tmp/]", container + "volumeMounts", "[{name: cache, mountPath: /cache}, {name: tmp, mountPath: /tmp/}]"},
	{"writable: declined", worker + "writable: []", container + "volumeMounts", ""},
	{"writable: not needed", worker + "securityContext: {readOnlyRootFilesystem: false}", container + "volumeMounts", ""},
	{"writable: a volume at /tmp", worker + "volumes: {t: {emptyDir: {}, mounts: {/tmp: {}}}}", container + "volumeMounts", "[{name: t, mountPath: /tmp}]"},
	{"writable: files at /tmp", worker + "files: {/tmp/x: {content: x}}", container + "volumeMounts", "[{name: files, readOnly: true, mountPath: /tmp}]"},
}

var containerDefaults = []defaultCase{
	{"account", worker, "ServiceAccount.automountServiceAccountToken", "false"},
	{"account: on the pod too", worker, pod + "automountServiceAccountToken", "false"},
	{"account: rules", worker + "serviceAccount: {rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]}", pod + "automountServiceAccountToken", ""},
	{"account: token asked for", worker + "serviceAccount: {automountServiceAccountToken: true}", "ServiceAccount.automountServiceAccountToken", ""},
	{"account: token of somebody else's", worker + "serviceAccount: {create: false, name: robot, automountServiceAccountToken: true}", pod + "automountServiceAccountToken", "true"},
	{"account: declined altogether", worker + "serviceAccount: false", pod + "automountServiceAccountToken", ""},
	{"account: declined altogether, the namespace's", worker + "serviceAccount: false", "ServiceAccount", ""},
	{"account: declined", worker + "serviceAccount: {create: false}", "ServiceAccount", ""},
	{"account: declined, the namespace's", worker + "serviceAccount: {create: false}", pod + "serviceAccountName", ""},
	{"account: somebody else's", worker + "serviceAccount: {create: false, name: robot}", pod + "serviceAccountName", "robot"},

	{"memory limit", worker + "resources: {requests: {cpu: 100m, memory: 128Mi}}", container + "resources", "{limits: {memory: 128Mi}, requests: {cpu: 100m, memory: 128Mi}}"},
	{"memory limit: a person's", worker + "resources: {requests: {memory: 128Mi}, limits: {memory: 256Mi, cpu: '1'}}", container + "resources.limits", "{memory: 256Mi, cpu: '1'}"},
	{"memory limit: declined", worker + "resources: {requests: {memory: 128Mi}, limits: {memory: false}}", container + "resources", "{requests: {memory: 128Mi}}"},
	{"memory limit: resources declined", worker + "resources: false", container + "resources", ""},

	{"drain", web, container + "lifecycle", "{preStop: {sleep: {seconds: 5}}}"},
	{"drain: no ports", worker, container + "lifecycle", ""},
	{"drain: declined", web + "drainSeconds: 0", container + "lifecycle", ""},
	{"drain: a person's", worker + "drainSeconds: 9", container + "lifecycle.preStop.sleep.seconds", "9"},
	{"drain: a short grace period", web + "terminationGracePeriodSeconds: 14", container + "lifecycle", ""},
	{"drain: the shortest grace period", web + "terminationGracePeriodSeconds: 15", container + "lifecycle.preStop.sleep.seconds", "5"},
	{"drain: a person's hook", web + "lifecycle: {preStop: {exec: {command: [stop]}}}", container + "lifecycle", "{preStop: {exec: {command: [stop]}}}"},
	{"drain: beside another hook", web + "lifecycle: {postStart: {exec: {command: [warm]}}}", container + "lifecycle", "{postStart: {exec: {command: [warm]}}, preStop: {sleep: {seconds: 5}}}"},

	{"service links", worker, pod + "enableServiceLinks", "false"},
	{"service links: wanted", worker + "enableServiceLinks: true", pod + "enableServiceLinks", ""},

	{"probe port", web, container + "readinessProbe.httpGet.port", "http"},
	{"probe port: a number", worker + "ports: {a: {containerPort: 1}}\nprobes: {readiness: {tcpSocket: {port: 8081}}}", container + "readinessProbe.tcpSocket.port", "8081"},
	{"probe port: the first TCP port", worker + "ports: {u: {containerPort: 1, protocol: UDP}, a: {containerPort: 2}, b: {containerPort: 3}}\nprobes: {startup: {tcpSocket: {}}}", container + "startupProbe.tcpSocket.port", "a"},
	{"probe port: gRPC by number", worker + "ports: {a: {containerPort: 1}, b: {containerPort: 2}}\nprobes: {liveness: {grpc: {port: b, service: ''}}}", container + "livenessProbe.grpc", "{port: 2, service: ''}"},
}

var objectDefaults = []defaultCase{
	{"ingress: path type", web + "ingress: {hosts: {h: {/: {}}}}", "Ingress.spec.rules.0.http.paths.0.pathType", "Prefix"},
	{"ingress: a person's path type", web + "ingress: {hosts: {h: {/: {pathType: Exact}}}}", "Ingress.spec.rules.0.http.paths.0.pathType", "Exact"},
	{"ingress: no TLS", web + "ingress: {hosts: {h: {/: {}}}}", "Ingress.spec.tls", ""},
	{"ingress: an issuer", web + "ingress: {hosts: {h: {/: {}}}, clusterIssuer: le}", "Ingress.spec.tls", "[{hosts: [h], secretName: web-tls}]"},
	{"ingress: an issuer is an annotation", web + "ingress: {hosts: {h: {/: {}}}, clusterIssuer: le}", "Ingress.metadata.annotations", "{cert-manager.io/cluster-issuer: le}"},
	{"ingress: TLS declined", web + "ingress: {hosts: {h: {/: {}}}, clusterIssuer: le, tls: false}", "Ingress.spec.tls", ""},
	{"ingress: TLS in full", web + "ingress: {hosts: {h: {/: {}}, i: {/: {}}}, tls: {secretName: mine, hosts: [i]}}", "Ingress.spec.tls", "[{hosts: [i], secretName: mine}]"},

	{"selector", worker, deployment + "selector.matchLabels", "{app.kubernetes.io/name: web}"},
	{"selector: a person's", worker + "selector: {app: old}", deployment + "selector.matchLabels", "{app: old}"},
	{"labels: declined", worker + "labels: {app.kubernetes.io/managed-by: false, app.kubernetes.io/instance: false}", "ServiceAccount.metadata.labels", "{app.kubernetes.io/name: web}"},
	{"labels: a person's name does not move the selector's", worker + "labels: {app.kubernetes.io/name: other}", deployment + "template.metadata.labels", "{app.kubernetes.io/name: web, app.kubernetes.io/instance: web, app.kubernetes.io/managed-by: kgen, app.kubernetes.io/version: '1'}"},
	{"labels: a long tag", "image: {repository: a, tag: _" + strings.Repeat("x", 60) + "._.}", "Deployment.metadata.labels", "{app.kubernetes.io/name: web, app.kubernetes.io/instance: web, app.kubernetes.io/managed-by: kgen, app.kubernetes.io/version: " + strings.Repeat("x", 60) + "}"},
	{"labels: a bare digest", "image: {repository: a, digest: 'sha256:0'}", "Deployment.metadata.labels", "{app.kubernetes.io/name: web, app.kubernetes.io/instance: web, app.kubernetes.io/managed-by: kgen}"},
	{"service: none without ports", worker, "Service", ""},
	{"service: declined", web + "service: false", "Service", ""},
	{"service: nothing exposed", worker + "ports: {m: {containerPort: 1, expose: false}}", "Service", ""},
	{"service: headless without ports", worker + "service: {headless: true}", "Service.spec.clusterIP", "None"},
	{"claim: a label of its own", worker + "volumes: {d: {size: 1Gi, labels: {a: b, app.kubernetes.io/name: false}, mounts: {/d: {}}}}", "PersistentVolumeClaim.metadata.labels", "{a: b, app.kubernetes.io/instance: web, app.kubernetes.io/managed-by: kgen}"},
	{"claim: an annotation over retain's", worker + "annotations: {x: y}\nvolumes: {d: {size: 1Gi, retain: true, annotations: {helm.sh/resource-policy: false, argocd.argoproj.io/sync-options: Prune=false, x: false}, mounts: {/d: {}}}}", "PersistentVolumeClaim.metadata.annotations", "{argocd.argoproj.io/sync-options: Prune=false, kustomize.toolkit.fluxcd.io/prune: disabled}"},
	{"claim template: labels", worker + "kind: StatefulSet\nvolumes: {d: {size: 1Gi, labels: {app.kubernetes.io/name: false, a: b}, mounts: {/d: {}}}}", "StatefulSet.spec.volumeClaimTemplates.0.metadata.labels", "{a: b}"},
	{"claim template: annotations", worker + "kind: StatefulSet\nvolumes: {d: {size: 1Gi, annotations: {a: b}, mounts: {/d: {}}}}", "StatefulSet.spec.volumeClaimTemplates.0.metadata.annotations", "{a: b}"},
	{"claim: access mode", stateOf, "PersistentVolumeClaim.spec.accessModes", "[ReadWriteOnce]"},
	{"env: key", worker + "env: {A: {secret: s}}", container + "env.0.valueFrom.secretKeyRef", "{name: s, key: A}"},
	{"checksum: declined", worker + "configMaps: {c: {data: {a: b}}}\nenvFrom: [{configMap: c}]\npodAnnotations: {checksum/config: false}", deployment + "template.metadata.annotations", ""},
}

func TestDefaults(t *testing.T) {
	for _, c := range slices.Concat(scalingDefaults, securityDefaults, containerDefaults, objectDefaults) {
		t.Run(c.name, func(t *testing.T) {
			w := world(t, service(t, "web", c.service))
			if diff := cmp.Diff(value(t, c.want), lookup(t, w.Services[0].Value, c.at)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.at, diff)
			}
		})
	}
}

// TestDrainNeedsTheSleepAction goes through targets and gates.
func TestDrainNeedsTheSleepAction(t *testing.T) {
	gate := func(on bool) schema.Entry[bool] { return schema.Entry[bool]{Key: "PodLifecycleSleepAction", Value: on} }
	for _, c := range []struct {
		name  string
		minor int
		gates schema.Map[bool]
		want  string
	}{
		{"1.29", 29, nil, ""},
		{"1.30", 30, nil, "5"},
		{"gate off", 30, schema.Map[bool]{gate(false)}, ""},
		{"gate on again by the environment", 30, schema.Map[bool]{gate(false), gate(true)}, "5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &schema.World{Kubernetes: schema.Version{Minor: c.minor}, FeatureGates: c.gates}
			join(w, service(t, "web", web))
			got := lookup(t, w.Services[0].Value, "Deployment.spec.template.spec.containers.0.lifecycle.preStop.sleep.seconds")
			if diff := cmp.Diff(value(t, c.want), got); diff != "" {
				t.Errorf("seconds (-want +got):\n%s", diff)
			}
		})
	}
}

// lookup is what stands in the first object of a kind of s at "KIND.field.0.field".
func lookup(t *testing.T, s *schema.Service, at string) any {
	t.Helper()
	kind, path, _ := strings.Cut(at, ".")
	for _, o := range templates.Objects(s, nil) {
		if o.GetObjectKind().GroupVersionKind().Kind != kind {
			continue
		}
		found := value(t, rendered([]templates.Object{o}))
		for _, field := range strings.FieldsFunc(path, func(c rune) bool { return c == '.' }) {
			found = step(found, field)
		}
		return found
	}
	return nil
}

func step(v any, field string) any {
	switch v := v.(type) {
	case map[string]any:
		return v[field]
	case []any:
		if i := int(field[0] - '0'); i < len(v) {
			return v[i]
		}
	}
	return nil
}

func value(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
