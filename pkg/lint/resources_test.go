package lint

import (
	"testing"
)

const (
	podHead = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {"
	podTail = "}}\n"
)

// containers is a Pod of these containers.
func containers(list string) string { return podHead + "containers: [" + list + "]" + podTail }

// resources is a Pod of one container with these resources.
func resources(text string) string { return containers("{name: a, resources: {" + text + "}}") }

func TestUnsetResources(t *testing.T) {
	limitRange := func(fields string) string {
		return "---\n{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: Container, " + fields + "}]}}\n"
	}
	check(t, &noCPURequest, []ruleCase{
		{name: "zero", text: resources("requests: {cpu: 0}"), want: []string{"1: warning: container a has no cpu request"}},
		{name: "limit", text: resources("limits: {cpu: 1}")},
		{name: "pod", text: podHead + "resources: {requests: {cpu: 1}}, containers: [{name: a}]" + podTail},
		{name: "pod limit", text: podHead + "resources: {limits: {cpu: 1}}, containers: [{name: a}]" + podTail},
		{name: "default", text: containers("{name: a}") + limitRange("defaultRequest: {cpu: 1}")},
		{name: "other default", text: containers("{name: a}") + limitRange("defaultRequest: {memory: 1Gi}"), want: []string{"1: warning: container a has no cpu request"}},
		{name: "init", text: podHead + "initContainers: [{name: a}, {name: b, restartPolicy: Always}], ephemeralContainers: [{name: c}]" + podTail, want: []string{
			"1: info: container a has no cpu request", "1: warning: container b has no cpu request"}},
		{name: "test", text: "{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {helm.sh/hook: test}}, spec: {containers: [{name: a}]}}"},
		{name: "unread", text: containers("{name: a, resources: {requests: {cpu: 1x}}}, {name: b, resources: {limits: {cpu: 1x}}}, {name: c, resources: 1}")},
	})
	check(t, &noMemoryRequest, []ruleCase{
		{name: "unset", text: resources("requests: {cpu: 1}"), want: []string{"1: warning: container a has no memory request"}},
	})
	check(t, &noMemoryLimit, []ruleCase{
		{name: "zero", text: resources("limits: {memory: 0}"), want: []string{"1: warning: container a has no memory limit"}},
		{name: "request", text: resources("requests: {memory: 1Gi}"), want: []string{"1: warning: container a has no memory limit"}},
		{name: "default of a request", text: containers("{name: a}") + limitRange("defaultRequest: {memory: 1Gi}"), want: []string{"1: warning: container a has no memory limit"}},
		{name: "most", text: containers("{name: a}") + limitRange("max: {memory: 1Gi}")},
	})
}

func TestThrottling(t *testing.T) {
	check(t, &cpuLimitThrottling, []ruleCase{
		{name: "patient probe", text: containers("{name: a, resources: {limits: {cpu: 50m}}, livenessProbe: {timeoutSeconds: 5}}")},
		{name: "startup", text: containers("{name: a, resources: {limits: {cpu: 50m}}, startupProbe: {timeoutSeconds: 1}}"), want: []string{
			"1: info: container a: a CPU limit of 50m, and startupProbe times out after a second"}},
		{name: "threads", text: containers("{name: a, resources: {limits: {cpu: 1500m}}, env: [{name: GOMAXPROCS, value: '8'}, {name: OMP_NUM_THREADS, value: '2'}]}"), want: []string{
			"1: info: container a: a CPU limit of 1500m for the 8 threads of GOMAXPROCS"}},
		{name: "runtime", options: map[string]any{"runtimes": []string{"*/jre=500m", "*/jdk=500m", "broken"}}, text: containers("{name: a, image: 'acme/jre:21', resources: {limits: {cpu: 250m}}}"), want: []string{
			"1: info: container a: a CPU limit of 250m, below 500m of */jre"}},
		{name: "none", text: containers("{name: a, livenessProbe: {}}")},
	})
}

func TestRequestsAndLimits(t *testing.T) {
	check(t, &requestsExceedLimits, []ruleCase{
		{name: "units", text: resources("requests: {memory: 1024Mi, cpu: 1000m}, limits: {memory: 1Gi, cpu: 1}")},
		{name: "pod", text: podHead + "resources: {requests: {cpu: 2}, limits: {cpu: 1}}" + podTail, want: []string{"1: error: the pods: the cpu request 2 is above the limit 1"}},
		{name: "huge pages", text: resources("requests: {hugepages-2Mi: 2Mi, acme.com/gpu: 1}, limits: {hugepages-2Mi: 4Mi}"), want: []string{
			"1: error: container a: the acme.com/gpu request has no limit", "1: error: container a: the hugepages-2Mi request 2Mi has to be the limit 4Mi"}},
		{name: "unread", text: resources("requests: {cpu: 2}, limits: {cpu: 1x}")},
	})
	check(t, &requestsNotEqualLimits, []ruleCase{
		{name: "limits alone", text: resources("limits: {cpu: 1, memory: 1Gi}")},
		{name: "missing", text: resources("requests: {cpu: 1, memory: 1Gi}, limits: {memory: 1Gi}"), want: []string{"1: warning: container a has no cpu limit"}},
		{name: "parameter", options: map[string]any{"resources": []string{"ephemeral-storage"}}, text: resources("requests: {ephemeral-storage: 1Gi}, limits: {ephemeral-storage: 2Gi}"), want: []string{
			"1: warning: container a requests 1Gi of ephemeral-storage, and its limit is 2Gi"}},
	})
	check(t, &memoryOvercommit, []ruleCase{
		{name: "twice", text: resources("requests: {memory: 1Gi}, limits: {memory: 2Gi}")},
		{name: "parameter", options: map[string]any{"percent": 100}, text: resources("requests: {memory: 1Gi}, limits: {memory: 2Gi}"), want: []string{
			"1: info: container a: the limit 2Gi is 200 % of the request 1Gi"}},
		{name: "no request", text: resources("limits: {memory: 2Gi}")},
	})
	check(t, &resourceRange, []ruleCase{
		{name: "range", options: map[string]any{"ranges": []string{"limits.cpu 100m..2", "Deployment limits.cpu ..1", "requests.cpu 1.."}}, text: resources("limits: {cpu: 3}, requests: {cpu: 50m}"), want: []string{
			"1: warning: container a: 3 of cpu in limits, and the most is 2", "1: warning: container a: 50m of cpu in requests, and the least is 1"}},
		{name: "wrong", options: map[string]any{"ranges": []string{"cpu 1..2", "limits.cpu 1..x", ""}}, text: resources("")},
	})
}

func TestQuantities(t *testing.T) {
	check(t, &quantitySuspicious, []ruleCase{
		{name: "small", text: resources("requests: {memory: 2Mi}, limits: {memory: 3Mi}"), want: []string{
			"1: error: container a: 3Mi of memory is less than 4Mi", "1: warning: container a: 2Mi of memory is less than 4Mi"}},
		{name: "zero", text: resources("requests: {memory: 0}, limits: {cpu: 0}")},
		{name: "thousandths of a byte", text: resources("limits: {memory: 1000m, ephemeral-storage: 100m}"), want: []string{
			"1: error: container a: 1 of memory is less than 1Mi", "1: error: container a: 100m of ephemeral-storage is a fraction of a byte"}},
		{name: "huge", text: resources("limits: {memory: 9223372036854775807, ephemeral-storage: 8Ei}")},
		{name: "many CPUs", text: resources("limits: {cpu: 500, memory: 4Ti}"), want: []string{"1: warning: container a: 500 CPUs"}},
		{name: "beside", text: containers("{name: a, resources: {requests: {cpu: 100}}}, {name: b, resources: {requests: {cpu: 50m}}}"), want: []string{
			"1: warning: container a: 100 CPUs, beside a container that counts in thousandths"}},
		{name: "whole with little memory", text: resources("requests: {cpu: 100, memory: 128Mi}"), want: []string{"1: warning: container a: 100 CPUs, with less than 2Gi of memory"}},
		{name: "whole with much memory", text: resources("requests: {cpu: 64, memory: 128Gi}")},
		{name: "big container with a proxy", text: containers("{name: a, resources: {requests: {cpu: 16, memory: 32Gi}}}, {name: b, resources: {requests: {cpu: 50m}}}")},
		{name: "alone", text: resources("requests: {cpu: 100m}, limits: {cpu: 16}")},
		{name: "units", text: resources("requests: {memory: 512Mi}, limits: {memory: 1G}"), want: []string{
			"1: info: container a: the request 512Mi and the limit 1G count in different units"}},
		{name: "storage", text: "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {resources: {requests: {storage: 500m}}}}", want: []string{
			"1: error: 500m of storage is a fraction of a byte"}},
		{name: "claim template", text: "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {volumeClaimTemplates: [{spec: {resources: {requests: {storage: 500m}}}}]}}", want: []string{
			"1: error: 500m of storage is a fraction of a byte"}},
		{name: "emptyDir", text: podHead + "volumes: [{name: a, emptyDir: {sizeLimit: 100m}}]" + podTail, want: []string{"1: error: 100m is a fraction of a byte"}},
	})
}

func TestLimitRange(t *testing.T) {
	limited := func(limits, resource string) string {
		return "{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: Pod, max: {cpu: 1m}}, {type: Container, " + limits + "}]}}\n---\n" + resources(resource)
	}
	check(t, &limitrangeViolation, []ruleCase{
		{name: "least", text: limited("min: {cpu: 100m}", "requests: {cpu: 50m}"), want: []string{"3: error: container a: 50m of cpu in requests, and the least here is 100m"}},
		{name: "default", text: limited("default: {cpu: 1}", "requests: {cpu: 2}"), want: []string{"3: error: container a: 2 of cpu in requests, above the limit 1 that it gets here"}},
		{name: "ratio", text: limited("maxLimitRequestRatio: {cpu: 2}", "requests: {cpu: 100m}, limits: {cpu: 1}"), want: []string{
			"3: error: container a: the limit of cpu is 10.0 times the request, and here it may be 2 times"}},
		{name: "fits", text: limited("min: {cpu: 50m}, max: {cpu: 1}, default: {cpu: 1}, maxLimitRequestRatio: {cpu: 10}", "requests: {cpu: 100m}, limits: {cpu: 1}")},
		{name: "unset", text: limited("min: {cpu: 50m}, max: {cpu: 1}", "")},
		{name: "other namespace", text: "{apiVersion: v1, kind: LimitRange, metadata: {name: a, namespace: b}, spec: {limits: [{type: Container, max: {cpu: 1}}]}}\n---\n" + resources("limits: {cpu: 2}")},
	})
}

func TestQuota(t *testing.T) {
	quota := func(spec string) string {
		return "{apiVersion: v1, kind: ResourceQuota, metadata: {name: a}, spec: {" + spec + "}}\n---\n"
	}
	replicas := func(n, resources string) string {
		return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: " + n + ", template: {spec: {containers: [{name: a, resources: {" + resources + "}}]}}}}\n"
	}
	check(t, &quotaViolation, []ruleCase{
		{name: "limits", text: quota("hard: {limits.memory: 1Gi, cpu: 1, services: 0}") + replicas("1", "requests: {memory: 1Mi}"), want: []string{
			"3: error: container a has no cpu request, which the quota demands", "3: error: container a has no memory limit, which the quota demands"}},
		{name: "limit for request", text: quota("hard: {requests.cpu: 1}") + replicas("1", "limits: {cpu: 1}")},
		{name: "scopes", text: quota("hard: {requests.cpu: 1}, scopes: [BestEffort]") + replicas("5", "")},
		{name: "default", text: quota("hard: {requests.cpu: 1}") + "{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: Container, max: {cpu: 1}}]}}\n---\n" + replicas("1", "")},
		{name: "sum", text: quota("hard: {requests.cpu: 1, limits.memory: 1Gi, pods: 10}") + replicas("3", "requests: {cpu: 400m}, limits: {memory: 512Mi}"), want: []string{
			"1: warning: 3 pods have 1200m of cpu in requests, and the quota is 1", "1: warning: 3 pods have 1536Mi of memory in limits, and the quota is 1Gi"}},
		{name: "sum of others", text: quota("hard: {requests.nvidia.com/gpu: 2, ephemeral-storage: 1Gi, hugepages-2Mi: 1Gi, requests.storage: 1, services.nodeports: 0, count/deployments.apps: 0}") +
			replicas("3", "requests: {cpu: 1, memory: 1Gi, ephemeral-storage: 512Mi}, limits: {nvidia.com/gpu: 1}"), want: []string{
			"1: warning: 3 pods have 1536Mi of ephemeral-storage in requests, and the quota is 1Gi", "1: warning: 3 pods have 3 of nvidia.com/gpu in requests, and the quota is 2"}},
		{name: "others are not demanded", text: quota("hard: {requests.nvidia.com/gpu: 2, requests.ephemeral-storage: 1Gi}") + replicas("3", "")},
		{name: "count of pods", text: quota("hard: {count/pods: 2}") + replicas("3", ""), want: []string{"1: warning: the namespace has 3 pods, and the quota is 2"}},
		{name: "pods", text: quota("hard: {pods: 2}") + replicas("3", ""), want: []string{"1: warning: the namespace has 3 pods, and the quota is 2"}},
		{name: "autoscaled", text: quota("hard: {pods: 2}") + replicas("1", "") + "---\n{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, minReplicas: 4, maxReplicas: 5}}", want: []string{
			"1: warning: the namespace has 4 pods, and the quota is 2"}},
	})
}
