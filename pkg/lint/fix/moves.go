package fix

import (
	"strings"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// sameKinds are the kinds of API versions that mean in the next what they mean in the
// one they are in, if the next takes the object at all: it has no field that went, and
// all that is required there. Webhooks and CRDs are not among them, nor what has other
// defaults: see saysItself.
var sameKinds = map[string]string{
	"admissionregistration.k8s.io/v1alpha1": "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
	"admissionregistration.k8s.io/v1beta1":  "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
	"apiregistration.k8s.io/v1beta1":        "APIService",
	"apps/v1beta1":                          "ControllerRevision Deployment StatefulSet",
	"apps/v1beta2":                          "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
	"autoscaling/v2beta1":                   "HorizontalPodAutoscaler",
	"autoscaling/v2beta2":                   "HorizontalPodAutoscaler",
	"batch/v1beta1":                         "CronJob",
	"coordination.k8s.io/v1beta1":           "Lease",
	"discovery.k8s.io/v1beta1":              "EndpointSlice",
	"extensions/v1beta1":                    "DaemonSet Deployment Ingress ReplicaSet",
	"flowcontrol.apiserver.k8s.io/v1beta1":  "FlowSchema",
	"flowcontrol.apiserver.k8s.io/v1beta2":  "FlowSchema",
	"flowcontrol.apiserver.k8s.io/v1beta3":  "FlowSchema",
	"networking.k8s.io/v1beta1":             "IPAddress Ingress IngressClass ServiceCIDR",
	"node.k8s.io/v1beta1":                   "RuntimeClass",
	"policy/v1beta1":                        "PodDisruptionBudget",
	"rbac.authorization.k8s.io/v1beta1":     "ClusterRole ClusterRoleBinding Role RoleBinding",
	"scheduling.k8s.io/v1beta1":             "PriorityClass",
	"storage.k8s.io/v1alpha1":               "CSIStorageCapacity VolumeAttachment VolumeAttributesClass",
	"storage.k8s.io/v1beta1":                "CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass",
}

// defaults are the fields that the next API version fills in with another value, where
// they are not written.
var defaults = map[string][]tree.Path{
	"apps/v1beta1 Deployment":       {labels, tree.P("spec", "revisionHistoryLimit")},
	"apps/v1beta1 StatefulSet":      {labels, tree.P("spec", "updateStrategy", "type")},
	"extensions/v1beta1 DaemonSet":  {labels, tree.P("spec", "updateStrategy", "type")},
	"extensions/v1beta1 Deployment": {labels, tree.P("spec", "strategy", "type"), tree.P("spec", "revisionHistoryLimit"), tree.P("spec", "progressDeadlineSeconds")},
	"extensions/v1beta1 ReplicaSet": {labels},
}

// labels were those of the pods.
var labels = tree.P("metadata", "labels")

// isSame reports whether an object means the same in the next API version, as far as
// its kind tells.
func isSame(n *tree.Node) bool {
	apiVersion, kind := n.Get("apiVersion").Text, n.Get("kind").Text
	if !strings.Contains(" "+sameKinds[apiVersion]+" ", " "+kind+" ") {
		return false
	}
	for _, at := range defaults[apiVersion+" "+kind] {
		if written := n.At(at); written == nil || written.Kind == tree.Null || written.Kind == tree.Map && len(written.Fields) == 0 {
			return false
		}
	}
	switch kind {
	case "Deployment": // of extensions, whose rollouts go by one pod
		rolling := n.At(tree.P("spec", "strategy", "rollingUpdate"))
		isWritten := rolling.Get("maxSurge") != nil && rolling.Get("maxUnavailable") != nil
		return apiVersion != "extensions/v1beta1" || isWritten || n.At(tree.P("spec", "strategy", "type")).Text == "Recreate"
	case "IngressClass":
		parameters := n.At(tree.P("spec", "parameters"))
		return parameters == nil || parameters.Get("scope") != nil
	case "PodDisruptionBudget": // an empty selector was for no pods, and is for all
		selector := n.At(tree.P("spec", "selector"))
		return selector == nil || selector.Kind == tree.Map && len(selector.Fields) > 0 && !isEmptySelector(selector)
	}
	return true
}

// isEmptySelector reports whether a label selector demands nothing.
func isEmptySelector(selector *tree.Node) bool {
	for _, key := range []string{"matchLabels", "matchExpressions"} {
		if terms := selector.Get(key); terms != nil && len(terms.Fields) > 0 {
			return false
		}
	}
	return true
}
