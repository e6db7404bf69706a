package lint

import (
	"strings"
	"testing"
)

// scaler is an autoscaler called hpa of the Deployment web, with more fields in its
// spec, each beginning with a comma.
func scaler(spec string) string { return scalerOf("apps/v1", "Deployment", "web", spec) }

func scalerOf(apiVersion, kind, name, spec string) string {
	return "---\n{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: hpa}, spec: {scaleTargetRef: {apiVersion: " +
		apiVersion + ", kind: " + kind + ", name: " + name + "}" + spec + "}}\n"
}

// keda is a ScaledObject of the Deployment web.
func keda(metadata, spec string) string {
	return "---\n{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: keda" + metadata + "}, spec: {scaleTargetRef: {name: web}" + spec + "}}\n"
}

func usage(resource, percent string) string {
	return ", metrics: [{type: Resource, resource: {name: " + resource + ", target: {type: Utilization, averageUtilization: " + percent + "}}}]"
}

func usageOf(container, resource, percent string) string {
	return ", metrics: [{type: ContainerResource, containerResource: {container: " + container + ", name: " + resource +
		", target: {type: Utilization, averageUtilization: " + percent + "}}}]"
}

const noRequest = "container web has no cpu request, by which HorizontalPodAutoscaler hpa scales"

func TestAutoscalerTargets(t *testing.T) {
	dangling := "2: warning: there is no Deployment web"
	check(t, &danglingHPA, []ruleCase{
		{name: "open", text: scaler(""), want: []string{dangling}},
		{name: "closed", world: Closed, text: scaler(""), want: []string{strings.Replace(dangling, "warning", "error", 1)}},
		{name: "partial", world: Partial, text: scaler("")},
		{name: "partial with another Deployment", world: Partial, text: scaler("") + strings.ReplaceAll(web("", "", ""), "name: web", "name: api"), want: []string{dangling}},
		{name: "another namespace", text: strings.Replace(scaler(""), "name: hpa", "name: hpa, namespace: shop", 1) + web("", "", ""), want: []string{dangling}},
		{name: "default is no namespace", text: strings.Replace(scaler(""), "name: hpa", "name: hpa, namespace: default", 1) + web("", "", "")},
		{name: "Rollout", text: scalerOf("argoproj.io/v1alpha1", "Rollout", "web", "") + workload("argoproj.io/v1alpha1", "Rollout", "", "", "")},
		{name: "custom resource without pods", text: scalerOf("acme.com/v1", "Shop", "web", "") + "---\n{apiVersion: acme.com/v1, kind: Shop, metadata: {name: web}}\n"},
		{name: "no custom resource", text: scalerOf("acme.com/v1", "Shop", "web", ""), want: []string{"2: warning: there is no Shop web"}},
		{name: "old version of the group", text: scalerOf("apps/v1beta1", "Deployment", "web", "") + web("", "", "")},
		{name: "group without the kind", world: Partial, text: scalerOf("batch/v1", "StatefulSet", "web", ""), want: []string{"2: error: apiVersion batch/v1 has no StatefulSet"}},
		{name: "no group", text: scalerOf("v1", "Deployment", "web", "") + web("", "", ""), want: []string{"2: error: apiVersion v1 has no Deployment"}},
		{name: "no apiVersion", text: scalerOf(`""`, "Deployment", "web", "") + web("", "", ""), want: []string{"2: error: the core group, for want of an apiVersion, has no Deployment"}},
		{name: "ReplicationController", text: scalerOf("v1", "ReplicationController", "web", "") + "---\n{apiVersion: v1, kind: ReplicationController, metadata: {name: web}, spec: {}}\n"},
		{name: "not scalable is another rule's", text: scalerOf("apps/v1", "DaemonSet", "web", "")},
		{name: "ScaledObject", text: keda("", ""), want: []string{dangling}},
		{name: "ScaledObject with its target", text: keda("", "") + web("", "", "")},
		{name: "ScaledObject of a StatefulSet", text: strings.Replace(keda("", ""), "{name: web}", "{kind: StatefulSet, name: web}", 1) + workload("apps/v1", "StatefulSet", "", "", "")},
		{name: "unread", text: scalerOf("apps/v1", "Deployment", "1", "")},
		{name: "unknown version of the autoscaler", text: strings.Replace(scaler(""), "autoscaling/v2", "autoscaling/v99", 1), want: []string{dangling}},
	})
	check(t, &hpaTargetNotScalable, []ruleCase{
		{name: "CronJob", text: scalerOf("batch/v1", "CronJob", "a", ""), want: []string{"2: error: a CronJob has no replicas to scale"}},
		{name: "Pod", text: scalerOf("v1", "Pod", "a", ""), want: []string{"2: error: a Pod has no replicas to scale"}},
		{name: "old group", text: scalerOf("extensions/v1beta1", "DaemonSet", "a", ""), want: []string{"2: error: a DaemonSet has no replicas to scale"}},
		{name: "custom resource of that name", text: scalerOf("acme.com/v1", "Job", "a", "")},
		{name: "ScaledObject", text: strings.Replace(keda("", ""), "{name: web}", "{kind: DaemonSet, name: web}", 1), want: []string{"2: error: a DaemonSet has no replicas to scale"}},
	})
	rival := "4: error: HorizontalPodAutoscaler hpa scales Deployment web too"
	second := strings.Replace(scaler(""), "name: hpa", "name: hpa2", 1)
	check(t, &hpaDuplicateTarget, []ruleCase{
		{name: "two, target elsewhere", text: scaler("") + second, want: []string{rival}},
		{name: "ScaledObject", text: scaler("") + keda("", ""), want: []string{rival}},
		{name: "ScaledObject takes over", text: scaler("") + keda(`, annotations: {scaledobject.keda.sh/transfer-hpa-ownership: "true"}`, "")},
		{name: "made by the ScaledObject", text: strings.Replace(scaler(""), "name: hpa", "name: hpa, ownerReferences: [{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, name: keda, uid: u}]", 1) + keda("", "")},
		{name: "written twice", text: scaler("") + scaler("")},
		{name: "another kind", text: scaler("") + strings.Replace(second, "kind: Deployment", "kind: StatefulSet", 1)},
		{name: "another namespace", text: scaler("") + strings.Replace(second, "name: hpa2", "name: hpa2, namespace: shop", 1)},
	})
}

