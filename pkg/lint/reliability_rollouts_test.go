package lint

import "testing"

func TestRollouts(t *testing.T) {
	allDown := []string{"2: warning: a rollout takes down every pod behind Service web at once"}
	rolling := func(bounds string) string { return "strategy: {rollingUpdate: {" + bounds + "}}," }
	check(t, &rolloutTakesAllDown, []ruleCase{
		{name: "default", text: web("", "", "") + webService},
		{name: "one of one", text: web(rolling("maxUnavailable: 1"), "", "") + webService, want: allDown},
		{name: "one of one or many", text: web(rolling("maxUnavailable: 1"), "", "") + webService, options: map[string]any{"assume-replicas-unset": "many"}},
		{name: "one of one with a volume", text: web(rolling("maxUnavailable: 1"), claimVolume, "") + webService},
		{name: "one of many", text: web(rolling("maxUnavailable: 1"), "", "") + webService + webScaler},
		{name: "one of one of KEDA", text: web(rolling("maxUnavailable: 1"), "", "") + webService + keda("", ""), want: allDown},
		{name: "one of none of KEDA", text: web(rolling("maxUnavailable: 1"), "", "") + webService + keda("", ", minReplicaCount: 0")},
		{name: "three of three", text: web(rolling("maxUnavailable: 3"), "", "") + webService + webScaler, want: allDown},
		{name: "all but a rest", text: web("replicas: 3,"+rolling("maxUnavailable: 99%"), "", "") + webService},
		{name: "all", text: web("replicas: 3,"+rolling("maxUnavailable: 100%"), "", "") + webService, want: allDown},
		{name: "both rounded to nothing", text: web(rolling("maxSurge: 0, maxUnavailable: 25%"), "", "") + webService, want: allDown},
		{name: "no percentage", text: web(rolling("maxUnavailable: a"), "", "") + webService},
		{name: "switched off", text: web("replicas: 0,"+rolling("maxUnavailable: 1"), "", "") + webService},
		{name: "no Service", text: web(rolling("maxUnavailable: 1"), "", "")},
		{name: "StatefulSet", text: workload("apps/v1", "StatefulSet", "replicas: 3, updateStrategy: {rollingUpdate: {maxUnavailable: 67%}},", "", "") + webService, want: allDown},
		{name: "StatefulSet of one", text: workload("apps/v1", "StatefulSet", "updateStrategy: {rollingUpdate: {maxUnavailable: 1}},", "", "") + webService},
		{name: "DaemonSet", text: workload("apps/v1", "DaemonSet", "updateStrategy: {rollingUpdate: {maxUnavailable: 100%}},", "", "") + webService, want: allDown},
		{name: "DaemonSet by number", text: workload("apps/v1", "DaemonSet", "updateStrategy: {rollingUpdate: {maxUnavailable: 10}},", "", "") + webService},
	})
	apart := `affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}},`
	bothZero := []string{"2: error: maxUnavailable and maxSurge are both 0"}
	check(t, &rolloutCannotProgress, []ruleCase{
		{name: "percent", text: web(rolling("maxSurge: 0%, maxUnavailable: 0"), "", ""), want: bothZero},
		{name: "surge by default", text: web(rolling("maxUnavailable: 0"), "", "")},
		{name: "rounded to nothing", text: web(rolling("maxSurge: 0, maxUnavailable: 1%"), "", "")},
		{name: "DaemonSet", text: workload("apps/v1", "DaemonSet", "updateStrategy: {rollingUpdate: {maxUnavailable: 0}},", "", ""), want: bothZero},
		{name: "DaemonSet with surge", text: workload("apps/v1", "DaemonSet", "updateStrategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}},", "", "")},
		{name: "apart", text: web("replicas: 3,", apart, ""), want: []string{"2: info: no two pods share a node, and none may be taken away: with 3 replicas a rollout needs 4 nodes"}},
		{name: "apart, one may go", text: web("replicas: 4,", apart, "")},
	})
	check(t, &recreateStrategy, []ruleCase{
		{name: "no Service", text: web("strategy: {type: Recreate},", "", "")},
		{name: "claim of one node", text: web("strategy: {type: Recreate},", claimVolume, "") + webService + claim("ReadWriteOncePod")},
		{name: "claim of many nodes", text: web("strategy: {type: Recreate},", claimVolume, "") + webService + claim("ReadWriteMany"), want: []string{"2: warning: strategy is Recreate, behind Service web"}},
		{name: "disk", text: web("strategy: {type: Recreate},", "volumes: [{name: a, gcePersistentDisk: {pdName: a}}],", "") + webService},
		{name: "OnDelete", text: workload("apps/v1", "StatefulSet", "updateStrategy: {type: OnDelete},", "", "") + webService, want: []string{"2: info: updateStrategy is OnDelete, behind Service web"}},
	})
}

