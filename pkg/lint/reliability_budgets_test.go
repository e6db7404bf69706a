package lint

import "testing"

// budget is a PodDisruptionBudget with more fields in its spec, each ending in a comma.
func budget(name, spec string) string {
	return "---\n{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: " + name + "}, spec: {" + spec + " selector: {matchLabels: {app: web}}}}\n"
}

func TestBudgets(t *testing.T) {
	missing := []string{"2: warning: no PodDisruptionBudget is over the 2 pods"}
	check(t, &pdbMissing, []ruleCase{
		{name: "one replica", text: web("", "", "")},
		{name: "unset", text: web("", "", ""), options: map[string]any{"assume-replicas-unset": "many"}, want: []string{"2: warning: no PodDisruptionBudget is over the pods"}},
		{name: "scaled", text: web("", "", "") + webScaler, want: []string{"2: warning: no PodDisruptionBudget is over the 3 pods"}},
		{name: "other labels", text: web("replicas: 2,", "", "") + "---\n{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {selector: {matchLabels: {app: web, a: b}}}}", want: missing},
		{name: "other namespace", text: web("replicas: 2,", "", "") + "---\n{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a, namespace: b}, spec: {selector: {}}}", want: missing},
		{name: "of everything", text: web("replicas: 2,", "", "") + "---\n{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a, namespace: default}, spec: {selector: {}}}"},
		{name: "old version", text: web("replicas: 2,", "", "") + "---\n{apiVersion: policy/v1beta1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {selector: {matchLabels: {app: web}}}}"},
		{name: "in another file", world: Partial, text: web("replicas: 2,", "", "")},
		{name: "in this file", world: Partial, text: web("replicas: 2,", "", "") + "---\n{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {}}", want: missing},
		{name: "StatefulSet", text: workload("apps/v1", "StatefulSet", "replicas: 2,", "", ""), want: missing},
	})
	none := func(line, what string) []string {
		return []string{line + ": error: " + what + ": no pod may be evicted"}
	}
	check(t, &pdbBlocksEviction, []ruleCase{
		{name: "maxUnavailable 0", text: budget("a", "maxUnavailable: 0,"), want: none("2", "maxUnavailable is 0")},
		{name: "maxUnavailable 0 %", text: budget("a", "maxUnavailable: 0%,"), want: none("2", "maxUnavailable is 0%")},
		{name: "maxUnavailable 1 %", text: budget("a", "maxUnavailable: 1%,") + web("", "", "")},
		{name: "minAvailable 100 %", text: budget("a", "minAvailable: 100%,"), want: none("2", "minAvailable is 100%")},
		{name: "minAvailable without pods", text: budget("a", "minAvailable: 5,")},
		{name: "minAvailable 1 of 1", text: budget("a", "minAvailable: 1,") + web("", "", ""), want: none("2", "minAvailable is 1, and there may be only 1")},
		{name: "minAvailable 1 of 1 or many", text: budget("a", "minAvailable: 1,") + web("", "", ""), options: map[string]any{"assume-replicas-unset": "many"}},
		{name: "rounded up", text: budget("a", "minAvailable: 51%,") + web("replicas: 2,", "", ""), want: none("2", "minAvailable is 51%, and there may be only 2")},
		{name: "half", text: budget("a", "minAvailable: 50%,") + web("replicas: 2,", "", "")},
		{name: "autoscaler", text: budget("a", "minAvailable: 3,") + web("replicas: 9,", "", "") + webScaler, want: none("2", "minAvailable is 3, and there may be only 3")},
		{name: "two workloads", text: budget("a", "minAvailable: 2,") + web("replicas: 2,", "", "") + workload("apps/v1", "StatefulSet", "", "", "")},
		{name: "switched off", text: budget("a", "minAvailable: 1,") + web("replicas: 0,", "", "")},
		{name: "DaemonSet", text: budget("a", "minAvailable: 1,") + workload("apps/v1", "DaemonSet", "", "", "")},
		{name: "Pod", text: budget("a", "minAvailable: 1,") + "---\n{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: web}}, spec: {}}", want: none("2", "minAvailable is 1, and there may be only 1")},
		{name: "no number", text: budget("a", "minAvailable: some,") + web("", "", "")},
	})
	check(t, &pdbNoPolicy, []ruleCase{
		{name: "both", text: budget("a", "minAvailable: 1, maxUnavailable: 1,"), want: []string{"2: error: minAvailable and maxUnavailable are both set"}},
		{name: "unread", text: budget("a", "maxUnavailable: [],")},
	})
	check(t, &danglingPDB, []ruleCase{
		{name: "closed", world: Closed, text: budget("a", ""), want: []string{"2: error: no pods of namespace default match \"app=web\""}},
		{name: "partial", world: Partial, text: budget("a", "")},
		{name: "no selector", text: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {}}", want: []string{"1: warning: there is no selector, which selects no pods"}},
		{name: "no selector, closed", world: Closed, text: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {}}", want: []string{"1: error: there is no selector, which selects no pods"}},
		{name: "everything of nothing", text: "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {selector: {}}}", want: []string{"1: warning: namespace default has no pods"}},
		{name: "everything", text: "---\n{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: {selector: {}}}\n" + web("", "", "")},
		{name: "Rollout", text: budget("a", "") + workload("argoproj.io/v1alpha1", "Rollout", "", "", "")},
	})
	checkAcross(t, &danglingPDB, Closed, []External{{Kind: "Pod", Name: "operated-*"}}, nil, directory{"a", budget("operated-db", "")})
	check(t, &pdbOverlap, []ruleCase{
		{name: "two workloads, said once", text: budget("a", "") + budget("b", "") + web("", "", "") + workload("apps/v1", "StatefulSet", "", "", ""),
			want: []string{"4: error: the pods of Deployment/web are under PodDisruptionBudget a as well"}},
		{name: "the same twice", text: budget("a", "") + budget("a", "") + web("", "", "")},
		{name: "no pods", text: budget("a", "") + budget("b", "")},
	})
	check(t, &pdbUnhealthyEvictionPolicy, []ruleCase{
		{name: "chosen", text: budget("a", "unhealthyPodEvictionPolicy: IfHealthyBudget,")},
	})
}

