package manifest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

func read(tb testing.TB, text string) (*manifest.Object, string) {
	sink := &report.Sink{Source: source}
	o := manifest.FromNode(parse(tb, text), tree.P("objects", "x"), sink)
	var b strings.Builder
	for _, f := range sink.Findings {
		fmt.Fprintf(&b, "%s: %s: %s: %s", f.Pos, f.ID, f.Path, f.Message)
		if f.Fix != "" {
			fmt.Fprintf(&b, "; %s", f.Fix)
		}
		b.WriteByte('\n')
	}
	return o, b.String()
}

func TestFromNodeTyped(t *testing.T) {
	o, findings := read(t, deployment)
	if findings != "" {
		t.Fatal(findings)
	}
	if _, ok := o.Value.(*appsv1.Deployment); !ok || o.Ref() != "Deployment/web" || o.Namespace != "shop" || o.APIVersion != "apps/v1" || o.Origin.String() != "web.yaml:1:1" {
		t.Errorf("%+v", o)
	}
}

func TestFromNodeGeneric(t *testing.T) {
	o, findings := read(t, `
extra: 0x1F
spec: {b: 1.0, a: [yes please, "on"], c: 1e3, none: null, empty: {}, list: []}
status: {}
kind: Thing
metadata: {creationTimestamp: null, labels: {a: "1"}, namespace: shop, name: x}
apiVersion: example.com/v1
`)
	if findings != "" {
		t.Fatal(findings)
	}
	want := `apiVersion: example.com/v1
kind: Thing
metadata:
  name: x
  namespace: shop
  labels:
    a: "1"
spec:
  b: 1.0
  a:
  - yes please
  - "on"
  c: 1.0e+3
  none: null
  empty: {}
  list: []
extra: 31
`
	if diff := cmp.Diff(want, string(o.AppendYAML(nil))); diff != "" || o.Namespace != "shop" || o.Name != "x" {
		t.Errorf("%+v -want +got\n%s", o, diff)
	}
}

func TestFromNodeErrors(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"[]", "web.yaml:1:1: schema/object: objects.x: expected a manifest with apiVersion, kind and metadata, found a list"},
		{"{}", "web.yaml:1:1: schema/object: objects.x: apiVersion is missing\nweb.yaml:1:1: schema/object: objects.x: kind is missing\nweb.yaml:1:1: schema/object: objects.x: metadata.name is missing"},
		{"{apiVersion: v1, kind: 5, metadata: {name: x}}", "web.yaml:1:24: schema/object: objects.x.kind: expected a string, found an integer"},
		{"{apiVersion: example.com/v1, kind: X, metadata: {name: ''}}", "web.yaml:1:1: schema/object: objects.x: metadata.name is missing"},
		{"{apiVersion: v1, kind: List, items: [], metadata: {name: x}}", "web.yaml:1:24: schema/object: objects.x.kind: List is no object but a list of them; write each object under a name of its own"},
		{"{apiVersion: apps/v1, kind: Deploymnt, metadata: {name: x}}", `web.yaml:1:29: schema/object: objects.x.kind: apps/v1 has no such kind, did you mean "Deployment"?`},
		{"{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {replica: 1}}", `web.yaml:1:69: schema/object: objects.x.spec.replica: unknown field, did you mean "replicas"?`},
		{"{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: no, b: 5}}",
			"web.yaml:1:66: schema/ambiguous-scalar: objects.x.data.a: without quotes this word is a boolean to some YAML readers, a string to others; put it in quotes\n" +
				"web.yaml:1:73: schema/object: objects.x.data.b: expected a string, found an integer; put it in quotes"},
		{"{apiVersion: example.com/v1, kind: X, metadata: {name: x, labels: {a: 1}}, spec: {a: [y], b: 0644, c: .inf}}",
			"web.yaml:1:71: schema/object: objects.x.metadata.labels.a: expected a string, found an integer; put it in quotes\n" +
				"web.yaml:1:87: schema/ambiguous-scalar: objects.x.spec.a[0]: without quotes y is a boolean to some YAML readers, a string to others; put it in quotes, or write true or false\n" +
				"web.yaml:1:94: schema/ambiguous-scalar: objects.x.spec.b: without quotes a number with a leading zero is octal to some YAML readers, decimal to others; put it in quotes, or write 0o before an octal number\n" +
				"web.yaml:1:103: schema/object: objects.x.spec.c: is no number that a manifest can hold"},
		{"{apiVersion: v1, kind: Secret, metadata: {name: x}, data: {a: aGk=}, stringData: {b: hunter2}}",
			"web.yaml:1:59: schema/literal-secret: objects.x.data: a Secret has no values in source; declare it under secrets, with values from the environment or a file, or as existing\n" +
				"web.yaml:1:82: schema/literal-secret: objects.x.stringData: a Secret has no values in source; declare it under secrets, with values from the environment or a file, or as existing"},
	} {
		o, findings := read(t, tt.text)
		if diff := cmp.Diff(tt.want+"\n", findings); diff != "" || o != nil {
			t.Errorf("%s\n-want +got\n%s", tt.text, diff)
		}
	}
}

func TestCheckSize(t *testing.T) {
	config := func(size int) *corev1.ConfigMap {
		return &corev1.ConfigMap{
			TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"}, ObjectMeta: metav1.ObjectMeta{Name: "big"},
			Data: map[string]string{"key": strings.Repeat("x", size-1)}, BinaryData: map[string][]byte{"b": {0}},
		}
	}
	annotated := func(size int) *corev1.ConfigMap {
		c := config(1)
		c.Annotations = map[string]string{"key": strings.Repeat("x", size-len("key"))}
		return c
	}
	secret := &corev1.Secret{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"}, Data: map[string][]byte{"a": make([]byte, 1<<20)}, StringData: map[string]string{"b": "x"}}
	for name, tt := range map[string]struct {
		value manifest.Typed
		want  string
	}{
		"data that fits":       {config(1 << 20), ""},
		"data too large":       {config(1<<20 + 1), "ConfigMap/big has 1048577 bytes of data, the API server stores at most 1048576"},
		"annotations that fit": {annotated(256 << 10), ""},
		"too many annotations": {annotated(256<<10 + 1), "ConfigMap/big has 262145 bytes of annotations, the API server stores at most 262144"},
		"a secret too large":   {secret, "Secret has 1048577 bytes of data, the API server stores at most 1048576"},
	} {
		sink := &report.Sink{}
		manifest.CheckSize(manifest.Of("big", tree.Pos{}, tt.value), tree.P("configMaps", "big"), sink)
		got := ""
		for _, f := range sink.Findings {
			got += f.Message
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

func TestKindsAreSortedAndTyped(t *testing.T) {
	for _, k := range manifest.Kinds() {
		found := manifest.KindOf(k.APIVersion, k.Kind)
		if found == nil || found.Kind != k.Kind {
			t.Errorf("%s %s is not found: the table is not sorted", k.APIVersion, k.Kind)
			continue
		}
		if k.New() == nil {
			t.Errorf("%s %s is no object", k.APIVersion, k.Kind)
		}
	}
	if manifest.KindOf("v1", "Deployment") != nil {
		t.Error("v1 has no Deployment")
	}
}
