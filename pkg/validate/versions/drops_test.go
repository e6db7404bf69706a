package versions

import (
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/version"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	featuregatetesting "k8s.io/component-base/featuregate/testing"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/api/legacyscheme"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// removed are the paths of what is in before, and not the same in after.
func removed(before, after any, at tree.Path, found *[]tree.Path) {
	switch before := before.(type) {
	case map[string]any:
		after, _ := after.(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(before)) {
			if value, exists := after[name]; exists {
				removed(before[name], value, at.With(name), found)
			} else {
				*found = append(*found, at.With(name))
			}
		}
	case []any:
		after, _ := after.([]any)
		for i := range before {
			if i < len(after) {
				removed(before[i], after[i], at.With(i), found)
			} else {
				*found = append(*found, at.With(i))
			}
		}
	default:
		if !reflect.DeepEqual(before, after) {
			*found = append(*found, at)
		}
	}
}

// dropped is what the server drops with the gates of the process.
func (d *dropping) dropped(t *testing.T) []tree.Path {
	t.Helper()
	convert := func(from, to runtime.Object) runtime.Object {
		if err := legacyscheme.Scheme.Convert(from, to, nil); err != nil {
			t.Fatal(err)
		}
		return to
	}
	versioned := func() runtime.Object { return reflect.New(reflect.TypeOf(d.obj).Elem()).Interface().(runtime.Object) }
	internal := convert(d.obj.DeepCopyObject(), d.internal.DeepCopyObject())
	if d.before == nil {
		d.before = asJSON(t, convert(internal, versioned()))
	}
	d.drop(internal)
	after := asJSON(t, convert(internal, versioned()))
	var found []tree.Path
	for _, part := range []string{"spec", "template"} { // metadata and status are reset
		if d.before[part] != nil {
			removed(d.before[part], after[part], tree.P(part), &found)
		}
	}
	return found
}

// compare holds what the server drops against what the table says: both ways. It
// notes in seen what both agree on.
func (d *dropping) compare(t *testing.T, minor int, gates map[string]bool, seen map[string]bool) {
	t.Helper()
	server := d.dropped(t)
	table := Fields(d.obj, minor, gates)
	for _, at := range server {
		if !slices.ContainsFunc(table, func(u Unavailable) bool { return isBelow(u.Path, at) }) {
			t.Errorf("%s in 1.%d %v: the server drops %s, the table does not say so", d.name, minor, gates, at)
		}
	}
	for _, u := range table {
		switch isDropped := slices.ContainsFunc(server, func(at tree.Path) bool { return isBelow(u.Path, at) }); {
		case isDropped:
			seen[fmt.Sprint(u.Gate, " ", u.Path[len(u.Path)-1])] = true
		case u.Effect == Dropped:
			t.Errorf("%s in 1.%d %v: the server keeps %s: %s", d.name, minor, gates, u.Path, u.Message)
		}
	}
}

// isBelow reports whether a path is at, or leads through it.
func isBelow(path, at tree.Path) bool {
	return path.String() == at.String() || strings.HasPrefix(path.String(), at.String()+".") || strings.HasPrefix(path.String(), at.String()+"[")
}

// TestDropsOfEveryRelease: with the default gates of each release, the server's own
// functions drop what the table says.
func TestDropsOfEveryRelease(t *testing.T) {
	for minor := Oldest; minor <= Newest; minor++ {
		t.Run(fmt.Sprint("1.", minor), func(t *testing.T) {
			featuregatetesting.SetFeatureGateEmulationVersionDuringTest(t, utilfeature.DefaultFeatureGate, version.MajorMinor(1, uint(minor)))
			for _, d := range droppings() {
				d.compare(t, minor, nil, map[string]bool{})
			}
		})
	}
}

// TestDropsOfEveryGate: the same with each gate of the server turned off and on, in
// the newest release that lets it be. A gate that the table lacks drops nothing.
func TestDropsOfEveryGate(t *testing.T) {
	seen, all := map[string]bool{}, droppings()
	for _, gate := range slices.Sorted(maps.Keys(utilfeature.DefaultMutableFeatureGate.GetAll())) {
		name := string(gate)
		for _, on := range []bool{false, true} {
			minor, ok := newestOpen(name, on)
			if !ok || strings.HasPrefix(name, "All") || on && !IsGate(name) {
				continue // it needs another gate, is fixed since Oldest, is many gates, or cannot drop more
			}
			t.Run(fmt.Sprint(name, "=", on), func(t *testing.T) {
				featuregatetesting.SetFeatureGateEmulationVersionDuringTest(t, utilfeature.DefaultFeatureGate, version.MajorMinor(1, uint(minor)))
				featuregatetesting.SetFeatureGateDuringTest(t, utilfeature.DefaultFeatureGate, gate, on)
				for i := range all {
					all[i].compare(t, minor, map[string]bool{name: on}, seen)
				}
			})
		}
	}
	for _, g := range gated {
		last := g.field[strings.LastIndexByte(g.field, '.')+1:]
		if !g.isRefused && !slices.Contains(notHere, g.on) && !seen[g.gate+" "+last] {
			t.Errorf("%s %s: nothing shows that %s drops it", g.on, g.field, g.gate)
		}
	}
}

// notHere are types whose drops are looked at in the conformance module, whose
// imports this one cannot have, and those of which Newest has no more.
var notHere = []string{
	"batch/v1.JobSpec", "batch/v1.PodFailurePolicyRule", "discovery/v1.EndpointHints",
	"apiextensions/v1.CustomResourceDefinitionVersion", "core/v1.ServiceSpec",
}

// newestOpen is the newest release whose servers let a gate be set.
func newestOpen(name string, on bool) (minor int, ok bool) {
	for minor := Newest; minor >= Oldest; minor-- {
		server := utilfeature.DefaultMutableFeatureGate.DeepCopy()
		if server.SetEmulationVersion(version.MajorMinor(1, uint(minor))) == nil && server.Set(fmt.Sprint(name, "=", on)) == nil {
			return minor, true
		}
	}
	return 0, false
}

// TestMain keeps the server's code quiet.
func TestMain(m *testing.M) {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	os.Exit(m.Run())
}
