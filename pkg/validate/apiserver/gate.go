package apiserver

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
)

// Refusal says why an API server of release 1.minor cannot have a feature gate so;
// empty where it can, and of a gate that the linked rules do not know.
func Refusal(minor int, name string, on bool) string {
	all := feature.DefaultMutableFeatureGate.GetAllVersioned()
	if reason := refusal(all, minor, name, on); reason != "" || !on {
		return reason
	}
	for _, needed := range feature.DefaultMutableFeatureGate.Dependencies()[featuregate.Feature(name)] {
		if reason := refusal(all, minor, string(needed), true); reason != "" {
			return fmt.Sprintf("it needs the feature gate %s, and %s", needed, reason)
		}
	}
	return ""
}

func refusal(all map[featuregate.Feature]featuregate.VersionedSpecs, minor int, name string, on bool) string {
	specs, isKnown := all[featuregate.Feature(name)]
	if !isKnown || len(specs) == 0 {
		return ""
	}
	release := version.MajorMinor(1, uint(minor))
	var spec *featuregate.FeatureSpec
	for i := range specs {
		if !specs[i].Version.GreaterThan(release) {
			spec = &specs[i]
		}
	}
	switch {
	case spec == nil:
		return fmt.Sprintf("Kubernetes 1.%d does not have it yet, it comes with %s", minor, specs[0].Version)
	case spec.LockToDefault && spec.Default != on:
		return fmt.Sprintf("Kubernetes 1.%d has it %s for good", minor, map[bool]string{true: "on", false: "off"}[spec.Default])
	}
	return ""
}
