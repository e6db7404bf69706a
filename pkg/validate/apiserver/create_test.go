package apiserver

import (
	"slices"
	"strings"
	"sync"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/apis/core"

	"github.com/kgen-dev/kgen/pkg/manifest"
)

func TestKindsAreSortedAndFound(t *testing.T) {
	if !slices.IsSortedFunc(kinds, compareKinds) {
		t.Error("the table is not sorted")
	}
	for i := range kinds {
		k := &kinds[i]
		if !Handles(k.apiVersion, k.name) || kindOf(newObject(k.apiVersion, k.name)) != k {
			t.Errorf("%s %s is not found", k.apiVersion, k.name)
		}
	}
	if Handles("v1", "Deployment") || Handles("apps/v1", "Deploymen") || Handles("", "") {
		t.Error("handles what it does not know")
	}
}

// Whatever kgen has a Go type for, it judges.
func TestTypedKindsAreHandled(t *testing.T) {
	for _, k := range manifest.Kinds() {
		if !Handles(k.APIVersion, k.Kind) {
			t.Errorf("%s %s is not handled", k.APIVersion, k.Kind)
		}
		if Handles(k.APIVersion, k.Kind) && kindOf(k.New()).clusterScoped != k.ClusterScoped {
			t.Errorf("%s %s: scopes differ", k.APIVersion, k.Kind)
		}
	}
}

func TestWhatIsNoObjectIsAnInternalError(t *testing.T) {
	for name, obj := range map[string]runtime.Object{
		"object":     nil,
		"Deployment": (*appsv1.Deployment)(nil),
		"PodList":    &corev1.PodList{},
	} {
		v := Create(obj)
		if len(v.Errors) != 1 || v.FirstStage != 1 || !strings.Contains(v.Errors[0].Error(), "judging a "+name+":") {
			t.Errorf("%s: %v", name, v)
		}
	}
}

func TestPanicIsAnInternalError(t *testing.T) {
	saved := configMap.validate
	defer func() { configMap.validate = saved }()
	configMap.validate = func(m *core.ConfigMap) (_ field.ErrorList) { return field.ErrorList{nil, nil}[len(m.Data)+2:] }
	v := Create(&corev1.ConfigMap{Data: map[string]string{"a": "b"}})
	if len(v.Errors) != 1 || !strings.Contains(v.Errors[0].Error(), "judging a ConfigMap: panic: runtime error") {
		t.Errorf("%v", v)
	}
}

// The rules walk maps, yet the verdict must not differ from run to run.
func TestVerdictIsDeterministic(t *testing.T) {
	const document = `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a b, labels: {a b: c d, e f: g h, i j: k}}, spec: {
		selector: {matchLabels: {a b: c, d e: f, g h: i}}, template: {metadata: {labels: {a b: c, d e: f}}, spec: {containers: [
			{name: A, image: b, resources: {requests: {a: 1, b: 2, c: 3, cpu: 4}, limits: {cpu: 1, a: 2, x/y/z: 3}}}]}}}}`
	first := format(Create(decode(t, document)))
	for range 50 {
		if again := format(Create(decode(t, document))); again != first {
			t.Fatalf("%s\nand then\n%s", first, again)
		}
	}
}

func TestCreateFromSeveralGoroutines(t *testing.T) {
	want := format(Create(decode(t, `{apiVersion: v1, kind: Pod, metadata: {name: p}}`)))
	var group sync.WaitGroup
	err := As(Release{Minor: 30}, func() {
		for range 4 {
			group.Go(func() {
				for range 50 {
					if got := format(Create(decode(t, `{apiVersion: v1, kind: Pod, metadata: {name: p}}`))); got != want {
						t.Error(got)
					}
				}
			})
		}
		group.Wait()
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestComparePaths(t *testing.T) {
	sorted := []string{"", "a", "a.b", "a[2].c", "a[10]", "a[10].b", "b"}
	for i, a := range sorted {
		for j, b := range sorted {
			if got := comparePaths(a, b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%q %q: %d", a, b, got)
			}
		}
	}
}
