package validate

import (
	"testing"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// manifestText has something of all that the server's paths name in its own way.
const manifestText = `apiVersion: v1
kind: Pod
metadata:
  annotations: {"a.b/c[d]": x, "a.b/c": y}
spec:
  hostPID: true
  loadBalancerSourceRanges: [x]
  ordinals: {start: -1}
  securityContext: {runAsUser: -1}
  template: {metadata: {labels: {a: b}}}
  resources: {requests: {storage: -1}}
  containers:
  - name: a
    resources: {limits: {cpu: x}}
  - name: b
  overhead: {cpu: -1}
data:
  a.b: x
stringData:
  c.d: x
`

func TestPathIn(t *testing.T) {
	for _, tt := range []struct{ field, path, place string }{
		{"", "", "1:1"},
		{"metadata.annotations[a.b/c]", `metadata.annotations["a.b/c"]`, "4:41"},
		{"metadata.annotations[a.b/c[d]]", `metadata.annotations["a.b/c[d]"]`, "4:29"},
		{"metadata.annotations[nobody]", "metadata.annotations.nobody", "4:16"},
		{"metadata.annotations.a.b/c", `metadata.annotations["a.b/c"]`, "4:41"},
		{"spec.overhead.limits[cpu]", "spec.overhead.cpu", "16:19"},
		{"spec.containers[1].image", "spec.containers[1].image", "15:5"},
		{"spec.containers[0].resources.limits[cpu]", "spec.containers[0].resources.limits.cpu", "14:31"},
		{"spec.containers[7].name", "spec.containers[7].name", "13:3"},
		{"spec.LoadBalancerSourceRanges[0]", "spec.loadBalancerSourceRanges[0]", "7:30"},
		{"spec.HostPID", "spec.hostPID", "6:12"},
		{"spec.securityContext.hostPID", "spec.hostPID", "6:12"},
		{"spec.securityContext.runAsUser", "spec.securityContext.runAsUser", "9:32"},
		{"spec.securityContext.hostIPC", "spec.securityContext.hostIPC", "9:20"},
		{"spec.template.labels", "spec.template.metadata.labels", "10:33"},
		{"spec.resources[storage]", "spec.resources.requests.storage", "11:35"},
		{"ordinals.start", "spec.ordinals.start", "8:21"},
		{"data[a.b]", `data["a.b"]`, "18:8"},
		{"data[c.d]", `stringData["c.d"]`, "20:8"},
		{"data[e]", "data.e", "18:3"},
		{"spec.containers[x].y", "spec.containers.x.y", "13:3"},
		{"spec[", `spec[""]`, "6:3"},
	} {
		root := parse(t, manifestText)
		got := pathIn(root, tt.field)
		if got.String() != tt.path {
			t.Errorf("pathIn(%q) = %s, want %s", tt.field, got, tt.path)
		}
		if place := root.Nearest(got, false).String(); place != "x.yaml:"+tt.place {
			t.Errorf("%q is placed at %s, want %s", tt.field, place, tt.place)
		}
	}
}

func FuzzPathIn(f *testing.F) {
	f.Add("spec.containers[0].name")
	f.Add("metadata.annotations[a.b/c[d]]")
	f.Fuzz(func(t *testing.T, field string) {
		root := parse(t, manifestText)
		at := pathIn(root, field)
		for i := range at { // what the manifest has leads to its place, step by step
			if n := root.At(at[:i+1]); n != nil && root.Nearest(at[:i+1], false) != n.Pos {
				t.Errorf("%q: %s is not where it stands", field, at[:i+1])
			}
		}
	})
}

func parse(t *testing.T, text string) (root *tree.Node) {
	t.Helper()
	sink := &report.Sink{}
	read.Documents(&tree.Source{Name: "x.yaml"}, []byte(text), sink, func(n *tree.Node) { root = n })
	if len(sink.Findings) > 0 {
		t.Fatal(sink.Findings)
	}
	return root
}