// vpa is a VerticalPodAutoscaler of the Deployment web.
func vpa(spec string) string {
	return "---\n{apiVersion: autoscaling.k8s.io/v1, kind: VerticalPodAutoscaler, metadata: {name: vpa}, spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}" + spec + "}}\n"
}

func TestVerticalAutoscaler(t *testing.T) {
	changes := []string{"2: error: VerticalPodAutoscaler vpa changes the cpu request by which it scales"}
	policy := func(entries string) string { return vpa(", resourcePolicy: {containerPolicies: [" + entries + "]}") }
	check(t, &hpaDuplicateTarget, []ruleCase{
		{name: "on the default metric", text: scaler("") + vpa(""), want: changes},
		{name: "v1 target", text: strings.Replace(scaler(", targetCPUUtilizationPercentage: 80"), "autoscaling/v2", "autoscaling/v1", 1) + vpa(""), want: changes},
		{name: "recreates", text: scaler(usage("cpu", "80")) + vpa(", updatePolicy: {updateMode: Recreate}"), want: changes},
		{name: "recommends", text: scaler(usage("cpu", "80")) + vpa(`, updatePolicy: {updateMode: "Off"}`)},
		{name: "at first", text: scaler(usage("cpu", "80")) + vpa(", updatePolicy: {updateMode: Initial}")},
		{name: "other resource", text: scaler(usage("cpu", "80")) + policy(`{containerName: "*", controlledResources: [memory]}`)},
		{name: "other resource of one container", text: scaler(usage("cpu", "80")) + policy(`{containerName: proxy, controlledResources: [memory]}`), want: changes},
		{name: "all containers have a policy", text: scaler(usage("cpu", "80")) + policy(`{containerName: web, mode: "Off"}`) + web("", "", "")},
		{name: "container of the metric", text: scaler(usageOf("web", "cpu", "80")) + policy(`{containerName: web, mode: "Off"}`)},
		{name: "amount, not percent", text: scaler(", metrics: [{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 1}}}]") + vpa("")},
		{name: "trigger of KEDA", text: keda("", `, triggers: [{type: kafka}, {type: cpu, metricType: Utilization, metadata: {value: "80"}}]`) + vpa(""), want: changes},
		{name: "trigger on something else", text: keda("", `, triggers: [{type: kafka, metadata: {value: "80"}}]`) + vpa("")},
	})
}

