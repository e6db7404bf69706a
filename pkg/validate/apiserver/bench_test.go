package apiserver

import (
	"maps"
	"slices"
	"testing"

	"k8s.io/apimachinery/pkg/runtime"
)

// BenchmarkCreate judges objects as kgen renders them, each fresh: Create fills in
// defaults.
func BenchmarkCreate(b *testing.B) {
	objects := goldenObjects(b)
	err := As(everything, func() {
		for _, kind := range slices.Sorted(maps.Keys(objects)) {
			b.Run(kind, func(b *testing.B) { benchmark(b, objects[kind]) })
		}
	})
	if err != nil {
		b.Fatal(err)
	}
}

func benchmark(b *testing.B, objects []runtime.Object) {
	b.ReportAllocs()
	var fresh []runtime.Object
	for range b.N {
		if len(fresh) == 0 {
			b.StopTimer()
			for i := range 512 {
				fresh = append(fresh, objects[i%len(objects)].DeepCopyObject())
			}
			b.StartTimer()
		}
		last := len(fresh) - 1
		if v := Create(fresh[last]); len(v.Errors) > 0 {
			b.Fatal(v.Errors)
		}
		fresh = fresh[:last]
	}
}
