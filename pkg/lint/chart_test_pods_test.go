package lint

import "testing"

// testPod is the pod of a chart's test, with the labels of the app as helm create gives
// them.
const testPod = "---\n{apiVersion: v1, kind: Pod, metadata: {name: test, labels: {app: web}, annotations: {helm.sh/hook: test}}, spec: {containers: [{name: wget, image: busybox:1.36.1, env: [{name: A, value: $(B)}]}]}}\n"

// TestChartTests looks at chart tests as what they are: neither replicas of the app nor
// behind its Service.
func TestChartTests(t *testing.T) {
	const (
		named  = "---\n{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}}\n"
		budget = "---\n{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}\n"
		policy = "---\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: test}, spec: {podSelector: {matchLabels: {app: web}}}}\n"
		quota  = "---\n{apiVersion: v1, kind: ResourceQuota, metadata: {name: web}, spec: {hard: {pods: 1}}}\n"
	)
	app := web("", "", ", ports: [{name: http, containerPort: 80}]")
	check(t, &serviceSelectsSeveralWorkloads, []ruleCase{{name: "beside a test", text: named + app + testPod}})
	check(t, &serviceTargetPort, []ruleCase{{name: "beside a test", text: named + app + testPod}})
	check(t, &pdbBlocksEviction, []ruleCase{{name: "beside a test", text: budget + app + testPod, want: []string{"2: error: minAvailable is 1, and there may be only 1: no pod may be evicted"}}})
	check(t, &danglingNetworkPolicy, []ruleCase{{name: "for tests", text: policy + testPod}})
	check(t, &quotaViolation, []ruleCase{{name: "beside a test", text: quota + app + testPod}})
	check(t, &nakedPod, []ruleCase{{name: "test", text: testPod}})
	check(t, &noMemoryLimit, []ruleCase{{name: "test", text: testPod}})
	check(t, &danglingServiceAccount, []ruleCase{{name: "test", text: "{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {helm.sh/hook: 'test-success,pre-delete'}}, spec: {serviceAccountName: a}}"}})
	check(t, &envVarOrder, []ruleCase{{name: "test", text: testPod, want: []string{"2: warning: container wget: A refers to $(B), which is defined nowhere"}}})
}

// TestOwned leaves what a controller made of another object to that object.
func TestOwned(t *testing.T) {
	owned := func(apiVersion, kind, spec string) string {
		return "---\n{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: owned, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u}]}, spec: {" + spec + "}}\n"
	}
	replicaSet := owned("apps/v1", "ReplicaSet", "replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web:1}]}}")
	pod := owned("v1", "Pod", "containers: [{name: web, image: web:1}]")
	probed := web("", "", ", readinessProbe: {httpGet: {port: 80}}")
	check(t, &serviceSelectsSeveralWorkloads, []ruleCase{{name: "owned", text: webService + web("", "", "") + replicaSet + pod}})
	check(t, &noReadinessProbe, []ruleCase{{name: "owned", text: webService + probed + replicaSet + pod}})
	check(t, &noPodSpread, []ruleCase{{name: "owned", text: replicaSet}})
}