func TestTooHighTarget(t *testing.T) {
	trigger := func(fields string) string { return keda("", ", triggers: [{type: cron}, {"+fields+"}]") }
	check(t, &hpaTargetTooHigh, []ruleCase{
		{name: "at the limit", text: scaler(usage("cpu", "94"))},
		{name: "warning", text: scaler(usage("memory", "95")), want: []string{"2: warning: memory target is 95 %"}},
		{name: "of a container", text: scaler(usageOf("web", "cpu", "100")), want: []string{"2: error: cpu target is 100 %"}},
		{name: "v1", text: strings.Replace(scaler(", targetCPUUtilizationPercentage: 100"), "autoscaling/v2", "autoscaling/v1", 1), want: []string{"2: error: cpu target is 100 %"}},
		{name: "KEDA", text: trigger(`type: cpu, metricType: Utilization, metadata: {value: "100"}`), want: []string{"2: error: cpu target is 100 %"}},
		{name: "KEDA on memory", text: trigger(`type: memory, metricType: Utilization, metadata: {value: "95"}`), want: []string{"2: warning: memory target is 95 %"}},
		{name: "KEDA on a container", text: trigger(`type: cpu, metricType: Utilization, metadata: {value: "96", containerName: web}`), want: []string{"2: warning: cpu target is 96 %"}},
		{name: "KEDA before 2.18", text: trigger(`type: cpu, metadata: {type: Utilization, value: "100"}`), want: []string{"2: error: cpu target is 100 %"}},
		{name: "KEDA at the limit", text: trigger(`type: cpu, metricType: Utilization, metadata: {value: "94"}`)},
		{name: "KEDA by parameter", text: trigger(`type: cpu, metricType: Utilization, metadata: {value: "80"}`), options: map[string]any{"max": 75}, want: []string{"2: warning: cpu target is 80 %"}},
		{name: "KEDA by amount", text: trigger(`type: cpu, metricType: AverageValue, metadata: {value: "100"}`)},
		{name: "KEDA on something else", text: trigger(`type: kafka, metricType: Utilization, metadata: {value: "100"}`)},
		{name: "KEDA that cannot be read", text: trigger(`type: cpu, metricType: Utilization, metadata: {value: lots}`)},
	})
}

