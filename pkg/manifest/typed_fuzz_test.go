package manifest_test

import (
	"bytes"
	"math/rand"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	apiequality "k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/randfill"
	sigsyaml "sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// randomObject fills an object of one of the kinds with what could stand in a manifest.
func randomObject(seed int64) manifest.Typed {
	kinds := manifest.Kinds()
	r := rand.New(rand.NewSource(seed))
	kind := kinds[r.Intn(len(kinds))]
	o := kind.New()
	quantities := []string{"0", "1", "100m", "1.5Gi", "1e3", "128Mi", "0.5", "10k"}
	randfill.New().RandSource(rand.NewSource(seed)).NilChance(0.7).NumElements(1, 2).MaxDepth(14).Funcs(
		func(s *string, c randfill.Continue) {
			*s = samples[c.Intn(len(samples))]
			*s = string([]rune(*s))
		},
		func(q *resource.Quantity, c randfill.Continue) {
			*q = resource.MustParse(quantities[c.Intn(len(quantities))])
		},
		func(v *intstr.IntOrString, c randfill.Continue) {
			if *v = intstr.FromInt32(c.Int31()); c.Bool() {
				*v = intstr.FromString(samples[c.Intn(len(samples))])
				v.StrVal = string([]rune(v.StrVal))
			}
		},
		func(t *metav1.Time, c randfill.Continue) { t.Time = time.Unix(c.Int63n(1e10), 0) },
		func(t *metav1.MicroTime, c randfill.Continue) { t.Time = time.UnixMicro(c.Int63n(1e16)) },
		func(f *metav1.FieldsV1, c randfill.Continue) { f.SetRawString(`{"f:metadata":{"k:{\"a\":1}":{}}}`) },
		func(e *runtime.RawExtension, c randfill.Continue) { e.Raw = []byte(`{"a":[1,2.5,true,null,"x"]}`) },
	).Fill(o)
	o.GetObjectKind().SetGroupVersionKind(kind.GroupVersionKind())
	return o
}

// FuzzAppendTyped: what is written of an object reads back as the same object.
func FuzzAppendTyped(f *testing.F) {
	for seed := range int64(200) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed int64) {
		o := randomObject(seed)
		written := manifest.Append(nil, o)
		if !bytes.Equal(written, manifest.Append(nil, o)) {
			t.Fatal("written twice, other bytes")
		}
		gvk := o.GetObjectKind().GroupVersionKind()
		got := manifest.KindOf(gvk.GroupVersion().String(), gvk.Kind).New()
		if err := sigsyaml.UnmarshalStrict(written, got); err != nil {
			t.Fatalf("%v\n%s", err, written)
		}
		if !apiequality.Semantic.DeepEqual(o, got) {
			t.Fatalf("-want +got\n%s\n%s", cmp.Diff(o, got), written)
		}
		decoded := manifest.KindOf(gvk.GroupVersion().String(), gvk.Kind).New()
		if errs := tree.Decode(parse(t, string(written)), decoded); errs != nil {
			t.Fatalf("%v\n%s", errs, written)
		}
		if !apiequality.Semantic.DeepEqual(o, decoded) {
			t.Fatalf("tree.Decode: -want +got\n%s\n%s", cmp.Diff(o, decoded), written)
		}
		if again := manifest.Append(nil, got); !bytes.Equal(written, again) {
			t.Fatalf("the object read back is written otherwise:\n%s", cmp.Diff(string(written), string(again)))
		}
	})
}
