package versions

import (
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/util/version"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
	_ "k8s.io/kubernetes/pkg/features" // declares the gates
)

// notInNewest are gates that only older releases have.
var notInNewest = []string{"ServiceTrafficDistribution"}

// TestGatesAgainstTheServer: the table says of every release what the server's own
// declarations say.
func TestGatesAgainstTheServer(t *testing.T) {
	declared := utilfeature.DefaultMutableFeatureGate.GetAll()
	for minor := Oldest; minor <= Newest; minor++ {
		server := utilfeature.DefaultMutableFeatureGate.DeepCopy()
		if err := server.SetEmulationVersion(version.MajorMinor(1, uint(minor))); err != nil {
			t.Fatal(err)
		}
		for _, name := range GateNames() {
			if _, exists := declared[featuregate.Feature(name)]; !exists {
				if !slices.Contains(notInNewest, name) {
					t.Errorf("1.%d has no gate %s", Newest, name)
				}
				continue
			}
			if got, want := IsGateOn(name, minor, nil), server.Enabled(featuregate.Feature(name)); got != want {
				t.Errorf("%s is on in 1.%d: %t, the server says %t", name, minor, got, want)
			}
		}
	}
}

func TestGateTable(t *testing.T) {
	if !slices.IsSortedFunc(gates, func(a, b gate) int { return strings.Compare(a.name, b.name) }) {
		t.Error("the gates are not sorted")
	}
	for i := range gated {
		if !IsGate(gated[i].gate) {
			t.Errorf("%s %s: no gate %s", gated[i].on, gated[i].field, gated[i].gate)
		}
	}
}

func TestIsGateOn(t *testing.T) {
	for _, tt := range []struct {
		name  string
		minor int
		gates map[string]bool
		want  bool
	}{
		{"EnvFiles", 33, nil, false},
		{"EnvFiles", 34, nil, false},
		{"EnvFiles", 35, nil, true},
		{"EnvFiles", 34, map[string]bool{"EnvFiles": true}, true},
		{"EnvFiles", 36, map[string]bool{"EnvFiles": false}, false},
		{"EnvFiles", 36, map[string]bool{"HPAScaleToZero": true}, true},
		{"HPAScaleToZero", 36, nil, false},
		{"ServiceTrafficDistribution", 30, nil, false},
		{"ServiceTrafficDistribution", 36, nil, true},
		{"NoSuchGate", 36, nil, false},
	} {
		if got := IsGateOn(tt.name, tt.minor, tt.gates); got != tt.want {
			t.Errorf("IsGateOn(%s, %d, %v) = %t", tt.name, tt.minor, tt.gates, got)
		}
	}
}
