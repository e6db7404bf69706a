package manifest_test

import (
	"bytes"
	"os"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	sigsyaml "sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// workUnit is the seven objects of one service.
func workUnit(tb testing.TB) []*manifest.Object {
	data, err := os.ReadFile("testdata/workunit.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	var objects []*manifest.Object
	for _, document := range bytes.Split(data, []byte("---\n")) {
		var meta metav1.TypeMeta
		if err := sigsyaml.Unmarshal(document, &meta); err != nil {
			tb.Fatal(err)
		}
		o := manifest.KindOf(meta.APIVersion, meta.Kind).New()
		if err := sigsyaml.UnmarshalStrict(document, o); err != nil {
			tb.Fatal(err)
		}
		objects = append(objects, manifest.Of("svc-0", tree.Pos{}, o))
	}
	return objects
}

func BenchmarkAppendYAML(b *testing.B) {
	objects := workUnit(b)
	buffer := make([]byte, 0, 1<<13)
	b.ReportAllocs()
	for b.Loop() {
		buffer = buffer[:0]
		for _, o := range objects {
			buffer = append(o.AppendYAML(buffer), "---\n"...)
		}
	}
	b.SetBytes(int64(len(buffer)))
}
