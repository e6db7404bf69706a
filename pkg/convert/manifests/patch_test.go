package manifests

import (
	"reflect"
	"testing"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// objectOf reads one manifest.
func objectOf(t *testing.T, text string) *Object {
	t.Helper()
	in := &input{minor: schema.NewestKubernetes}
	if err := in.documentsOf("x.yaml", text); err != nil || len(in.objects) != 1 {
		t.Fatal(err, in.report.Items)
	}
	return in.objects[0]
}

const podHead = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n"

// TestPatchOf tells the patch that makes one object the other.
func TestPatchOf(t *testing.T) {
	for _, test := range []struct{ name, have, want, patch string }{
		{
			"a value, one too much, and a default",
			"  dnsPolicy: Default\n  hostNetwork: true\n  terminationGracePeriodSeconds: 5\n  containers: [{name: a, image: x}]\n",
			"  dnsPolicy: None\n  terminationGracePeriodSeconds: 30\n  containers: [{name: a, image: x}]\n",
			`{"spec":{"terminationGracePeriodSeconds":null,"dnsPolicy":"None","hostNetwork":null}}`,
		},
		{
			"elements by their key",
			"  containers: [{name: a, image: x, env: [{name: A, value: a}, {name: B, value: b}]}, {name: gone, image: z}]\n",
			"  containers: [{name: a, image: x, env: [{name: B, value: c}, {name: NEW, value: new}]}]\n",
			`{"spec":{"containers":[{"name":"gone","$patch":"delete"},{"name":"a","env":[{"name":"A","$patch":"delete"},{"name":"B","value":"c"},{"name":"NEW","value":"new"}]}]}}`,
		},
		{
			"another order",
			"  containers: [{name: a, image: x, env: [{name: A, value: a}, {name: B, value: b}]}]\n",
			"  containers: [{name: a, image: x, env: [{name: B, value: b}, {name: A, value: a}]}]\n",
			`{"spec":{"containers":[{"name":"a","$setElementOrder/env":[{"name":"B"},{"name":"A"}]}]}}`,
		},
		{
			"two elements of one key",
			"  containers: [{name: a, image: x, ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53}]}]\n",
			"  containers: [{name: a, image: x, ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53, name: dns}]}]\n",
			`{"spec":{"containers":[{"name":"a","ports":[{"$patch":"replace"},{"containerPort":53,"protocol":"UDP"},{"name":"dns","containerPort":53}]}]}}`,
		},
		{
			"lists without a key",
			"  containers: [{name: a, image: x, args: [a, b]}]\n",
			"  containers: [{name: a, image: x, args: [a]}]\n",
			`{"spec":{"containers":[{"name":"a","args":["a"]}]}}`,
		},
		{
			"one of several",
			"  containers: [{name: a, image: x}]\n  volumes: [{name: v, hostPath: {path: /x}}]\n",
			"  containers: [{name: a, image: x}]\n  volumes: [{name: v, emptyDir: {}}]\n",
			`{"spec":{"volumes":[{"name":"v","emptyDir":{},"hostPath":null}]}}`,
		},
		{"nothing", "  restartPolicy: Always\n  containers: [{name: a, image: x}]\n", "  containers: [{name: a, image: x, args: []}]\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			have, want := objectOf(t, podHead+test.have), objectOf(t, podHead+test.want)
			got := ""
			for _, patch := range (&converter{}).patchesOf(pair{want: want, have: have.Object, isMade: true}, nil) {
				got += string(patch.Get("merge").AppendJSON(nil))
			}
			if got != test.patch {
				t.Errorf("got  %s\nwant %s", got, test.patch)
			}
		})
	}
}

// TestPatchCustom patches an object whose kind has no Go type.
func TestPatchCustom(t *testing.T) {
	const head = "apiVersion: acme.example/v1\nkind: Thing\nmetadata: {name: web, labels: {a: b}}\n"
	have := objectOf(t, head+"spec: {size: 3, list: [1, 2], more: {a: b}, gone: {}}\n")
	want := objectOf(t, head+"spec: {size: 4, list: [2], more: {a: b, c: d}, none: null}\n")
	patches := (&converter{}).patchesOf(pair{want: want, have: have.Object, isMade: true}, nil)
	if got := string(listNode(tree.Pos{}, patches...).AppendJSON(nil)); got != `[{"kind":"Thing","merge":{"spec":{"size":4,"list":[2],"more":{"c":"d"},"gone":null}}}]` {
		t.Error(got)
	}
}

