package apiserver

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

// golden is the tree of what kgen renders.
const golden = "../../../golden"

// everything is the target of examples/everything.
var everything = Release{Minor: 36, Gates: map[string]bool{
	"HPAScaleToZero":                 true,
	"ClusterTrustBundleProjection":   true,
	"ContainerStopSignals":           true,
	"PodCertificateRequest":          true,
	"CrossNamespaceVolumeDataSource": true,
}}

// decode reads one document of a kind that Handles; nil for other kinds.
func decode(tb testing.TB, document string) runtime.Object {
	tb.Helper()
	var meta metav1.TypeMeta
	if err := yaml.Unmarshal([]byte(document), &meta); err != nil {
		tb.Fatalf("%v in:\n%s", err, document)
	}
	if !Handles(meta.APIVersion, meta.Kind) {
		return nil
	}
	obj := newObject(meta.APIVersion, meta.Kind)
	if err := yaml.UnmarshalStrict([]byte(document), obj); err != nil {
		tb.Fatalf("%v in:\n%s", err, document)
	}
	return obj
}

func newObject(apiVersion, name string) runtime.Object {
	for i := range kinds {
		if kinds[i].apiVersion == apiVersion && kinds[i].name == name {
			obj, _ := reflect.New(kinds[i].rules.versioned()).Interface().(runtime.Object)
			return obj
		}
	}
	return nil
}

// documents are the documents of a YAML file that hold something.
func documents(data []byte) (all []string) {
	for _, document := range bytes.Split(append([]byte("\n"), data...), []byte("\n---")) {
		if strings.Contains(string(document), "kind:") {
			all = append(all, string(document))
		}
	}
	return all
}

// goldenObjects are the objects of the golden tree, by kind.
func goldenObjects(tb testing.TB) map[string][]runtime.Object {
	tb.Helper()
	objects := map[string][]runtime.Object{}
	err := filepath.WalkDir(golden, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".yaml" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, document := range documents(data) {
			if obj := decode(tb, document); obj != nil {
				kind := obj.GetObjectKind().GroupVersionKind().Kind
				objects[kind] = append(objects[kind], obj)
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return objects
}

func TestGoldenManifestsAreAccepted(t *testing.T) {
	objects := goldenObjects(t)
	if len(objects) < 10 {
		t.Fatalf("only %d kinds in %s", len(objects), golden)
	}
	err := As(everything, func() {
		for _, all := range objects {
			for _, obj := range all {
				accessor, _ := obj.(metav1.Object)
				name := obj.GetObjectKind().GroupVersionKind().Kind + "/" + accessor.GetName()
				if v := Create(obj); len(v.Errors) > 0 {
					t.Errorf("%s: %v", name, v.Errors)
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
