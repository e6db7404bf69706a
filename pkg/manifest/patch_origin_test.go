package manifest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/manifest"
	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

const (
	sidecar  = "{kind: Deployment, merge: {spec: {template: {spec: {containers: [{name: web, env: [{name: B, value: x}]}, {name: proxy, image: 'proxy:1', ports: [{containerPort: 9000}]}], volumes: [{name: new, secret: {secretName: s}}], nodeSelector: {b: z}}}}}}"
	replaced = "{kind: Deployment, merge: {spec: {strategy: {$patch: replace, type: Recreate}, template: {spec: {containers: [{name: web, env: [{$patch: replace}, {name: C, value: c}]}]}}}}}"
	inJSON   = `{kind: Deployment, jsonPatch: [
  {op: test, path: /spec/replicas, value: 2},
  {op: add, path: /spec/template/spec/containers/-, value: {name: one, image: 'one:1'}},
  {op: add, path: /spec/template/spec/containers/-, value: {name: two, image: 'two:1', args: [a]}},
  {op: replace, path: /spec/replicas, value: 4},
  {op: replace, path: /spec/replicas, value: 5},
  {op: add, path: /metadata/labels/x~1y, value: z},
  {op: remove, path: /spec/strategy/rollingUpdate}]}`
)

var containers = tree.P("spec", "template", "spec", "containers")

func TestPatchOrigin(t *testing.T) {
	for _, tt := range []struct {
		name, patch string
		at          tree.Path
		origin      string // empty where the patch says nothing of the value
		element     string
	}{
		{"a scalar", "{kind: Deployment, merge: {spec: {replicas: 3}}}", tree.P("spec", "replicas"), "merge.spec.replicas", ""},
		{"a field of what is asked for", "{kind: Deployment, merge: {spec: {replicas: 3}}}", tree.P("spec"), "merge.spec", ""},
		{"something else", "{kind: Deployment, merge: {spec: {replicas: 3}}}", tree.P("spec", "paused"), "", ""},
		{"deeper than what is asked for", sidecar, tree.P("spec", "template"), "", ""},
		{"another kind", "{kind: Service, merge: {spec: {type: x}}}", tree.P("spec", "type"), "", ""},
		{"another name", "{kind: Deployment, name: api, merge: {spec: {replicas: 3}}}", tree.P("spec", "replicas"), "", ""},
		{"an element by its key", sidecar, containers.With(0, "env", 1, "value"), "merge.spec.template.spec.containers[0].env[0].value", ""},
		{"an element that the patch does not name", sidecar, containers.With(0, "env", 0, "value"), "", "merge.spec.template.spec.containers[0].env"},
		{"a new element", sidecar, containers.With(1, "ports", 0, "containerPort"), "merge.spec.template.spec.containers[1].ports[0].containerPort", ""},
		{"an element that is there for what lies in it", sidecar, containers.With(0), "", "merge.spec.template.spec.containers[0]"},
		{"an element that is new", sidecar, containers.With(1), "merge.spec.template.spec.containers[1]", ""},
		{"what a new element lacks", sidecar, containers.With(1, "ports", 0, "hostPort"), "", "merge.spec.template.spec.containers[1].ports[0]"},
		{"an index that is none", sidecar, containers.With(7, "image"), "", ""},
		{"a key for an index", sidecar, containers.With("web", "image"), "", ""},
		{"a list that retains keys", sidecar, tree.P("spec", "template", "spec", "volumes", 1, "secret"), "merge.spec.template.spec.volumes[0].secret", ""},
		{"a key of a map", sidecar, tree.P("spec", "template", "spec", "nodeSelector", "b"), "merge.spec.template.spec.nodeSelector.b", ""},
		{"a struct replaced", replaced, tree.P("spec", "strategy", "rollingUpdate"), "merge.spec.strategy", ""},
		{"a list replaced", replaced, containers.With(0, "env", 0, "value"), "merge.spec.template.spec.containers[0].env[1].value", ""},
		{"null", "{kind: Deployment, merge: {spec: {strategy: {rollingUpdate: null}}}}", tree.P("spec", "strategy", "rollingUpdate", "maxSurge"), "merge.spec.strategy.rollingUpdate", ""},
		{"no Go type", "{kind: ServiceMonitor, merge: {spec: {endpoints: [{port: web}]}}}", tree.P("spec", "endpoints", 0, "port"), "merge.spec.endpoints[0].port", ""},
		{"the last operation", inJSON, tree.P("spec", "replicas"), "jsonPatch[4].value", ""},
		{"below an operation", inJSON, containers.With(2, "args", 0), "jsonPatch[2].value.args[0]", ""},
		{"below an operation before it", inJSON, containers.With(1, "image"), "jsonPatch[1].value.image", ""},
		{"what an operation lacks", inJSON, containers.With(1, "ports"), "jsonPatch[1].value", ""},
		{"an escaped key", inJSON, tree.P("metadata", "labels", "x/y"), "jsonPatch[5].value", ""},
		{"a field that an operation says", inJSON, tree.P("metadata", "labels"), "jsonPatch[5]", ""},
		{"removed", inJSON, tree.P("spec", "strategy", "rollingUpdate", "maxSurge"), "jsonPatch[6]", ""},
		{"nothing in JSON", inJSON, tree.P("spec", "paused"), "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			objects := render(t)
			if _, findings := apply(t, objects, "patches: ["+tt.patch+"]"); findings != "" && !strings.HasPrefix(tt.name, "another") {
				t.Fatal(findings)
			}
			var patch schema.Patch
			if errs := tree.Decode(parse(t, tt.patch), &patch); errs != nil {
				t.Fatal(errs)
			}
			o := objects[0]
			if patch.Kind == "ServiceMonitor" {
				o = objects[2]
			}
			in, found := manifest.PatchOrigin(&patch, o, tt.at)
			checkIn(t, "PatchOrigin", tt.origin, in, found)
			in, found = manifest.PatchElement(&patch, o, tt.at)
			checkIn(t, "PatchElement", tt.origin+tt.element, in, found)
		})
	}
}

func checkIn(t *testing.T, what, want string, in tree.Path, found bool) {
	t.Helper()
	if diff := cmp.Diff(want, in.String()); diff != "" || found != (want != "") {
		t.Errorf("%s (-want +got) found %v:\n%s", what, found, diff)
	}
}