// TestPatchesInLists says by operations what a merge would say by repeating a list: the
// size of a claim stays where it was said.
func TestPatchesInLists(t *testing.T) {
	const head = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n" +
		"  selector: {matchLabels: {app: db}}\n  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: x}]}}\n"
	have := objectOf(t, head+"  replicas: 1\n  volumeClaimTemplates: [{metadata: {name: data, labels: {app: db}}, spec: {resources: {requests: {storage: 1Gi}}}}]\n")
	want := objectOf(t, head+"  replicas: 2\n  volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: 1Gi}}}}]\n")
	patches := (&converter{}).patchesOf(pair{want: want, have: have.Object, isMade: true}, nil)
	const wants = `[{"kind":"StatefulSet","merge":{"spec":{"replicas":2}}},` +
		`{"kind":"StatefulSet","jsonPatch":[{"op":"remove","path":"/spec/volumeClaimTemplates/0/metadata/labels"}]}]`
	if got := string(listNode(tree.Pos{}, patches...).AppendJSON(nil)); got != wants {
		t.Error(got)
	}
}

// TestPatchesOfCorpus makes every object of the corpus of every other of its kind.
func TestPatchesOfCorpus(t *testing.T) {
	byKind := map[string][]*Object{}
	for _, dir := range sets(t) {
		in := &input{minor: schema.NewestKubernetes}
		if err := in.read(Options{Paths: filesIn(t, dir)}); err != nil {
			t.Error(err)
		}
		for _, o := range in.objects {
			byKind[o.Kind] = append(byKind[o.Kind], o)
		}
	}
	merges, others := 0, 0
	for kind, objects := range byKind {
		if kind == "Secret" {
			continue
		}
		for i, want := range objects {
			have := renamed(objects[(i+1)%len(objects)], want)
			p := pair{want: want, have: have, isMade: true}
			differs := len((&converter{}).differences(want, have)) > 0
			patches := (&converter{}).patchesOf(p, nil)
			if differs && patches == nil {
				t.Errorf("%s: no patch makes it of %s", want.Node.Pos, have.Origin)
			}
			for _, patch := range patches {
				if patch.Get("merge") != nil {
					merges++
				} else {
					others++
				}
			}
		}
	}
	t.Logf("%d merges, %d JSON patches", merges, others)
}

// renamed is an object with the name of another.
func renamed(o, as *Object) *manifest.Object {
	c := *o.Object
	c.Name, c.Namespace, c.APIVersion = as.Name, as.Namespace, as.APIVersion
	switch v := c.Value.(type) {
	case manifest.Typed:
		copied, _ := v.DeepCopyObject().(manifest.Typed)
		copied.SetName(as.Name)
		copied.SetNamespace(as.Namespace)
		c.Value = copied
	case *tree.Node:
		n := v.WithAt(tree.P("metadata", "name"), stringNode(as.Name, tree.Pos{}))
		n = n.WithAt(tree.P("apiVersion"), stringNode(as.APIVersion, tree.Pos{}))
		if as.Namespace == "" {
			n = n.WithoutAt(tree.P("metadata", "namespace"))
		}
		c.Value = n
	}
	return &c
}

// TestJSONPatch says by operations what merges say.
func TestJSONPatch(t *testing.T) {
	have := objectOf(t, podHead+"  hostNetwork: true\n  containers: [{name: a, image: x, args: [a, b]}]\n")
	want := objectOf(t, podHead+"  dnsPolicy: None\n  containers: [{name: a, image: z, args: [a, c]}]\n")
	sides, _ := sidesOf(have.Object, want.Object)
	m := merger{isLeft: func(tree.Path) bool { return false }}
	patch := mapNode(tree.Pos{}, "kind", stringNode("Pod", tree.Pos{}))
	patch.Set("jsonPatch", tree.Pos{}, listNode(tree.Pos{}, m.operations(sides)...))
	const wants = `{"kind":"Pod","jsonPatch":[{"op":"replace","path":"/spec/containers/0/image","value":"z"},{"op":"replace","path":"/spec/containers/0/args/1","value":"c"},` +
		`{"op":"add","path":"/spec/dnsPolicy","value":"None"},{"op":"remove","path":"/spec/hostNetwork"}]}`
	if got := string(patch.AppendJSON(nil)); got != wants {
		t.Error(got)
	}
	var decoded schema.Patch
	sink := &report.Sink{}
	tree.Decode(patch, &decoded)
	object := *have.Object
	manifest.ApplyPatches([]*manifest.Object{&object}, []schema.Patch{decoded}, nil, sink)
	if len(sink.Findings) > 0 || len((&converter{}).differences(want, &object)) > 0 {
		t.Error(sink.Findings, reflect.TypeOf(object.Value))
	}
}
