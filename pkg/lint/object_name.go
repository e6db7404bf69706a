package lint

import (
	"github.com/kgen-dev/kgen/pkg/names"
)

// relaxedServiceNames is the minor release from which on a Service may begin with a
// digit.
const relaxedServiceNames = 36

// nameRule is what the name of an object of a kind may be.
type nameRule struct {
	*names.Grammar
	longest int // 0 is the grammar's own
	// why a shorter name is needed than the grammar says.
	why string
}

// nameRuleOf is nil for kinds whose names are not known.
func nameRuleOf(groupKind string, minor int) *nameRule {
	switch groupKind {
	case "Service":
		if minor < relaxedServiceNames {
			return &nameRule{Grammar: &names.DNSLabel1035}
		}
		return &nameRule{Grammar: &names.DNSLabel}
	case "Namespace":
		return &nameRule{Grammar: &names.DNSLabel}
	case "StatefulSet.apps":
		return &nameRule{&names.DNSLabel, 52, "its pods get the label controller-revision-hash, which is the name and a hash"}
	case "CronJob.batch":
		return &nameRule{&names.DNSName, 52, "its Jobs are called so with a number behind"}
	case "Job.batch":
		return &nameRule{&names.DNSName, 63, "its pods get the label job-name"}
	case "Deployment.apps", "DaemonSet.apps", "ReplicaSet.apps", "Pod", "ReplicationController", "PodTemplate", "ConfigMap", "Secret", "ServiceAccount",
		"PersistentVolumeClaim", "PersistentVolume", "LimitRange", "ResourceQuota", "HorizontalPodAutoscaler.autoscaling",
		"Ingress.networking.k8s.io", "IngressClass.networking.k8s.io", "NetworkPolicy.networking.k8s.io",
		"StorageClass.storage.k8s.io", "PriorityClass.scheduling.k8s.io", "RuntimeClass.node.k8s.io":
		return &nameRule{Grammar: &names.DNSName}
	case kindRole, kindClusterRole, kindRoleBinding, kindClusterRoleBinding, "PodDisruptionBudget.policy":
		return &nameRule{Grammar: &names.PathSegment}
	}
	return nil
}

// most is the length of the longest name; 0 for any.
func (n *nameRule) most() int {
	if n.longest > 0 {
		return n.longest
	}
	return n.Longest
}
