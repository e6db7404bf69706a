package lint

// celFormsOfObjects are about objects that make no pods, and about Jobs, by the id of
// the rule.
var celFormsOfObjects = map[string]CELForm{
	"cronjob-deadline": {
		Kinds:      []string{"CronJob.batch"},
		Expression: `object.spec.?startingDeadlineSeconds.orValue(0) >= 10`,
	},
	"hpa-min-equals-max": {
		Kinds:      []string{"HorizontalPodAutoscaler.autoscaling"},
		Expression: `object.spec.maxReplicas > object.spec.?minReplicas.orValue(1)`,
	},
	"hpa-target-too-high": {
		Kinds: []string{"HorizontalPodAutoscaler.autoscaling"},
		Expression: `object.spec.?metrics.orValue([]).all(m, m.?resource.?target.?averageUtilization.orValue(0) <= 94 && ` +
			`m.?containerResource.?target.?averageUtilization.orValue(0) <= 94)`,
	},
	"ingress-no-class": {
		Kinds:      []string{"Ingress.networking.k8s.io"},
		Expression: `has(object.spec.ingressClassName) != ('kubernetes.io/ingress.class' in variables.annotations)`,
	},
	"job-ttl": {
		Kinds:      []string{"CronJob.batch", "Job.batch"},
		Expression: `variables.isHook || has(object.spec.jobTemplate) != has(variables.jobSpec.ttlSecondsAfterFinished)`,
	},
	"job-unbounded": {
		Kinds: []string{"CronJob.batch", "Job.batch"},
		Expression: `has(variables.jobSpec.activeDeadlineSeconds) || has(variables.podSpec.activeDeadlineSeconds) || ` +
			`variables.podSpec.?restartPolicy.orValue('') != 'OnFailure' && variables.jobSpec.?backoffLimit.orValue(6) <= 20`,
	},
	"networkpolicy-rules-ignored": {
		Kinds: []string{networkPolicyKind},
		Expression: `!has(object.spec.policyTypes) || (!has(object.spec.egress) || 'Egress' in object.spec.policyTypes) && ` +
			`(!has(object.spec.ingress) || 'Ingress' in object.spec.policyTypes)`,
	},
	"pdb-no-policy": {
		Kinds:      []string{"PodDisruptionBudget.policy"},
		Expression: `has(object.spec.minAvailable) != has(object.spec.maxUnavailable)`,
	},
	"pdb-unhealthy-eviction-policy": {
		Kinds:      []string{"PodDisruptionBudget.policy"},
		Expression: `has(object.spec.unhealthyPodEvictionPolicy)`,
	},
	"rbac-wildcard": {
		Kinds: []string{kindClusterRole, kindRole},
		Expression: `!has(object.rules) || object.rules == null || object.rules.all(r, !('*' in r.?apiGroups.orValue([])) && ` +
			`!('*' in r.?resources.orValue([])) && !('*' in r.verbs) && !('*' in r.?nonResourceURLs.orValue([])))`,
	},
	"service-exposed-type": {
		Kinds:      []string{"Service"},
		Expression: `object.spec.?type.orValue('ClusterIP') != 'NodePort' && !has(object.spec.externalIPs)`,
	},
}
