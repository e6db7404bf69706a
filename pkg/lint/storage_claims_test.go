package lint

import (
	"strings"
	"testing"
)

const (
	once, oncePod, manyNodes = "ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"
	atHostname               = "kubernetes.io/hostname"
)

// node is affinity to some nodes, by name.
func node(names string) string {
	return "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: " +
		atHostname + ", operator: In, values: [" + names + "]}]}]}}},"
}

// beside is affinity to the node of pods with a label app.
func beside(app string) string {
	return "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: " + atHostname +
		", labelSelector: {matchLabels: {app: " + app + "}}}]}},"
}

func TestSharedReplicas(t *testing.T) {
	shared := func(severity, mode string) []string {
		return []string{"2: " + severity + ": 2 replicas share claim data, which is " + mode}
	}
	two := web("replicas: 2,", claimVolume, "")
	check(t, &rwoSharedReplicas, []ruleCase{
		{name: "once", text: two + claim(once), want: shared("error", once)},
		{name: "pod", text: two + claim(oncePod), want: shared("error", oncePod)},
		{name: "both", text: two + claim(oncePod+", "+once), want: shared("error", once)},
		{name: "many too", text: two + claim(once+", "+manyNodes)},
		{name: "read only", text: two + claim("ReadOnlyMany")},
		{name: "no modes", text: two + claim("")},
		{name: "modes unread", text: two + strings.Replace(claim(once), "["+once+"]", once, 1)},
		{name: "not among the manifests", text: two},
		{name: "other namespace", text: two + strings.Replace(claim(once), "name: data", "name: data, namespace: shop", 1)},
		{name: "unset is one", text: web("", claimVolume, "") + claim(once)},
		{name: "readOnly", text: strings.Replace(two, "claimName: data", "claimName: data, readOnly: true", 1) + claim(once)},
		{name: "autoscaler is the other rule's", text: two + claim(once) + scaler(", maxReplicas: 9")},
		{name: "node by name", text: web("replicas: 2,", "nodeName: a,"+claimVolume, "") + claim(once), want: shared("info", once)},
		{name: "node by label", text: web("replicas: 2,", "nodeSelector: {"+atHostname+": a},"+claimVolume, "") + claim(once), want: shared("info", once)},
		{name: "one node", text: web("replicas: 2,", node("a")+claimVolume, "") + claim(once), want: shared("info", once)},
		{name: "two nodes", text: web("replicas: 2,", node("a, b")+claimVolume, "") + claim(once), want: shared("error", once)},
		{name: "its own node", text: web("replicas: 2,", beside("web")+claimVolume, "") + claim(once), want: shared("info", once)},
		{name: "node of another app", text: web("replicas: 2,", beside("db")+claimVolume, "") + claim(once), want: shared("error", once)},
		{name: "one pod on one node", text: web("replicas: 2,", "nodeName: a,"+claimVolume, "") + claim(oncePod), want: shared("error", oncePod)},
		{name: "StatefulSet", text: workload("apps/v1", "StatefulSet", "replicas: 2,", claimVolume, "") + claim(once), want: shared("error", once)},
		{name: "template of the name", text: workload("apps/v1", "StatefulSet", "replicas: 2, volumeClaimTemplates: [{metadata: {name: data}}],", claimVolume, "") + claim(once)},
		{name: "Rollout", text: workload("argoproj.io/v1alpha1", "Rollout", "replicas: 2,", claimVolume, "") + claim(once), want: shared("error", once)},
	})
	scaled := web("", claimVolume, "") + claim(once)
	check(t, &hpaRWO, []ruleCase{
		{name: "max", text: scaled + scaler(", maxReplicas: 2"), want: []string{"6: error: 2 replicas share claim data, which is ReadWriteOnce"}},
		{name: "max of one", text: scaled + scaler(", maxReplicas: 1")},
		{name: "no claim", text: web("", "", "") + scaler(", maxReplicas: 2")},
		{name: "on one node", text: web("", "nodeName: a,"+claimVolume, "") + claim(once) + scaler(", maxReplicas: 2"),
			want: []string{"6: info: 2 replicas share claim data, which is ReadWriteOnce"}},
		{name: "ScaledObject", text: scaled + keda("", ""), want: []string{"6: error: 100 replicas share claim data, which is ReadWriteOnce"}},
		{name: "no target", text: scaler(", maxReplicas: 2")},
	})
}