func TestSpread(t *testing.T) {
	constraint := func(fields string) string {
		return "topologySpreadConstraints: [{topologyKey: kubernetes.io/hostname, maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, " + fields + "}],"
	}
	anti := func(term string) string {
		return "affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {" + term + "}}]}},"
	}
	const own, other = "labelSelector: {matchLabels: {app: web}}", "labelSelector: {matchLabels: {app: api}}"
	unspread := []string{"2: info: nothing spreads the replicas over nodes or zones"}
	check(t, &noPodSpread, []ruleCase{
		{name: "one", text: web("", "", "")},
		{name: "DaemonSet", text: workload("apps/v1", "DaemonSet", "", "", "")},
		{name: "scaled", text: web("", "", "") + webScaler, want: unspread},
		{name: "anti-affinity by zone", text: web("replicas: 2,", anti("topologyKey: topology.kubernetes.io/zone, "+own), "")},
		{name: "another key", text: web("replicas: 2,", anti("topologyKey: rack, "+own), ""), want: unspread},
		{name: "another key by parameter", text: web("replicas: 2,", anti("topologyKey: rack, "+own), ""), options: map[string]any{"keys": []string{"rack"}}},
		{name: "another namespace", text: "---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: a}, spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {" +
			anti("namespaces: [b], topologyKey: kubernetes.io/hostname, "+own) + " containers: [{name: a}]}}}}", want: unspread},
		{name: "left to spread-selector-mismatch", text: web("replicas: 2,", constraint(other), "")},
		{name: "left to spread-constraint-invalid", text: web("replicas: 2,", constraint(""), "")},
	})
	check(t, &spreadSelectorMismatch, []ruleCase{
		{name: "anti-affinity", text: web("replicas: 2,", anti("topologyKey: kubernetes.io/hostname, "+other), ""), want: []string{"2: warning: anti-affinity does not select the pods' own labels"}},
		{name: "anti-affinity without selector", text: web("replicas: 2,", anti("topologyKey: kubernetes.io/hostname"), ""), want: []string{"2: warning: anti-affinity has no labelSelector, and selects no pod"}},
		{name: "everything", text: web("replicas: 2,", anti("topologyKey: kubernetes.io/hostname, labelSelector: {}"), "")},
		{name: "expression", text: web("replicas: 2,", anti("topologyKey: kubernetes.io/hostname, labelSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}"), "")},
		{name: "others on purpose", text: web("replicas: 2,", constraint(own)+anti("topologyKey: kubernetes.io/hostname, "+other), "")},
		{name: "one pod", text: web("", anti("topologyKey: kubernetes.io/hostname, "+other), "")},
	})
	check(t, &spreadConstraintInvalid, []ruleCase{
		{name: "minDomains", text: web("", constraint("minDomains: 2, "+own), ""), want: []string{"2: error: minDomains needs whenUnsatisfiable: DoNotSchedule"}},
		{name: "no minDomains", text: web("", constraint("minDomains: 0, "+own), ""), want: []string{"2: error: minDomains is 0 and must be at least 1"}},
		{name: "empty", text: web("", "topologySpreadConstraints: [{"+own+"}],", ""), want: []string{
			"2: error: maxSkew is 0 and must be at least 1", "2: error: topologyKey is empty", `2: error: whenUnsatisfiable is "" and must be DoNotSchedule or ScheduleAnyway`,
		}},
		{name: "unread", text: web("", "topologySpreadConstraints: [{topologyKey: a, maxSkew: a, whenUnsatisfiable: DoNotSchedule, "+own+"}],", "")},
	})
}
