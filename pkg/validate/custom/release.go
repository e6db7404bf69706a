package custom

import (
	"sync"

	"k8s.io/apiserver/pkg/util/compatibility"
	"k8s.io/apiserver/pkg/util/feature"
	basecompatibility "k8s.io/component-base/compatibility"
)

var releaseLock sync.Mutex

// followRelease makes the release that the process's feature gates emulate that of
// CEL and of string formats too, which come from another global of the server, and
// returns its minor, N of 1.N. A new CRD may use what the release before knew: the
// server could be rolled back to it.
func followRelease() uint {
	release := feature.DefaultMutableFeatureGate.EmulationVersion()
	effective, _ := compatibility.DefaultComponentGlobalsRegistry.ComponentGlobalsOrRegister(basecompatibility.DefaultKubeComponent, nil, nil)
	releaseLock.Lock()
	defer releaseLock.Unlock()
	if effective != nil && !effective.EmulationVersion().EqualTo(release) {
		effective.SetEmulationVersion(release)
		// It does not go back further than three releases by itself.
		effective.SetMinCompatibilityVersion(release.SubtractMinor(1))
	}
	return release.Minor()
}
