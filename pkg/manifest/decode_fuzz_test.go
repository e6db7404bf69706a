package manifest_test

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	apiequality "k8s.io/apimachinery/pkg/api/equality"
	kjson "sigs.k8s.io/json"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// mutate breaks one place of n, or leaves it valid by chance.
func mutate(r *rand.Rand, n *tree.Node) {
	var places []*tree.Field
	var walk func(n *tree.Node)
	walk = func(n *tree.Node) {
		for i := range n.Fields {
			places = append(places, &n.Fields[i])
			walk(n.Fields[i].Value)
		}
	}
	walk(n)
	f := places[r.Intn(len(places))]
	if f.Key != "" && r.Intn(4) == 0 {
		f.Key = choose(r, f.Key+"x", strings.ToUpper(f.Key), strings.ToLower(f.Key), "metadatas")
		return
	}
	values := []*tree.Node{
		{Kind: tree.Null}, {Kind: tree.Bool, Text: "true"}, {Kind: tree.Int, Text: "5"}, {Kind: tree.Int, Text: "3000000000"},
		{Kind: tree.Int, Text: "9223372036854775808"}, {Kind: tree.Float, Text: "1.5"}, {Kind: tree.String, Text: "x"}, {Kind: tree.String, Text: "5"},
		{Kind: tree.String}, {Kind: tree.Map}, {Kind: tree.Map, Fields: []tree.Field{{Key: "a", Value: &tree.Node{Kind: tree.Int, Text: "1"}}}},
	}
	f.Value = values[r.Intn(len(values))]
}

func choose(r *rand.Rand, texts ...string) string { return texts[r.Intn(len(texts))] }

// FuzzDecode: the decoder accepts what the API server's strict decoder accepts,
// and reads the same object from it.
func FuzzDecode(f *testing.F) {
	for seed := range int64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed int64) {
		o := randomObject(seed)
		n := parse(t, string(manifest.Append(nil, o)))
		mutate(rand.New(rand.NewSource(seed)), n)
		data := n.AppendJSON(nil)

		gvk := o.GetObjectKind().GroupVersionKind()
		kind := manifest.KindOf(gvk.GroupVersion().String(), gvk.Kind)
		got, want := kind.New(), kind.New()
		errs := tree.Decode(n, got)
		strict, err := kjson.UnmarshalStrict(data, want)
		if err != nil {
			strict = append(strict, err)
		}
		if (len(errs) > 0) != (len(strict) > 0) {
			t.Fatalf("kgen says %v\nthe server says %v\n%s", errs, strict, data)
		}
		if len(errs) == 0 && !apiequality.Semantic.DeepEqual(want, got) {
			t.Fatalf("-server +kgen\n%s\n%s", cmp.Diff(want, got), data)
		}
	})
}
