package apiserver

import (
	"math/rand"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/randfill"
)

// FuzzCreate judges objects filled at random, as every release: the rules must not
// panic, and what they say must not differ when asked again.
func FuzzCreate(f *testing.F) {
	for i := range kinds {
		f.Add(i, int64(i), uint8(29+i%8))
	}
	f.Fuzz(func(t *testing.T, i int, seed int64, minor uint8) {
		k := &kinds[uint(i)%uint(len(kinds))]
		obj := newObject(k.apiVersion, k.name)
		fillRandomly(seed, obj)
		again := obj.DeepCopyObject()
		err := As(Release{Minor: 29 + int(minor%8)}, func() {
			v := Create(obj)
			for _, e := range v.Errors {
				if strings.Contains(e.Detail, "judging a ") {
					t.Errorf("%s: %v", k.name, e)
				}
			}
			if first, second := format(v), format(Create(again)); first != second {
				t.Errorf("%s: %s\nand then\n%s", k.name, first, second)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// words are values that some rule knows.
var words = []string{
	"", "a", "a", "a", "A b", "a.b/c", "None", "10.0.0.1", "fd00::1", "10.0.0.0/8", "100m", "25%", "/a/../b", "Always", "OnFailure", "Indexed",
	"TCP", "UDP", "NodePort", "LoadBalancer", "ExternalName", "Local", "IPv4", "IPv6", "PreferDualStack", "RollingUpdate", "OnDelete", "Exists",
	"In", "Gt", "* * * * *", "Europe/Berlin", "limits.cpu", "cpu", "metadata.name", "Resource", "Utilization", "linux", "windows", "Block",
	"system-node-critical", "kubernetes.io/tls", "Localhost", "Prefix",
}

func fillRandomly(seed int64, obj runtime.Object) {
	filler := randfill.New().RandSource(rand.New(rand.NewSource(seed))).NilChance(0.6).NumElements(0, 2).MaxDepth(18).Funcs(
		func(s *string, c randfill.Continue) { *s = words[c.Intn(len(words))] },
		func(n *int32, c randfill.Continue) { *n = []int32{-1, 0, 1, 2, 80, 30000, 70000, 200000}[c.Intn(8)] },
		func(n *int64, c randfill.Continue) { *n = []int64{-1, 0, 1, 2, 80, 1 << 40}[c.Intn(6)] },
		func(q *resource.Quantity, c randfill.Continue) {
			*q = resource.MustParse([]string{"0", "1", "100m", "1Gi", "-1"}[c.Intn(5)])
		},
		func(*metav1.Time, randfill.Continue) {},
		func(*metav1.MicroTime, randfill.Continue) {},
		func(*metav1.FieldsV1, randfill.Continue) {},
		func(r *runtime.RawExtension, _ randfill.Continue) { r.Raw = []byte("{}") },
	)
	filler.Fill(obj)
}