func TestAutoscalerBounds(t *testing.T) {
	check(t, &hpaMinReplicas, []ruleCase{
		{name: "unset", text: scaler(", maxReplicas: 3"), want: []string{"2: warning: minReplicas is not set, which is 1"}},
		{name: "zero", text: scaler(", minReplicas: 0, maxReplicas: 3"), want: []string{"2: warning: minReplicas is 0, which needs the feature gate HPAScaleToZero"}},
		{name: "by parameter", text: scaler(", minReplicas: 2, maxReplicas: 3"), options: map[string]any{"min": 3}, want: []string{"2: warning: minReplicas is 2"}},
		{name: "less by parameter", text: scaler(", maxReplicas: 3"), options: map[string]any{"min": 1}},
		{name: "unread", text: scaler(`, minReplicas: "1", maxReplicas: 3`)},
		{name: "ScaledObject", text: keda("", ", minReplicaCount: 0")},
	})
	check(t, &hpaMinEqualsMax, []ruleCase{
		{name: "max is less", text: scaler(", minReplicas: 3, maxReplicas: 2"), want: []string{"2: error: the maximum of 2 replicas is below the minimum of 3"}},
		{name: "min is unset", text: scaler(", maxReplicas: 1"), want: []string{"2: warning: the maximum of 1 replicas is also the minimum"}},
		{name: "max is unset", text: scaler(", minReplicas: 1")},
		{name: "min is unread", text: scaler(`, minReplicas: "1", maxReplicas: 1`)},
		{name: "ScaledObject", text: keda("", ", minReplicaCount: 2, maxReplicaCount: 2"), want: []string{"2: warning: the maximum of 2 replicas is also the minimum"}},
		{name: "ScaledObject that idles", text: keda("", ", idleReplicaCount: 0, minReplicaCount: 2, maxReplicaCount: 2")},
		{name: "ScaledObject without numbers", text: keda("", "")},
	})
	quota := func(hard, more string) string {
		return "---\n{apiVersion: v1, kind: ResourceQuota, metadata: {name: shop}, spec: {hard: {" + hard + "}" + more + "}}\n"
	}
	requests := web("", "", ", resources: {requests: {cpu: 500m}, limits: {memory: 1Gi}}")
	check(t, &hpaMaxCap, []ruleCase{
		{name: "at the cap", text: scaler(", maxReplicas: 5"), options: map[string]any{"max": 5}},
		{name: "above", text: scaler(", maxReplicas: 6"), options: map[string]any{"max": 5}, want: []string{"2: info: the maximum is 6 replicas, more than 5"}},
		{name: "quota that fits", text: scaler(", maxReplicas: 10") + requests + quota("cpu: 5, requests.memory: 10Gi, pods: 10", "")},
		{name: "quota", text: scaler(", maxReplicas: 10") + requests + quota("requests.cpu: 4, limits.memory: 9Gi, limits.cpu: 1, pods: 9", ""), want: []string{
			"2: warning: 10 replicas need more limits.memory than the 9Gi of ResourceQuota shop",
			"2: warning: 10 replicas need more pods than the 9 of ResourceQuota shop",
			"2: warning: 10 replicas need more requests.cpu than the 4 of ResourceQuota shop",
		}},
		{name: "quota with a scope", text: scaler(", maxReplicas: 10") + requests + quota("pods: 9", ", scopes: [BestEffort]")},
		{name: "quota elsewhere", text: scaler(", maxReplicas: 10") + requests + strings.Replace(quota("pods: 9", ""), "name: shop", "name: shop, namespace: shop", 1)},
	})
	check(t, &hpaStaticReplicas, []ruleCase{
		{name: "switched off", text: web("replicas: 0,", "", "") + scaler(""), want: []string{"2: warning: replicas is 0, which switches HorizontalPodAutoscaler hpa off"}},
		{name: "ScaledObject", text: web("replicas: 1,", "", "") + keda("", ""), want: []string{"2: warning: replicas is 1, but ScaledObject keda sets it"}},
		{name: "Rollout", text: workload("argoproj.io/v1alpha1", "Rollout", "replicas: 2,", "", "") + scalerOf("argoproj.io/v1alpha1", "Rollout", "web", ""),
			want: []string{"2: warning: replicas is 2, but HorizontalPodAutoscaler hpa sets it"}},
		{name: "unread", text: web(`replicas: "2",`, "", "") + scaler("")},
	})
}

