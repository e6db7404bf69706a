package apiserver

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
	"k8s.io/klog/v2"
)

// newestRelease is the release of the linked rules, 1.N.
const newestRelease = 36

// Release is the API server that the process has to behave as.
type Release struct {
	Minor int // 1.Minor, 29 to 36
	// Gates are set explicitly on the server, over the release's defaults. A gate
	// that the linked rules no longer know is ignored: it has nothing to decide.
	Gates map[string]bool
}

// releaseLock guards the feature gates, of which a process has one set.
var releaseLock sync.Mutex

// As runs do while the process's feature gates are those of r, and restores them.
// The gates are global: one As runs at a time, and do must not call As; it may
// call Create from several goroutines. Outside As the release is the newest. It is
// an error, and do does not run, when the release cannot set a gate so: it does
// not have it yet, or has it locked.
func As(r Release, do func()) error {
	releaseLock.Lock()
	defer releaseLock.Unlock()
	gates := feature.DefaultMutableFeatureGate
	set := known(gates, r.Gates)
	if r.Minor == newestRelease && len(set) == 0 {
		do()
		return nil
	}
	// Tried on a copy first: what fails halfway could not be undone.
	set, err := try(gates.DeepCopy(), r.Minor, set)
	if err == nil {
		defer restore(gates, set)
		err = apply(gates, r.Minor, set)
	}
	if err != nil {
		return fmt.Errorf("behave as Kubernetes 1.%d: %w", r.Minor, err)
	}
	do()
	return nil
}

// try applies a release to a copy of the gates and returns all gates to set.
func try(trial featuregate.FeatureGate, minor int, set map[string]bool) (map[string]bool, error) {
	if err := apply(trial, minor, nil); err != nil {
		return nil, err
	}
	set = withDependencies(trial, set)
	return set, apply(trial, minor, set)
}

// withDependencies adds what has to go along with the gates that are set: one that
// is on turns on what it depends on, one that is off turns off what depends on it.
// A server wants them spelled out; here, only what decides about manifests is
// asked for.
func withDependencies(gates featuregate.FeatureGate, set map[string]bool) map[string]bool {
	set = maps.Clone(set)
	dependencies := gates.Dependencies()
	names := slices.Sorted(maps.Keys(dependencies))
	for changed := len(set) > 0; changed; {
		changed = false
		for _, gate := range names {
			on, isSet := set[string(gate)]
			if !isSet {
				on = gates.Enabled(gate)
			}
			for _, n := range dependencies[gate] {
				neededOn, neededSet := set[string(n)]
				switch {
				case on && isSet && !neededSet && !gates.Enabled(n):
					set[string(n)], changed = true, true
				case on && !isSet && neededSet && !neededOn:
					set[string(gate)], changed = false, true
				}
			}
		}
	}
	return set
}

// known are the gates that exist in the linked code.
func known(gates featuregate.MutableFeatureGate, set map[string]bool) map[string]bool {
	if len(set) == 0 {
		return nil
	}
	all := gates.GetAll()
	kept := maps.Clone(set)
	maps.DeleteFunc(kept, func(name string, _ bool) bool {
		_, found := all[featuregate.Feature(name)]
		return !found
	})
	return kept
}

// versioned are gates whose changes can be kept out of the log.
type versioned interface {
	featuregate.MutableVersionedFeatureGateWithLogger
	featuregate.MutableFeatureGateWithLogger
}

func apply(gates featuregate.FeatureGate, minor int, set map[string]bool) error {
	g, ok := gates.(versioned)
	if !ok {
		return fmt.Errorf("feature gates without versions")
	}
	if err := g.SetEmulationVersionWithLogger(klog.Logger{}, version.MajorMinor(1, uint(minor))); err != nil {
		return err
	}
	if len(set) == 0 {
		return nil
	}
	return inOrder(g.SetFromMapWithLogger(klog.Logger{}, set))
}

// inOrder joins errors in an order that does not change from run to run.
func inOrder(err error) error {
	var all utilerrors.Aggregate
	if !errors.As(err, &all) {
		return err
	}
	var texts []string
	for _, e := range all.Errors() {
		texts = append(texts, e.Error())
	}
	slices.Sort(texts)
	return errors.New(strings.Join(texts, "; "))
}

// restore goes back to the newest release with no gate set. The detour over another
// version makes the gates forget what AllAlpha and AllBeta switched.
func restore(gates featuregate.MutableVersionedFeatureGate, set map[string]bool) {
	for _, name := range slices.Sorted(maps.Keys(set)) {
		_ = gates.ResetFeatureValueToDefault(featuregate.Feature(name))
	}
	_ = apply(gates, newestRelease-1, nil)
	_ = apply(gates, newestRelease, nil)
}
