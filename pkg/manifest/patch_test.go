package manifest_test

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	yamlv3 "go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

var source = &tree.Source{Name: "web.yaml"}

// parse reads YAML into a tree as the loader does.
func parse(tb testing.TB, text string) *tree.Node {
	tb.Helper()
	n, ok := tryParse(text)
	if !ok {
		tb.Fatalf("no YAML: %s", text)
	}
	return n
}

func tryParse(text string) (*tree.Node, bool) {
	var document yamlv3.Node
	if err := yamlv3.Unmarshal([]byte(text), &document); err != nil {
		return nil, false
	}
	if len(document.Content) == 0 {
		return &tree.Node{}, true
	}
	return convert(document.Content[0]), true
}

func convert(y *yamlv3.Node) *tree.Node {
	n := &tree.Node{Pos: position(y), Text: y.Value, Plain: y.Style == 0}
	switch y.Kind {
	case yamlv3.MappingNode:
		n.Kind = tree.Map
		for i := 0; i < len(y.Content); i += 2 {
			n.Fields = append(n.Fields, tree.Field{Key: y.Content[i].Value, KeyPos: position(y.Content[i]), Value: convert(y.Content[i+1])})
		}
	case yamlv3.SequenceNode:
		n.Kind = tree.List
		for _, c := range y.Content {
			n.Fields = append(n.Fields, tree.Field{Value: convert(c)})
		}
	case yamlv3.ScalarNode:
		n.Kind = map[string]tree.Kind{"!!null": tree.Null, "!!bool": tree.Bool, "!!int": tree.Int, "!!float": tree.Float}[y.Tag]
		if n.Kind == tree.Null && y.Tag != "!!null" {
			n.Kind = tree.String
		}
	}
	return n
}

func position(y *yamlv3.Node) tree.Pos {
	return tree.Pos{Source: source, Line: int32(y.Line), Col: int32(y.Column)}
}

//go:embed testdata/deployment.yaml
var deployment string

const dns = `apiVersion: v1
kind: Service
metadata:
  name: dns
spec:
  ports:
  - name: dns
    protocol: UDP
    port: 53
  - name: dns-tcp
    protocol: TCP
    port: 53
`

const secret = `apiVersion: v1
kind: Secret
metadata:
  name: db
`

const monitor = `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: web
spec:
  endpoints:
  - port: http
  limit: 1.50
`

// render makes the objects that the patches of the tests change.
func render(tb testing.TB) []*manifest.Object {
	var objects []*manifest.Object
	for _, text := range []string{deployment, dns, monitor, secret} {
		sink := &report.Sink{}
		o := manifest.FromNode(parse(tb, text), nil, sink)
		if o == nil {
			tb.Fatal(sink.Findings)
		}
		objects = append(objects, o)
	}
	return objects
}

// apply applies the patches of a service, as written in YAML, and returns the
// objects as YAML and what it has to say.
func apply(tb testing.TB, objects []*manifest.Object, text string) (written, findings string) {
	root := parse(tb, text)
	var s schema.Service
	if errs := tree.Decode(root, &s); errs != nil {
		tb.Fatal(errs)
	}
	sink := &report.Sink{Root: root, Source: source}
	manifest.ApplyPatches(objects, s.Patches, tree.P("patches"), sink)
	var yaml []byte
	for i, o := range objects {
		if i > 0 {
			yaml = append(yaml, "---\n"...)
		}
		yaml = o.AppendYAML(yaml)
	}
	var b strings.Builder
	for _, f := range sink.Findings {
		fmt.Fprintf(&b, "%s: %s: %s: %s", f.Pos, f.ID, f.Path, f.Message)
		if f.Fix != "" {
			fmt.Fprintf(&b, "; %s", f.Fix)
		}
		b.WriteByte('\n')
	}
	return string(yaml), b.String()
}