func TestSelectors(t *testing.T) {
	set := func(kind, name, selector, labels string) string {
		return "---\n{apiVersion: apps/v1, kind: " + kind + ", metadata: {" + name + "}, spec: {selector: " + selector +
			", template: {metadata: {labels: " + labels + "}, spec: {containers: [{name: a}]}}}}\n"
	}
	const a, b = "{matchLabels: {app: a}}", "{matchLabels: {app: b}}"
	mismatch := []string{"2: error: the selector does not match the labels of the pods"}
	check(t, &selectorMismatch, []ruleCase{
		{name: "no selector", text: set("Deployment", "name: a", "null", "{app: a}"), want: []string{"2: error: there is no selector"}},
		{name: "unread selector", text: set("Deployment", "name: a", "a", "{app: a}")},
		{name: "no labels", text: set("DaemonSet", "name: a", a, "null"), want: mismatch},
		{name: "expression", text: set("Deployment", "name: a", "{matchExpressions: [{key: app, operator: NotIn, values: [a]}]}", "{app: a}"), want: mismatch},
		{name: "ReplicationController", text: "{apiVersion: v1, kind: ReplicationController, metadata: {name: a}, spec: {template: {metadata: {labels: {app: a}}, spec: {}}}}"},
		{name: "ReplicationController with selector", text: "---\n{apiVersion: v1, kind: ReplicationController, metadata: {name: a}, spec: {selector: {app: b}, template: {metadata: {labels: {app: a}}, spec: {}}}}", want: mismatch},
		{name: "Job", text: "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {}}}}"},
	})
	overlap := func(line, other string) []string {
		return []string{line + ": error: selects the pods of " + other + " as well"}
	}
	check(t, &selectorOverlap, []ruleCase{
		{name: "one way", text: set("Deployment", "name: a", a, "{app: a}") + set("DaemonSet", "name: b", "{matchLabels: {part: b}}", "{app: a, part: b}"), want: overlap("2", "DaemonSet/b")},
		{name: "three", text: set("Deployment", "name: a", a, "{app: a}") + set("Deployment", "name: b", a, "{app: a}") + set("StatefulSet", "name: c", a, "{app: a}"),
			want: append(overlap("4", "Deployment/a"), overlap("6", "Deployment/a")...)},
		{name: "apart", text: set("Deployment", "name: a", a, "{app: a}") + set("Deployment", "name: b", b, "{app: b}")},
		{name: "namespaces", text: set("Deployment", "name: a", a, "{app: a}") + set("Deployment", "name: b, namespace: b", a, "{app: a}")},
		{name: "the same twice", text: set("Deployment", "name: a", a, "{app: a}") + set("Deployment", "name: a", a, "{app: a}")},
		{name: "its own ReplicaSet", text: set("Deployment", "name: a", a, "{app: a}") +
			set("ReplicaSet", "name: b, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: a, uid: u}]", a, "{app: a}")},
		{name: "Job", text: set("Deployment", "name: a", a, "{app: a}") + "---\n{apiVersion: batch/v1, kind: Job, metadata: {name: b}, spec: {template: {metadata: {labels: {app: a}}, spec: {}}}}"},
		{name: "empty", text: set("Deployment", "name: a", "{}", "{app: a}") + set("Deployment", "name: b", b, "{app: b}")},
	})
	mutable := func(label string) []string { return []string{"2: warning: the selector contains " + label} }
	selects := func(label string) string {
		return set("Deployment", "name: a", "{matchLabels: {"+label+"}}", "{"+label+"}")
	}
	check(t, &selectorMutableLabel, []ruleCase{
		{name: "mesh", text: selects("version: v1")},
		{name: "release", text: selects("version: v1.2.3"), want: mutable("version: v1.2.3")},
		{name: "chart", text: selects("chart: web"), want: mutable("chart: web")},
		{name: "release in a name", text: selects("release: web-1.2.3"), want: mutable("release: web-1.2.3")},
		{name: "release name", text: selects("release: web-2")},
		{name: "date", text: selects("release: '20260714'"), want: mutable("release: 20260714")},
		{name: "commit", text: selects("commit: 1a2b3c4"), want: mutable("commit: 1a2b3c4")},
		{name: "word", text: selects("app: facade")},
		{name: "expression", text: set("Deployment", "name: a", "{matchExpressions: [{key: helm.sh/chart, operator: Exists}]}", "{helm.sh/chart: a}"), want: mutable("helm.sh/chart")},
		{name: "value of an expression", text: set("Deployment", "name: a", "{matchExpressions: [{key: build, operator: In, values: [v1.2.3, stable]}]}", "{build: v1.2.3}"), want: mutable("build: v1.2.3")},
		{name: "value that is not wanted", text: set("Deployment", "name: a", "{matchExpressions: [{key: build, operator: NotIn, values: [v1.2.3]}]}", "{build: a}")},
	})
}
