package check

import (
	"github.com/kgen-dev/kgen/pkg/validate/versions"
	"github.com/kgen-dev/kgen/schema"
)

// isOn reports whether the API server of w has a gate on: as w says, else as its
// release does. Without a world it is the newest release.
func isOn(w *schema.World, name string) bool {
	if w == nil {
		return versions.IsGateOn(name, schema.NewestKubernetes, nil)
	}
	for i := len(w.FeatureGates) - 1; i >= 0; i-- { // the last is the uppermost layer's
		if w.FeatureGates[i].Key == name {
			return w.FeatureGates[i].Value
		}
	}
	return versions.IsGateOn(name, w.Kubernetes.Minor, nil)
}
