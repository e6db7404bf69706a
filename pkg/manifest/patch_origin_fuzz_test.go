package manifest

import (
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"strconv"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	sigsyaml "sigs.k8s.io/yaml"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// FuzzPatchOrigin: of what a patch changes it is the origin, and where it is the
// origin of a scalar it says just that scalar.
func FuzzPatchOrigin(f *testing.F) {
	for seed := range int64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed int64) {
		text := randomPatch(rand.New(rand.NewSource(seed)))
		patch := schema.Patch{Kind: "Deployment", Merge: nodeOf(t, text)}
		old := fromYAML(t, deployment, &appsv1.Deployment{})
		p := patcher{patch: &patch, sink: &report.Sink{}, changed: map[*tree.Node]bool{}}
		o := Of("web", tree.Pos{}, p.mergeTyped(old, patch.Merge, nil))
		if p.failed {
			return
		}
		before, after := leavesOf(t, old), leavesOf(t, o.Value)
		for _, name := range slices.Sorted(maps.Keys(after)) {
			l := after[name]
			in, found := PatchOrigin(&patch, o, l.at)
			if was, had := before[name]; !found && (!had || was.text != l.text) {
				t.Errorf("%s was changed, but has no origin in\n%s", l.at, text)
			}
			if !found {
				continue
			}
			switch n := patch.Merge.At(in[1:]); {
			case n == nil:
				t.Errorf("%s comes from %s, which is nothing in\n%s", l.at, in, text)
			case n.IsScalar() && n.Kind != tree.Null && n.Text != l.text:
				t.Errorf("%s is %q, but comes from %s, which is %q", l.at, l.text, in, n.Text)
			}
		}
	})
}

// patchedLeaf is a scalar of an object, or an empty map.
type patchedLeaf struct {
	at   tree.Path
	text string
}

// leavesOf are the leaves of an object by a path that names elements of lists as a
// merge does.
func leavesOf(t *testing.T, object any) map[string]patchedLeaf {
	t.Helper()
	var value any
	if err := sigsyaml.Unmarshal(Append(nil, object), &value); err != nil {
		t.Fatal(err)
	}
	leaves := map[string]patchedLeaf{}
	collectLeaves(value, "", nil, leaves)
	return leaves
}

func collectLeaves(value any, name string, at tree.Path, leaves map[string]patchedLeaf) {
	switch v := value.(type) {
	case map[string]any:
		for key, below := range v {
			collectLeaves(below, name+"."+key, at.With(key), leaves)
		}
		if len(v) > 0 {
			return
		}
	case []any:
		for i, below := range v {
			collectLeaves(below, name+"."+elementName(below, i), at.With(i), leaves)
		}
		return
	}
	leaves[name] = patchedLeaf{at, fmt.Sprint(value)}
}

// elementName is what tells an element of a list from the others.
func elementName(element any, i int) string {
	fields, isMap := element.(map[string]any)
	for _, key := range []string{"containerPort", "name"} {
		if isMap && fields[key] != nil {
			return fmt.Sprint(fields[key])
		}
	}
	if isMap {
		return strconv.Itoa(i)
	}
	return fmt.Sprint(element)
}

// FuzzPatchOriginOfAnything: no patch and no path is too strange to be looked for.
func FuzzPatchOriginOfAnything(f *testing.F) {
	for _, patch := range []string{
		"{spec: {template: {spec: {containers: [{name: web}, {$patch: replace}, 5, {}]}}}}", "{spec: null}", "5", "{}",
		"[{op: add, path: /spec/template/spec/containers/-, value: {name: x}}, {op: add, path: '-'}, {op: move, from: /spec, path: ''}, 7]",
	} {
		for _, path := range []string{"", "spec", "spec/template/spec/containers/0/env/1/value", "spec/0/-1", "containers/99999999999"} {
			f.Add(patch, path)
		}
	}
	f.Fuzz(func(t *testing.T, text, path string) {
		data, err := sigsyaml.YAMLToJSON([]byte(text))
		if err != nil {
			t.Skip()
		}
		n, err := fromJSON(data, tree.Pos{})
		if err != nil {
			t.Skip()
		}
		patch := schema.Patch{Kind: "Deployment", Merge: n}
		if n.Kind == tree.List {
			patch.Merge = nil
			for _, f := range n.Fields {
				patch.JSONPatch = append(patch.JSONPatch, f.Value)
			}
		}
		var at tree.Path
		for _, step := range strings.FieldsFunc(path, func(c rune) bool { return c == '/' }) {
			if i, err := strconv.Atoi(step); err == nil {
				at = append(at, i)
			} else {
				at = append(at, step)
			}
		}
		o := Of("", tree.Pos{}, fromYAML(t, deployment, &appsv1.Deployment{}))
		in, found := PatchOrigin(&patch, o, at)
		if wider, also := PatchElement(&patch, o, at); found && (!also || wider.String() != in.String()) {
			t.Errorf("PatchOrigin finds %s, PatchElement %s", in, wider)
		}
	})
}
