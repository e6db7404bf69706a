package lint

import "github.com/kgen-dev/kgen/pkg/manifest"

// scaleGroups are the API groups of the built-in kinds that can be scaled.
var scaleGroups = map[string]string{"Deployment": "apps", "ReplicaSet": "apps", "ReplicationController": "", "StatefulSet": "apps"}

// isBuiltInGroup reports whether workloads of Kubernetes itself are, or were, in an
// API group.
func isBuiltInGroup(group string) bool {
	switch group {
	case "", "apps", "batch", "extensions":
		return true
	}
	return false
}

// isUnscalable reports whether a kind is one of Kubernetes that has no number of
// replicas to set.
func isUnscalable(apiVersion, kind string) bool {
	switch kind {
	case "DaemonSet", "Job", "CronJob", "Pod":
		return isBuiltInGroup(manifest.GroupOf(apiVersion))
	}
	return false
}

// scaleVersion is the apiVersion of a built-in kind that can be scaled, where the
// group of the given one lacks it; else it is empty.
func scaleVersion(apiVersion, kind string) string {
	group, isKnown := scaleGroups[kind]
	given := manifest.GroupOf(apiVersion)
	switch {
	case !isKnown || given == group || !isBuiltInGroup(given):
		return ""
	case group == "":
		return "v1"
	}
	return group + "/v1"
}

// targetRef names the target of an autoscaler: Deployment web.
func (a *Autoscaler) targetRef() string { return a.TargetKind + " " + a.TargetName }
