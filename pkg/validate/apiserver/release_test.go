package apiserver

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"
)

// TestGatesOfReleases compares what the gates say inside As with what every
// release had, extracted from its source.
func TestGatesOfReleases(t *testing.T) {
	data, err := os.ReadFile("../../../../shared/data/feature-gates.txt")
	if err != nil {
		t.Skip("no ../shared beside the repository")
	}
	for minor := 29; minor <= 36; minor++ {
		err := As(Release{Minor: minor}, func() {
			for line := range strings.Lines(string(data)) {
				fields := strings.Fields(line)
				if !strings.Contains(line, ":") {
					continue // a gate whose history is not known
				}
				want := false
				for _, stage := range fields[1:] {
					since, state, _ := strings.Cut(stage, ":")
					var n int
					if _, err := fmt.Sscanf(since, "1.%d", &n); err != nil {
						t.Fatalf("%q: %v", line, err)
					}
					if n <= minor {
						want = strings.HasSuffix(state, "on")
					}
				}
				if got := feature.DefaultFeatureGate.Enabled(featuregate.Feature(fields[0])); got != want {
					t.Errorf("1.%d %s: %v, want %v", minor, fields[0], got, want)
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// enabled are the gates of a release that change what a pod may have.
func enabled(gate string) bool { return feature.DefaultFeatureGate.Enabled(featuregate.Feature(gate)) }

func TestGatesAreSetAndRestored(t *testing.T) {
	for _, test := range []struct {
		release Release
		on, off string
	}{
		{Release{Minor: 36}, "EnvFiles", "HPAScaleToZero"},
		{Release{Minor: 29}, "JobBackoffLimitPerIndex", "EnvFiles"},
		{Release{Minor: 36, Gates: map[string]bool{"HPAScaleToZero": true, "EnvFiles": false}}, "HPAScaleToZero", "EnvFiles"},
		{Release{Minor: 34, Gates: map[string]bool{"EnvFiles": true, "GoneForLong": true}}, "EnvFiles", "ContainerRestartRules"},
		{Release{Minor: 35, Gates: map[string]bool{"AllAlpha": true}}, "HPAScaleToZero", "MaxUnavailableStatefulSet"},
		// What one depends on comes along, and goes along.
		{Release{Minor: 36, Gates: map[string]bool{"ClusterTrustBundleProjection": true}}, "ClusterTrustBundle", "HPAScaleToZero"},
		{Release{Minor: 36, Gates: map[string]bool{"MatchLabelKeysInPodTopologySpread": false}}, "EnvFiles", "MatchLabelKeysInPodTopologySpreadSelectorMerge"},
	} {
		ran := false
		err := As(test.release, func() {
			ran = true
			if !enabled(test.on) || enabled(test.off) {
				t.Errorf("%v: %s %v, %s %v", test.release, test.on, enabled(test.on), test.off, enabled(test.off))
			}
		})
		if err != nil || !ran {
			t.Errorf("%v: %v", test.release, err)
		}
		if !enabled("EnvFiles") || enabled("HPAScaleToZero") || enabled("ClusterTrustBundle") || !enabled("MatchLabelKeysInPodTopologySpreadSelectorMerge") {
			t.Fatalf("%v is not undone", test.release)
		}
	}
}

func TestGatesThatCannotBeSet(t *testing.T) {
	for want, release := range map[string]Release{
		"behave as Kubernetes 1.36: cannot set feature gate JobManagedBy to false, feature is locked to true":                                                                          {Minor: 36, Gates: map[string]bool{"JobManagedBy": false}},
		"behave as Kubernetes 1.30: cannot set feature gate EnvFiles to true, feature is PreAlpha":                                                                                     {Minor: 30, Gates: map[string]bool{"EnvFiles": true}},
		"behave as Kubernetes 1.36: cannot set feature gate ImageVolume to false, feature is locked to true; cannot set feature gate JobManagedBy to false, feature is locked to true": {Minor: 36, Gates: map[string]bool{"JobManagedBy": false, "ImageVolume": false}},
	} {
		err := As(release, func() { t.Error("do ran") })
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v", err)
		}
		if err := As(Release{Minor: 30}, func() {}); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	}
}

func TestRefusal(t *testing.T) {
	for want, release := range map[string]Release{
		"Kubernetes 1.36 has it on for good":                  {Minor: 36, Gates: map[string]bool{"JobManagedBy": false}},
		"Kubernetes 1.30 does not have it yet, it comes with": {Minor: 30, Gates: map[string]bool{"EnvFiles": true}},
		"": {Minor: 36, Gates: map[string]bool{"GoneForLong": true}},
	} {
		for name, on := range release.Gates {
			if got := Refusal(release.Minor, name, on); !strings.HasPrefix(got, want) || want == "" && got != "" {
				t.Errorf("%s: %q", name, got)
			}
		}
	}
	// It refuses what As refuses.
	for name := range feature.DefaultMutableFeatureGate.GetAllVersioned() {
		for _, release := range []Release{{29, map[string]bool{string(name): true}}, {36, map[string]bool{string(name): false}}} {
			err := As(release, func() {})
			if reason := Refusal(release.Minor, string(name), release.Gates[string(name)]); (reason != "") != (err != nil) {
				t.Errorf("%v: %q, %v", release, reason, err)
			}
		}
	}
}