func TestRollingUpdateOfClaim(t *testing.T) {
	hangs := func(severity, mode string) []string {
		return []string{"2: " + severity + ": the new pod needs claim data, which is " + mode + ", before the old one is gone"}
	}
	check(t, &rwoRollingUpdate, []ruleCase{
		{name: "by default", text: web("", claimVolume, "") + claim(once), want: hangs("warning", once)},
		{name: "one pod", text: web("replicas: 1,", claimVolume, "") + claim(oncePod), want: hangs("error", oncePod)},
		{name: "one pod on one node", text: web("", "nodeName: a,"+claimVolume, "") + claim(oncePod), want: hangs("error", oncePod)},
		{name: "one node", text: web("", "nodeName: a,"+claimVolume, "") + claim(once)},
		{name: "takes the old one away", text: web("strategy: {rollingUpdate: {maxUnavailable: 1}},", claimVolume, "") + claim(once)},
		{name: "no surge", text: web("strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}},", claimVolume, "") + claim(once)},
		{name: "Recreate", text: web("strategy: {type: Recreate},", claimVolume, "") + claim(once)},
		{name: "two replicas", text: web("replicas: 2,", claimVolume, "") + claim(once)},
		{name: "no replicas", text: web("replicas: 0,", claimVolume, "") + claim(once)},
		{name: "replicas unread", text: web(`replicas: "2",`, claimVolume, "") + claim(once)},
		{name: "strategy unread", text: web("strategy: Recreate,", claimVolume, "") + claim(once)},
		{name: "scaled", text: web("", claimVolume, "") + claim(once) + scaler(", maxReplicas: 3")},
		{name: "claim of many", text: web("", claimVolume, "") + claim(manyNodes)},
		{name: "unknown claim", text: web("", claimVolume, "")},
	})
}

func TestSharedWorkloads(t *testing.T) {
	app := web("", claimVolume, "")
	other := func(spec, pod string) string {
		named := strings.NewReplacer("name: web}, spec", "name: api}, spec", "app: web", "app: api")
		return strings.Replace(named.Replace(web(spec, claimVolume, "")), "volumes:", pod+"volumes:", 1)
	}
	shared := []string{"4: warning: Deployment web mounts claim data too, which is ReadWriteOnce"}
	check(t, &rwoSharedWorkloads, []ruleCase{
		{name: "two", text: app + other("", "") + claim(once), want: shared},
		{name: "many nodes", text: app + other("", "") + claim(manyNodes)},
		{name: "unknown claim", text: app + other("", "")},
		{name: "written twice", text: app + app + claim(once)},
		{name: "switched off", text: app + other("replicas: 0,", "") + claim(once)},
		{name: "the first is switched off", text: web("replicas: 0,", claimVolume, "") + other("", "") + claim(once)},
		{name: "beside the first", text: app + other("", beside("web")) + claim(once)},
		{name: "the first beside it", text: web("", beside("api")+claimVolume, "") + other("", "") + claim(once)},
		{name: "one is held to a node", text: app + other("", "nodeName: a,") + claim(once), want: shared},
		{name: "both are", text: web("", "nodeName: a,"+claimVolume, "") + other("", "nodeName: a,") + claim(once)},
		{name: "hook", text: app + strings.Replace(other("", ""), "name: api}", "name: api, annotations: {helm.sh/hook: pre-upgrade}}", 1) + claim(once)},
		{name: "three", text: app + other("", "") + strings.ReplaceAll(other("", ""), "api}", "cron}") + claim(once),
			want: append(shared, "6: warning: Deployment web mounts claim data too, which is ReadWriteOnce")},
	})
}

func TestDanglingClaim(t *testing.T) {
	mounts := func(name string) string {
		return web("", strings.Replace(claimVolume, "claimName: data", "claimName: "+name, 1), "")
	}
	set := workload("apps/v1", "StatefulSet", "volumeClaimTemplates: [{metadata: {name: data}}],", claimVolume, "")
	check(t, &danglingPVC, []ruleCase{
		{name: "open", text: mounts("data"), want: []string{"2: warning: there is no PersistentVolumeClaim data"}},
		{name: "closed", world: Closed, text: mounts("data"), want: []string{"2: error: there is no PersistentVolumeClaim data"}},
		{name: "partial", world: Partial, text: mounts("data")},
		{name: "partial with a claim", world: Partial, text: mounts("datum") + claim(once), want: []string{"2: warning: there is no PersistentVolumeClaim datum"}},
		{name: "made by a StatefulSet", text: mounts("data-web-0") + set},
		{name: "no number", text: mounts("data-web") + set, want: []string{"2: warning: there is no PersistentVolumeClaim data-web"}},
		{name: "of another set", text: mounts("data-db-0") + set, want: []string{"2: warning: there is no PersistentVolumeClaim data-db-0"}},
		{name: "DataVolume", text: mounts("data") + "---\n{apiVersion: cdi.kubevirt.io/v1beta1, kind: DataVolume, metadata: {name: data}}\n"},
		{name: "ephemeral", text: web("", "volumes: [{name: data, ephemeral: {volumeClaimTemplate: {spec: {}}}}],", "")},
		{name: "chart test", text: strings.Replace(mounts("data"), "name: web}, spec", "name: web, annotations: {helm.sh/hook: test}}, spec", 1)},
		{name: "CronJob", text: "---\n{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {jobTemplate: {spec: {template: {spec: {" +
			strings.TrimSuffix(claimVolume, ",") + "}}}}}}\n", want: []string{"2: warning: there is no PersistentVolumeClaim data"}},
	})
}
