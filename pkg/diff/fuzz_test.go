package diff_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/diff"
	"github.com/kgen-dev/kgen/pkg/manifest"
)

// FuzzCompare compares any two sets of objects: nothing panics, a set does not differ
// from itself, what is the same one way is the same the other way, and every format can
// be printed.
func FuzzCompare(f *testing.F) {
	f.Add(deployment+"\n---\n"+service, service)
	f.Add("{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {a: Yg==}}", "{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {a: c}, immutable: true}")
	f.Add(strings.Replace(service, "name: web}", liveMeta+", name: web}", 1), service)
	f.Add("{apiVersion: x/v1, kind: A, metadata: {name: a}, l: [{a: 1}, {a: 1}, 2, []]}", "{apiVersion: x/v1, kind: A, metadata: {name: a}, l: [{a: 1}, 2, {}, {a: 1}, {a: 1}]}")
	f.Add("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {resources: {requests: {storage: 2Gi}}}}", "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {resources: {requests: {storage: 1Gi}}}}")
	f.Fuzz(func(t *testing.T, old, now string) {
		if same, _ := diff.Compare(diff.Input{Old: objects(old), New: last(objects(old))}); len(same) > 0 {
			t.Errorf("%s differs from itself: %v", old, same[0])
		}
		forth, foreign := diff.Compare(diff.Input{Old: objects(old), New: objects(now)})
		back, _ := diff.Compare(diff.Input{Old: objects(now), New: objects(old)})
		isFromCluster := strings.Contains(old+now, "uid") || strings.Contains(old+now, "resourceVersion") || strings.Contains(old+now, "Service")
		if !isFromCluster && len(last(objects(old))) == len(objects(old)) && len(last(objects(now))) == len(objects(now)) && len(forth) != len(back) {
			t.Errorf("%d changes one way, %d the other", len(forth), len(back))
		}
		r := &diff.Result{}
		r.Add("a", forth, foreign)
		r.Add("b", forth, 0)
		var out strings.Builder
		for _, err := range []error{(diff.Text{}).Print(io.Discard, r), (diff.Markdown{}).Print(io.Discard, r), (diff.JSON{}).Print(&out, r)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if !json.Valid([]byte(out.String())) {
			t.Errorf("no JSON: %s", out.String())
		}
	})
}

// last are the objects without those of which another comes later.
func last(all []*diff.Object) (kept []*diff.Object) {
	type name struct{ group, kind, namespace, name string }
	seen := map[name]bool{}
	for i := len(all) - 1; i >= 0; i-- {
		o := all[i]
		group := manifest.GroupOf(o.APIVersion)
		if group == "extensions" {
			group = "apps"
		}
		if n := (name{group, o.Kind, o.Namespace, o.Name}); !seen[n] {
			seen[n] = true
			kept = append([]*diff.Object{o}, kept...)
		}
	}
	return kept
}
