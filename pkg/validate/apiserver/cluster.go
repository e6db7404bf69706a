package apiserver

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/pkg/apis/core"
	coreconvert "k8s.io/kubernetes/pkg/apis/core/v1"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/kubernetes/pkg/features"
	podsecurity "k8s.io/pod-security-admission/api"
)

// namespace follows pkg/registry/core/namespace/strategy.go; its labels are judged
// by the PodSecurity plugin (k8s.io/pod-security-admission).
var namespace = rules[corev1.Namespace, core.Namespace]{
	fill:    coreconvert.SetObjectDefaults_Namespace,
	convert: coreconvert.Convert_v1_Namespace_To_core_Namespace,
	prepare: func(n *core.Namespace) {
		n.Status = core.NamespaceStatus{Phase: core.NamespaceActive}
		if !slices.Contains(n.Spec.Finalizers, core.FinalizerKubernetes) {
			n.Spec.Finalizers = append(n.Spec.Finalizers, core.FinalizerKubernetes)
		}
	},
	validate: corevalidation.ValidateNamespace,
	accept: func(n *core.Namespace) field.ErrorList {
		_, errs := podsecurity.PolicyToEvaluate(n.Labels, podsecurity.Policy{})
		return errs
	},
}

// node follows pkg/registry/core/node/strategy.go.
var node = rules[corev1.Node, core.Node]{
	fill:     coreconvert.SetObjectDefaults_Node,
	convert:  coreconvert.Convert_v1_Node_To_core_Node,
	prepare:  prepareNode,
	validate: corevalidation.ValidateNode,
	warn: func(n *core.Node) (warnings []string) {
		if n.Spec.DoNotUseExternalID != "" {
			warnings = append(warnings, "spec.externalID: this field is deprecated, and is unused by Kubernetes")
		}
		for i, cidr := range n.Spec.PodCIDRs {
			warnings = append(warnings, validation.GetWarningsForCIDR(specPath.Child("podCIDRs").Index(i), cidr)...)
		}
		return warnings
	},
}

func prepareNode(n *core.Node) {
	gates := feature.DefaultFeatureGate
	//lint:ignore SA1019 the server still has it
	n.Spec.ConfigSource = nil
	n.Status.Config = nil
	if !gates.Enabled(features.RecursiveReadOnlyMounts) && !gates.Enabled(features.UserNamespacesSupport) {
		n.Status.RuntimeHandlers = nil
	}
	if !gates.Enabled(features.SupplementalGroupsPolicy) {
		n.Status.Features = nil
	}
	if !gates.Enabled(features.NodeDeclaredFeatures) {
		n.Status.DeclaredFeatures = nil
	}
}