func TestMergePatch(t *testing.T) {
	before := strings.Join([]string{deployment, dns, monitor, secret}, "---\n")
	for name, tt := range map[string]struct {
		merge    string
		old, new string // what the patch makes of a part of the deployment
	}{
		"a scalar":               {"{spec: {replicas: 3}}", "replicas: 2", "replicas: 3"},
		"null removes":           {"{spec: {replicas: null}}", "  replicas: 2\n", ""},
		"a new map":              {"{metadata: {annotations: {b: c}}}", "    a: x\nspec", "    a: x\n  annotations:\n    b: c\nspec"},
		"a key of a map":         {"{metadata: {labels: {a: null, b: x}}}", "    a: x\nspec", "    b: x\nspec"},
		"an element by its key":  {"{spec: {template: {spec: {containers: [{name: web, image: 'web:2'}]}}}}", "web:1", "web:2"},
		"a new element is last":  {"{spec: {template: {spec: {containers: [{name: web, env: [{name: '0', value: x}, {name: A, value: z}]}]}}}}", "\"1\"\n        - name: B\n          value: \"2\"\n", "z\n        - name: B\n          value: \"2\"\n        - name: \"0\"\n          value: x\n"},
		"an element removed":     {"{spec: {template: {spec: {containers: [{name: web, env: [{name: A, $patch: delete}]}]}}}}", "        - name: A\n          value: \"1\"\n", ""},
		"a list replaced":        {"{spec: {template: {spec: {containers: [{name: web, args: [a, b]}]}}}}", "        - serve\n", "        - a\n        - b\n"},
		"a merged list replaced": {"{spec: {template: {spec: {containers: [{name: web, env: [{$patch: replace}, {name: C}]}]}}}}", "        - name: A\n          value: \"1\"\n        - name: B\n          value: \"2\"\n", "        - name: C\n"},
		"a struct replaced":      {"{spec: {strategy: {$patch: replace, type: Recreate}}}", "    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n", "    type: Recreate\n"},
		"retain keys":            {"{spec: {strategy: {$retainKeys: [type], type: Recreate}}}", "    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n", "    type: Recreate\n"},
		"a pointer removed":      {"{spec: {strategy: {rollingUpdate: null}}}", "    rollingUpdate:\n      maxSurge: 1\n", ""},
		"a pointer emptied":      {"{spec: {strategy: {rollingUpdate: {$patch: delete}}}}", "    rollingUpdate:\n      maxSurge: 1\n", "    rollingUpdate: {}\n"},
		"an empty struct":        {"{spec: {template: {spec: {securityContext: {}}}}}", "  strategy:", "      securityContext: {}\n  strategy:"},
		"a set of scalars":       {"{metadata: {finalizers: [b, a]}}", "    a: x\nspec", "    a: x\n  finalizers:\n  - b\n  - a\nspec"},
		"another order":          {"{spec: {template: {spec: {containers: [{name: web, $setElementOrder/env: [{name: B}, {name: A}]}]}}}}", "        - name: A\n          value: \"1\"\n        - name: B\n          value: \"2\"\n", "        - name: B\n          value: \"2\"\n        - name: A\n          value: \"1\"\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, findings := apply(t, render(t), "patches: [{kind: Deployment, merge: "+tt.merge+"}]")
			if findings != "" {
				t.Fatal(findings)
			}
			if diff := cmp.Diff(strings.Replace(before, tt.old, tt.new, 1), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestMergePatchOfGenericObject(t *testing.T) {
	got, findings := apply(t, render(t), "patches: [{kind: ServiceMonitor, merge: {spec: {endpoints: [{port: web}], limit: null, new: {a: 0x1F}}}}]")
	if findings != "" {
		t.Fatal(findings)
	}
	want := strings.Join([]string{deployment, dns, monitor, secret}, "---\n")
	want = strings.Replace(want, "- port: http\n  limit: 1.50\n", "- port: web\n  new:\n    a: 31\n", 1)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestJSONPatch(t *testing.T) {
	got, findings := apply(t, render(t), `patches:
- kind: Service
  jsonPatch:
  - {op: test, path: /spec/ports/0/name, value: dns}
  - {op: replace, path: /spec/ports/0/port, value: 54}
  - {op: add, path: /metadata/labels, value: {a: b}}
- kind: ServiceMonitor
  name: web
  jsonPatch: [{op: move, from: /spec/limit, path: /spec/max}]`)
	if findings != "" {
		t.Fatal(findings)
	}
	want := strings.Join([]string{deployment, dns, monitor, secret}, "---\n")
	want = strings.Replace(want, "port: 53\n", "port: 54\n", 1)
	want = strings.Replace(want, "  name: dns\nspec", "  name: dns\n  labels:\n    a: b\nspec", 1)
	want = strings.Replace(want, "limit: 1.50", "max: 1.50", 1)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestPatchErrors(t *testing.T) {
	before := strings.Join([]string{deployment, dns, monitor, secret}, "---\n")
	for _, tt := range []struct{ patch, want string }{
		{"kind: Deploymnt\n  merge: {spec: {replicas: 3}}",
			`web.yaml:2:9: schema/matches-nothing: patches[0].kind: matches no object, did you mean "Deployment"?; the service renders Deployment, Secret, Service and ServiceMonitor`},
		{"kind: Deployment\n  name: wbe\n  merge: {spec: {replicas: 3}}",
			`web.yaml:3:9: schema/matches-nothing: patches[0].name: matches no object, did you mean "web"?; the service renders web`},
		{"kind: Deployment\n  merge:\n    spec:\n      replicas: 2\n      paused: true",
			"web.yaml:5:17: schema/patch: patches[0].merge.spec.replicas: changes nothing"},
		{"kind: Deployment\n  merge: {}", "web.yaml:3:10: schema/patch: patches[0].merge: changes nothing"},
		{"kind: Deployment\n  merge: {spec: {minReadySeconds: null}}",
			"web.yaml:3:35: schema/patch: patches[0].merge.spec.minReadySeconds: changes nothing"},
		{"kind: Deployment\n  merge: {spec: {replcas: 3}}",
			`web.yaml:3:18: schema/patch: patches[0].merge.spec.replcas: unknown field, did you mean "replicas"?`},
		{"kind: Deployment\n  merge: {spec: {replicas: three}}",
			"web.yaml:3:28: schema/patch: patches[0].merge.spec.replicas: expected an integer, found a string"},
		{"kind: Deployment\n  merge: {metadata: {labels: {a: on}}}",
			"web.yaml:3:34: schema/ambiguous-scalar: patches[0].merge.metadata.labels.a: without quotes this word is a boolean to some YAML readers, a string to others; put it in quotes"},
		{"kind: Deployment\n  merge: {metadata: {name: other}}",
			"web.yaml:3:28: schema/patch: patches[0].merge.metadata.name: a patch cannot change metadata.name"},
		{"kind: Deployment\n  merge: {kind: StatefulSet}",
			"web.yaml:3:17: schema/patch: patches[0].merge.kind: a patch cannot change kind"},
		{"kind: Deployment\n  merge: {$patch: delete}",
			"web.yaml:3:19: schema/patch: patches[0].merge.$patch: a patch cannot remove the object; decline it in the service"},
		{"kind: Service\n  merge: {spec: {ports: [{port: 53, nodePort: 30053}]}}",
			"web.yaml:3:25: schema/patch: patches[0].merge.spec.ports: two elements of the list have the same port, by which merge finds them; use jsonPatch, which finds elements by their place"},
		{"kind: Deployment\n  merge: {spec: {template: {spec: {containers: [{name: x}, {name: x}]}}}}",
			"web.yaml:3:60: schema/patch: patches[0].merge.spec.template.spec.containers[1]: a second element of the list with this name, by which merge finds them; use jsonPatch, which finds elements by their place"},
		{"kind: Deployment\n  merge: {spec: {template: {spec: {containers: [{image: x}]}}}}",
			"web.yaml:3:49: schema/patch: patches[0].merge.spec.template.spec.containers[0]: name is missing, by which merge finds the element"},
		{"kind: Deployment\n  merge: {spec: {template: {spec: {containers: [{name: other, $patch: delete}]}}}}",
			"web.yaml:3:71: schema/patch: patches[0].merge.spec.template.spec.containers[0].$patch: changes nothing"},
		{"kind: Deployment\n  merge: {spec: {strategy: {$patch: replace, type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}}",
			"web.yaml:3:37: schema/patch: patches[0].merge.spec.strategy.$patch: changes nothing"},
		{"kind: Deployment\n  merge: {spec: {template: {spec: {containers: [{name: web}]}}}}",
			"web.yaml:3:49: schema/patch: patches[0].merge.spec.template.spec.containers[0]: changes nothing"},
		{"kind: Secret\n  merge: {stringData: {a: hunter2}}", "web.yaml:3:23: schema/literal-secret: patches[0].merge.stringData: a patch cannot change the values of a Secret; change them under secrets, where they come from the environment or a file"},
		{"kind: Secret\n  jsonPatch: [{op: add, path: /data, value: {a: aGk=}}]", "web.yaml:3:31: schema/literal-secret: patches[0].jsonPatch[0].path: a patch cannot change the values of a Secret; change them under secrets, where they come from the environment or a file"},
		{"kind: ServiceMonitor\n  merge: {spec: {$patch: replace}}",
			"web.yaml:3:26: schema/patch: patches[0].merge.spec.$patch: kgen does not know the lists of this kind; write jsonPatch instead of merge"},
		{"kind: Service\n  jsonPatch: [{op: replace, path: /spec/ports/0/port, value: 53}]",
			"web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: changes nothing"},
		{"kind: Service\n  jsonPatch: [{op: remove, path: /spec/selector}]",
			"web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: does not apply: nothing is at /spec/selector"},
		{"kind: Service\n  jsonPatch: [{op: add, path: /a/b, value: x}]", "web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: does not apply: there is nothing to add to for /a/b"},
		{"kind: Service\n  jsonPatch: [{op: test, path: /kind, value: x}]", "web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: does not apply: another value is at /kind"},
		{"kind: Service\n  jsonPatch: [{op: add, path: /spec/ports/7, value: {port: 1}}]", "web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: does not apply: the list has no place /spec/ports/7"},
		{"kind: Service\n  jsonPatch: [{op: add, path: /spec/ports/-1, value: {port: 1}}]", "web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: does not apply: the list has no place /spec/ports/-1"},
		{"kind: Service\n  jsonPatch: [{op: test, path: /kind, value: Service}]", "web.yaml:2:3: schema/patch: patches[0]: changes nothing"},
		{"kind: Service\n  jsonPatch: [{op: replace, path: /spec/ports/0/port, value: x}]",
			"web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: makes spec.ports[0].port invalid: expected an integer, found a string"},
		{"kind: Service\n  jsonPatch: [{op: rplace, path: /spec/type, value: x}]",
			`web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: op is one of add, copy, move, remove, replace and test, did you mean "replace"?`},
		{"kind: Service\n  jsonPatch: [{op: add, path: /spec/type}]", "web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: value is missing"},
		{"kind: Service\n  jsonPatch: [{op: add, value: x}]", "web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: path is missing"},
		{"kind: Service\n  jsonPatch: [{op: replace, path: /metadata/name, value: x}]",
			"web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: a patch cannot change metadata.name"},
		{"kind: Service\n  jsonPatch: [{op: replace, path: '', value: 5}]", "web.yaml:3:15: schema/patch: patches[0].jsonPatch[0]: path names no part of the object"},
	} {
		got, findings := apply(t, render(t), "patches:\n- "+tt.patch+"\n")
		if diff := cmp.Diff(tt.want+"\n", findings); diff != "" {
			t.Errorf("%s\n-want +got\n%s", tt.patch, diff)
		}
		if got != before {
			t.Errorf("%s\na patch with an error changes objects:\n%s", tt.patch, cmp.Diff(before, got))
		}
	}
}

// TestPatchOfSeveralObjects: a part has to change something in one object only.
func TestPatchOfSeveralObjects(t *testing.T) {
	objects := render(t)
	second := manifest.FromNode(parse(t, strings.Replace(strings.Replace(deployment, "name: web\n  namespace", "name: worker\n  namespace", 1), "replicas: 2", "replicas: 3", 1)), nil, &report.Sink{})
	if _, findings := apply(t, append(objects, second), "patches: [{kind: Deployment, merge: {spec: {replicas: 3}}}]"); findings != "" {
		t.Error(findings)
	}
}

// FuzzPatches: no patch, however strange, does more than be refused.
func FuzzPatches(f *testing.F) {
	for _, s := range []string{
		"{spec: {ports: [{port: 53}]}}", "{spec: {ports: [{$patch: replace}, {port: 1}]}}", "{$patch: replace}", "{spec: null}", "{metadata: null}",
		"{spec: {ports: null, $retainKeys: 5}}", "{$setElementOrder/spec: [a]}", "{spec: {$setElementOrder/ports: [{port: 1}]}}", "{spec: {$deleteFromPrimitiveList/ports: [1]}}",
		"[{op: add, path: /spec, value: null}]", "[{op: copy, from: /spec, path: /spec/x}]", "[{op: move, from: /spec, path: /spec/ports/0}]", "[{op: test, path: /spec/ports/-}]",
		"[{op: replace, path: '', value: null}]", "[{op: remove, path: /}]", "[{op: add, path: '/spec/ports/-', value: {port: 1}}]", "5", "{spec: {selector: {a: {}}}}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, ok := tryParse(text)
		if !ok {
			t.Skip()
		}
		for _, kind := range []string{"Deployment", "Service", "ServiceMonitor"} {
			patch := schema.Patch{Kind: kind, Merge: n}
			if n.Kind == tree.List {
				patch.Merge = nil
				for _, f := range n.Fields {
					patch.JSONPatch = append(patch.JSONPatch, f.Value)
				}
			}
			objects := render(t)
			manifest.ApplyPatches(objects, []schema.Patch{patch}, tree.P("patches"), &report.Sink{Root: n})
			for _, o := range objects {
				o.AppendYAML(nil)
			}
		}
	})
}
