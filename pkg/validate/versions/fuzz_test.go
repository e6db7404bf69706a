package versions

import (
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/randfill"
)

// FuzzFields: whatever is in an object, what is found is a set field of it.
func FuzzFields(f *testing.F) {
	f.Add([]byte("kgen"), 29, true)
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9}, 36, false)
	f.Fuzz(func(t *testing.T, data []byte, minor int, hasGates bool) {
		obj := &appsv1.StatefulSet{}
		filler := randfill.NewFromGoFuzz(data).NilChance(0.3).NumElements(0, 2).MaxDepth(12).Funcs(
			// What does not take any value.
			func(*metav1.FieldsV1, randfill.Continue) {},
			func(*metav1.Time, randfill.Continue) {},
			func(*intstr.IntOrString, randfill.Continue) {},
			func(*resource.Quantity, randfill.Continue) {},
		)
		filler.Fill(&obj.Spec.Template.Spec)
		filler.Fill(&obj.Spec.VolumeClaimTemplates)
		var gates map[string]bool
		if hasGates {
			gates = allGates()
		}
		value := asJSON(t, obj)
		for _, u := range Fields(obj, minor, gates) {
			if u.Message == "" || u.Fix == "" {
				t.Errorf("%+v", u)
			}
			at := any(value)
			for _, e := range u.Path {
				switch e := e.(type) {
				case int:
					at = at.([]any)[e]
				case string:
					at = at.(map[string]any)[e]
				}
			}
			if at == nil {
				t.Errorf("%s is not set", u.Path)
			}
		}
	})
}

// FuzzNearest: only what Kubernetes has is suggested.
func FuzzNearest(f *testing.F) {
	f.Add("apps/v1", "Deploymnet")
	f.Add("rbac/v1", "Role")
	f.Add("//", "")
	f.Fuzz(func(t *testing.T, apiVersion, kind string) {
		hint, isBuiltIn := Nearest(apiVersion, kind)
		if hint != "" && (!isBuiltIn || !strings.HasPrefix(hint, ", did you mean ")) {
			t.Errorf("%q, %t", hint, isBuiltIn)
		}
		if version, found := strings.CutPrefix(hint, `, did you mean apiVersion "`); found {
			if _, exists := LifecycleOf(strings.TrimSuffix(version, `"?`), kind); !exists {
				t.Errorf("%s: no %s", hint, kind)
			}
		}
		Replacement(apiVersion, kind, Newest)
	})
}
