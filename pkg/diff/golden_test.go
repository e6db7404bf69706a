package diff_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/diff"
	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
)

// TestExamplesFromCluster takes all that the examples render to as a cluster would have
// it, with the server's defaults and fields: nothing is different.
func TestExamplesFromCluster(t *testing.T) {
	n := 0
	err := filepath.WalkDir("../../golden", func(name string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".yaml" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for i, now := range objects(string(data)) {
			old := objects(string(data))[i]
			typed, isTyped := old.Value.(manifest.Typed)
			if !isTyped {
				continue
			}
			n++
			live, _ := apiserver.Defaulted(typed).(manifest.Typed)
			live.SetUID("1")
			live.SetResourceVersion("7")
			live.SetGeneration(2)
			live.SetFinalizers([]string{"example.com/kept"})
			if service, isService := live.(*corev1.Service); isService && service.Spec.ClusterIP == "" {
				service.Spec.ClusterIP, service.Spec.ClusterIPs = "10.0.0.9", []string{"10.0.0.9"}
			}
			if claim, isClaim := live.(*corev1.PersistentVolumeClaim); isClaim {
				claim.Spec.VolumeName = "pv-1"
			}
			old.Value = live
			if got := printed(t, diff.Input{Old: []*diff.Object{old}, New: []*diff.Object{now}}); got != "" {
				t.Errorf("%s:\n%s", name, got)
			}
		}
		return nil
	})
	if err != nil || n < 100 {
		t.Errorf("%d objects: %v", n, err)
	}
}
