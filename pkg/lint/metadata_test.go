package lint

import (
	"strings"
	"testing"
)

func TestLabels(t *testing.T) {
	long := strings.Repeat("x", 64)
	check(t, &labelInvalid, []ruleCase{
		{name: "length", text: "{apiVersion: example.com/v1, kind: A, metadata: {name: a, labels: {a: " + long + ", " + long + ": a, b: ''}}}", want: []string{
			`1: error: "` + long + `" is not a label key: up to 63 letters, digits, dashes, underscores and dots, a letter or digit at both ends, after an optional DNS name and a slash`,
			`1: error: a: "` + long + `" has 64 characters, a label value has at most 63`,
		}},
		{name: "selectors", text: `{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {a: "b c"}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {matchExpressions: [{key: "a b", values: ["c d", e]}]}, template: {metadata: {labels: {a: "b!"}}, spec: {nodeSelector: {a/: b}}}}}
---
{apiVersion: v1, kind: ReplicationController, metadata: {name: a}, spec: {selector: {a: "b "}, template: {}}}
`, want: []string{
			`1: error: a: "b c" is not a label value: letters, digits, dashes, underscores and dots, a letter or digit at both ends`,
			`3: error: "a b" is not a label key: up to 63 letters, digits, dashes, underscores and dots, a letter or digit at both ends, after an optional DNS name and a slash`,
			`3: error: "a/" is not a label key: up to 63 letters, digits, dashes, underscores and dots, a letter or digit at both ends, after an optional DNS name and a slash`,
			`3: error: "c d" is not a label value: letters, digits, dashes, underscores and dots, a letter or digit at both ends`,
			`3: error: a: "b!" is not a label value: letters, digits, dashes, underscores and dots, a letter or digit at both ends`,
			`5: error: a: "b " is not a label value: letters, digits, dashes, underscores and dots, a letter or digit at both ends`,
		}},
	})
	check(t, &labelInstanceMismatch, []ruleCase{
		{name: "missing", text: "{apiVersion: v1, kind: Pod, metadata: {name: a}}", want: []string{"1: info: no label app.kubernetes.io/instance"}},
		{name: "no workload", text: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"},
	})
}

func TestNames(t *testing.T) {
	object := func(kind, name string) string {
		version := "v1"
		switch kind {
		case "CronJob", "Job":
			version = "batch/v1"
		case "Deployment":
			version = "apps/v1"
		case "ClusterRole":
			version = "rbac.authorization.k8s.io/v1"
		case "Widget":
			version = "example.com/v1"
		}
		return "{apiVersion: " + version + ", kind: " + kind + ", metadata: {name: '" + name + "'}}"
	}
	name := func(length int) string { return strings.Repeat("x", length) }
	check(t, &nameInvalid, []ruleCase{
		{name: "service", text: object("Service", "a.b"), want: []string{`1: error: "a.b" is not a DNS label: lower-case letters, digits and dashes, a letter or digit at both ends`}},
		{name: "namespace", text: "{apiVersion: example.com/v1, kind: Widget, metadata: {name: A, namespace: B}}", want: []string{`1: error: "B" is not a DNS label: lower-case letters, digits and dashes, a letter or digit at both ends`}},
		{name: "role", text: object("ClusterRole", "system:a")},
		{name: "custom", text: object("Widget", "A")},
		{name: "long", text: object("Service", name(80))},
		{name: "empty", text: object("Service", "")},
	})
	check(t, &nameTooLong, []ruleCase{
		{name: "cron", text: object("CronJob", name(53)), want: []string{"1: error: the name has 53 characters, a CronJob has at most 52: its Jobs are called so with a number behind"}},
		{name: "cron fits", text: object("CronJob", name(52))},
		{name: "job", text: object("Job", name(64)), want: []string{"1: error: the name has 64 characters, a Job has at most 63: its pods get the label job-name"}},
		{name: "service", text: object("Service", name(64)), want: []string{"1: error: the name has 64 characters, a Service has at most 63"}},
		{name: "deployment", text: object("Deployment", name(47)), want: []string{"1: info: the name has 47 characters: with more than 46 the names of the pods are cut before their last five"}},
		{name: "deployment fits", text: object("Deployment", name(46))},
		{name: "config", text: object("ConfigMap", name(254)), want: []string{"1: error: the name has 254 characters, a ConfigMap has at most 253"}},
		{name: "role", text: object("ClusterRole", name(300))},
	})
	check(t, &defaultNamespace, []ruleCase{
		{name: "default", text: "{apiVersion: example.com/v1, kind: Widget, metadata: {name: a, namespace: default}}", want: []string{"1: info: the namespace is default"}},
		{name: "perhaps of the cluster", text: object("Widget", "a")},
		{name: "of the cluster", text: object("ClusterRole", "a")},
	})
}

func TestAgreedMetadata(t *testing.T) {
	const job = "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a, labels: {tier: other}, annotations: {email: a@b}}}"
	check(t, &requiredLabel, []ruleCase{
		{name: "value", options: map[string]any{"labels": []string{"tier=frontend|backend", "owner"}}, text: job, want: []string{
			"1: warning: no label owner", `1: warning: the value of tier does not match ^(?:frontend|backend)$`}},
		{name: "kinds", options: map[string]any{"labels": []string{"owner"}, "kinds": []string{"Service"}}, text: job},
		{name: "all kinds", options: map[string]any{"labels": []string{"owner"}, "kinds": []string{}}, text: "{apiVersion: v1, kind: Secret}", want: []string{"1: warning: no label owner"}},
		{name: "wrong", options: map[string]any{"labels": []string{"a=("}}, text: job},
	})
	check(t, &requiredAnnotation, []ruleCase{
		{name: "value", options: map[string]any{"annotations": []string{"email=.+@.+"}}, text: job},
		{name: "missing", text: job, want: []string{"1: warning: no annotation a8r.io/owner"}},
	})
	check(t, &forbiddenAnnotation, []ruleCase{
		{name: "value", options: map[string]any{"annotations": []string{"email=.+@b"}}, text: job, want: []string{"1: warning: annotation email"}},
		{name: "other value", options: map[string]any{"annotations": []string{"email=.+@c"}}, text: job},
	})
}

func TestDeprecated(t *testing.T) {
	pod := func(annotations, spec string) string {
		return "{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {" + annotations + "}}, spec: {" + spec + "}}"
	}
	const appArmor = "container.apparmor.security.beta.kubernetes.io/a: runtime/default"
	check(t, &fieldDeprecated, []ruleCase{
		{name: "apparmor", text: pod(appArmor, "containers: [{name: a}]"), want: []string{
			"1: warning: annotation container.apparmor.security.beta.kubernetes.io/a is deprecated since Kubernetes 1.30"}},
		{name: "apparmor and field", text: pod(appArmor, "containers: [{name: a, securityContext: {appArmorProfile: {type: RuntimeDefault}}}]")},
		{name: "seccomp and field", text: pod("seccomp.security.alpha.kubernetes.io/pod: a", "securityContext: {seccompProfile: {type: RuntimeDefault}}")},
		{name: "class", text: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, annotations: {kubernetes.io/ingress.class: nginx}}}", want: []string{
			"1: warning: annotation kubernetes.io/ingress.class is deprecated"}},
		{name: "class of GKE", text: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, annotations: {kubernetes.io/ingress.class: gce}}}"},
		{name: "class twice", text: "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, annotations: {kubernetes.io/ingress.class: nginx}}, spec: {ingressClassName: nginx}}"},
		{name: "affinity", text: pod("", `topologySpreadConstraints: [{topologyKey: failure-domain.beta.kubernetes.io/zone}], affinity: {
nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: beta.kubernetes.io/arch}]}]},
preferredDuringSchedulingIgnoredDuringExecution: [{preference: {matchExpressions: [{key: node-role.kubernetes.io/master}]}}]},
podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: failure-domain.beta.kubernetes.io/region}]},
podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{podAffinityTerm: {topologyKey: failure-domain.beta.kubernetes.io/zone}}]}}`), want: []string{
			"1: warning: nodes have topology.kubernetes.io/zone instead of failure-domain.beta.kubernetes.io/zone",
			"2: warning: nodes have kubernetes.io/arch instead of beta.kubernetes.io/arch",
			"3: warning: nodes have node-role.kubernetes.io/control-plane instead of node-role.kubernetes.io/master",
			"4: warning: nodes have topology.kubernetes.io/region instead of failure-domain.beta.kubernetes.io/region",
			"5: warning: nodes have topology.kubernetes.io/zone instead of failure-domain.beta.kubernetes.io/zone",
		}},
		{name: "volumes", text: pod("", "volumes: [{name: a, emptyDir: {}}, {name: b, nfs: {}}, {name: c, rbd: {}}, {name: d, gitRepo: {}}]"), want: []string{
			"1: warning: gitRepo volumes are deprecated", "1: warning: rbd volumes are gone since Kubernetes 1.31: no pod with one starts"}},
		{name: "persistent", text: "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a, labels: {failure-domain.beta.kubernetes.io/zone: b}}, spec: {\ngcePersistentDisk: {}, nodeAffinity: {required: {nodeSelectorTerms: [{}]}}}}", want: []string{
			"1: warning: nodes have topology.kubernetes.io/zone instead of failure-domain.beta.kubernetes.io/zone", "2: warning: gcePersistentDisk volumes are deprecated"}},
		{name: "claim template", text: "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {volumeClaimTemplates: [{metadata: {annotations: {\nvolume.beta.kubernetes.io/storage-class: fast}}}]}}", want: []string{
			"2: warning: annotation volume.beta.kubernetes.io/storage-class is deprecated"}},
		{name: "class of storage", text: "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: a}, allowedTopologies: [{matchLabelExpressions: [{key: failure-domain.beta.kubernetes.io/zone}]}]}", want: []string{
			"1: warning: nodes have topology.kubernetes.io/zone instead of failure-domain.beta.kubernetes.io/zone"}},
	})
}
