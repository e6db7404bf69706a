package apiserver

import (
	coordinationv1 "k8s.io/api/coordination/v1"
	nodev1 "k8s.io/api/node/v1"
	policyv1 "k8s.io/api/policy/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/util/feature"
	nodeapi "k8s.io/kubernetes/pkg/api/node"
	"k8s.io/kubernetes/pkg/apis/coordination"
	coordinationconvert "k8s.io/kubernetes/pkg/apis/coordination/v1"
	coordinationvalidation "k8s.io/kubernetes/pkg/apis/coordination/validation"
	nodes "k8s.io/kubernetes/pkg/apis/node"
	nodeconvert "k8s.io/kubernetes/pkg/apis/node/v1"
	nodevalidation "k8s.io/kubernetes/pkg/apis/node/validation"
	"k8s.io/kubernetes/pkg/apis/policy"
	policyconvert "k8s.io/kubernetes/pkg/apis/policy/v1"
	policyvalidation "k8s.io/kubernetes/pkg/apis/policy/validation"
	"k8s.io/kubernetes/pkg/apis/scheduling"
	schedulingconvert "k8s.io/kubernetes/pkg/apis/scheduling/v1"
	schedulingvalidation "k8s.io/kubernetes/pkg/apis/scheduling/validation"
	"k8s.io/kubernetes/pkg/features"
)

// podDisruptionBudget follows pkg/registry/policy/poddisruptionbudget/strategy.go.
var podDisruptionBudget = rules[policyv1.PodDisruptionBudget, policy.PodDisruptionBudget]{
	convert:    policyconvert.Convert_v1_PodDisruptionBudget_To_policy_PodDisruptionBudget,
	leavesMeta: true,
	prepare: func(b *policy.PodDisruptionBudget) {
		b.Status = policy.PodDisruptionBudgetStatus{}
		b.Generation = 1
	},
	validate: func(b *policy.PodDisruptionBudget) field.ErrorList {
		return policyvalidation.ValidatePodDisruptionBudget(b, policyvalidation.PodDisruptionBudgetValidationOptions{})
	},
}

// priorityClass follows pkg/registry/scheduling/priorityclass/strategy.go.
var priorityClass = rules[schedulingv1.PriorityClass, scheduling.PriorityClass]{
	fill:     schedulingconvert.SetObjectDefaults_PriorityClass,
	convert:  schedulingconvert.Convert_v1_PriorityClass_To_scheduling_PriorityClass,
	prepare:  func(c *scheduling.PriorityClass) { c.Generation = 1 },
	validate: schedulingvalidation.ValidatePriorityClass,
}

// runtimeClass follows pkg/registry/node/runtimeclass/strategy.go.
var runtimeClass = rules[nodev1.RuntimeClass, nodes.RuntimeClass]{
	convert:  nodeconvert.Convert_v1_RuntimeClass_To_node_RuntimeClass,
	validate: nodevalidation.ValidateRuntimeClass,
	warn:     nodeapi.GetWarningsForRuntimeClass,
}

// lease follows pkg/registry/coordination/lease/strategy.go.
var lease = rules[coordinationv1.Lease, coordination.Lease]{
	convert: coordinationconvert.Convert_v1_Lease_To_coordination_Lease,
	prepare: func(l *coordination.Lease) {
		if !feature.DefaultFeatureGate.Enabled(features.CoordinatedLeaderElection) {
			l.Spec.Strategy = nil
			l.Spec.PreferredHolder = nil
		}
	},
	validate: coordinationvalidation.ValidateLease,
}