func TestMissingRequest(t *testing.T) {
	bare := web("", "", "")
	limits := func(entry string) string {
		return "---\n{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{" + entry + "}]}}\n"
	}
	check(t, &hpaMissingRequest, []ruleCase{
		{name: "default metric", text: bare + scaler(""), want: []string{"2: error: " + noRequest}},
		{name: "default of a limit range", text: bare + scaler("") + limits("type: Container, default: {cpu: 1}")},
		{name: "limit range of pods", text: bare + scaler("") + limits("type: Pod, max: {cpu: 1}"), want: []string{"2: error: " + noRequest}},
		{name: "v1", text: bare + strings.Replace(scaler(""), "autoscaling/v2", "autoscaling/v1", 1), want: []string{"2: error: " + noRequest}},
		{name: "v1 with metrics of an annotation", text: bare + strings.NewReplacer("autoscaling/v2", "autoscaling/v1", "name: hpa",
			`name: hpa, annotations: {autoscaling.alpha.kubernetes.io/metrics: "[]"}`).Replace(scaler(""))},
		{name: "both resources, told once", text: bare + scaler(strings.Replace(usage("cpu", "70"), "]", ", "+usage("memory", "70")[len(", metrics: ["):], 1)) + strings.Replace(scaler(""), "name: hpa", "name: hpa2", 1),
			want: []string{"2: error: " + noRequest, "2: error: " + strings.Replace(noRequest, "cpu", "memory", 1)}},
		{name: "limit", text: web("", "", ", resources: {limits: {cpu: 1}}") + scaler("")},
		{name: "request of the pod", text: web("", "resources: {requests: {cpu: 1}},", "") + scaler("")},
		{name: "request of the pod is not the container's", text: web("", "resources: {requests: {cpu: 1}},", "") + scaler(usageOf("web", "cpu", "70")), want: []string{"2: error: " + noRequest}},
		{name: "amount", text: bare + scaler(", metrics: [{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 1}}}]")},
		{name: "only init", text: web("", "initContainers: [{name: a, image: a:1.0.0}],", ", resources: {requests: {cpu: 1}}") + scaler("")},
		{name: "sidecar", text: web("", "initContainers: [{name: a, image: a:1.0.0, restartPolicy: Always}],", ", resources: {requests: {cpu: 1}}") + scaler(""),
			want: []string{"2: error: " + strings.Replace(noRequest, "web", "a", 1)}},
		{name: "no such container", text: bare + scaler(usageOf("api", "cpu", "70")), want: []string{"4: error: Deployment web has no container api"}},
		{name: "unread request", text: web("", "", ", resources: {requests: {cpu: 1GB}}") + scaler("")},
		{name: "KEDA", text: bare + keda("", `, triggers: [{type: cpu, metricType: Utilization, metadata: {value: "80"}}]`),
			want: []string{"2: error: container web has no cpu request, by which ScaledObject keda scales"}},
		{name: "KEDA on a container", text: bare + keda("", `, triggers: [{type: cpu, metricType: Utilization, metadata: {value: "80", containerName: api}}]`),
			want: []string{"4: error: Deployment web has no container api"}},
		{name: "KEDA without cpu", text: bare + keda("", `, triggers: [{type: cron}]`)},
		{name: "metrics are unread", text: bare + scaler(", metrics: 1")},
	})
}

func TestUnreachableTarget(t *testing.T) {
	same := web("", "", ", resources: {limits: {cpu: 500m}}")
	double := web("", "", ", resources: {requests: {cpu: 500m}, limits: {cpu: 1}}")
	check(t, &hpaUnreachableTarget, []ruleCase{
		{name: "limit is the request", text: same + scaler(usage("cpu", "91")), want: []string{"4: error: cpu target is 91 %, but the limits of Deployment web hold usage at 100 %"}},
		{name: "just reachable", text: same + scaler(usage("cpu", "90"))},
		{name: "tolerance", text: same + scaler(usage("cpu", "95")+", behavior: {scaleUp: {tolerance: 50m}}")},
		{name: "twice the request", text: double + scaler(usage("cpu", "150"))},
		{name: "more than twice", text: double + scaler(usage("cpu", "182")), want: []string{"4: error: cpu target is 182 %, but the limits of Deployment web hold usage at 200 %"}},
		{name: "memory", text: web("", "", ", resources: {limits: {memory: 1Gi}}") + scaler(usage("memory", "95"))},
		{name: "a container without limit", text: web("", "initContainers: [{name: a, image: a:1.0.0, restartPolicy: Always, resources: {requests: {cpu: 1}}}],", ", resources: {limits: {cpu: 1}}") + scaler(usage("cpu", "95"))},
		{name: "the container", text: web("", "initContainers: [{name: a, image: a:1.0.0, restartPolicy: Always}],", ", resources: {limits: {cpu: 1}}") + scaler(usageOf("web", "cpu", "95")),
			want: []string{"4: error: cpu target is 95 %, but the limits of Deployment web hold usage at 100 %"}},
		{name: "nothing requested", text: web("", "", ", resources: {limits: {cpu: 0}}") + scaler(usage("cpu", "95"))},
		{name: "the pod's own", text: web("", "resources: {requests: {cpu: 1}, limits: {cpu: 1}},", "") + scaler(usage("cpu", "95")),
			want: []string{"4: error: cpu target is 95 %, but the limits of Deployment web hold usage at 100 %"}},
	})
}
