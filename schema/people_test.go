package schema

import (
	"slices"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/errors"
	"github.com/google/go-cmp/cmp"

	"github.com/kgen-dev/kgen/pkg/tree"
)

// onlyWritten are fields of people's form that the long form does not have.
var onlyWritten = []string{"environments", "mountPath"}

// TestPeoplesFields demands that what people write has the fields of the long
// form, at every level.
func TestPeoplesFields(t *testing.T) {
	all := definitions(t)
	for _, of := range []struct {
		people, long string
		shape        *shape
	}{{"#Service", "#Merged", &serviceShape}, {"#ServiceLayer", "#Merged", &serviceShape}, {"#Project", "#MergedProject", &projectShape}} {
		comparePeoples(t, of.people, all.LookupPath(cue.ParsePath(of.people)), all.LookupPath(cue.ParsePath(of.long)), of.shape)
	}
}

func comparePeoples(t *testing.T, at string, people, long cue.Value, s *shape) {
	switch {
	case s.body != nil:
		written, merged := fieldsOfCUE(t, people), fieldsOfCUE(t, long)
		names := slices.DeleteFunc(sortedKeys(written), func(n string) bool { return merged[n] == (cue.Value{}) && slices.Contains(onlyWritten, n) })
		if diff := cmp.Diff(names, sortedKeys(merged)); diff != "" {
			t.Errorf("%s: (-written +long)\n%s", at, diff)
		}
		for i := range s.body.fields {
			f := &s.body.fields[i]
			comparePeoples(t, at+"."+f.name, written[f.name], merged[f.name], &f.shape)
		}
	case s.each != nil && s.kinds.has(tree.Map):
		every := cue.MakePath(cue.AnyString)
		comparePeoples(t, at+"[]", structOf(people).LookupPath(every), long.LookupPath(every), s.each)
	}
}

// TestPeoplesForm demands that people may write the long form of everything, and
// null in the place of every field.
func TestPeoplesForm(t *testing.T) {
	def := definition(t, "#Service")
	root := sampleOf(t, &serviceShape)
	written := cuecontext.New().BuildExpr(syntax(nil, root))
	if err := written.Unify(def).Validate(cue.Concrete(true)); err != nil {
		t.Error(errors.Details(err, nil))
	}
	var nulls strings.Builder
	for _, f := range root.Fields {
		nulls.WriteString(f.Key + ": null\n")
	}
	if err := cuecontext.New().CompileString(nulls.String()).Unify(def).Validate(cue.Concrete(true)); err != nil {
		t.Error(errors.Details(err, nil))
	}
}

const tenLines = `
image: "ghcr.io/acme/web:1.4.2"
ports: http: 8080
env: {LOG_LEVEL: "info", DB_PASSWORD: {secret: "web-db", key: "password"}}
probes: {readiness: httpGet: path: "/ready", liveness: httpGet: path: "/healthz"}
resources: requests: {cpu: "100m", memory: "128Mi"}
autoscaling: {minReplicas: 2, maxReplicas: 10, cpu: 70}
ingress: hosts: "shop.example.com": "/": "http"
secrets: "web-db": existing: true
`

// TestWritten judges short forms as CUE's own tools do, by #Service.
func TestWritten(t *testing.T) {
	def := definition(t, "#Service")
	for _, of := range []struct {
		service string
		isValid bool
	}{
		{tenLines, true},
		{`image: {registry: "r.io", tag: "1"}`, true},
		{`image: repo: "a"`, false},
		{`env: {A: 1, B: true, C: 1.5, D: "x", E: null, F: field: "status.podIP"}`, true},
		{`env: A: [1]`, false},
		{`ports: {a: 80, b: {containerPort: 80}, c: {port: 80}, d: null}`, true},
		{`ports: a: "80"`, false},
		{`ports: a: containerPort: 70000`, false},
		{`probes: {liveness: false, readiness: null}`, true},
		{`probes: liveness: true`, false},
		{`resources: false`, true},
		{`resources: {requests: {cpu: 1, memory: "1Gi"}, limits: memory: false}`, true},
		{`configMaps: {a: {X: "1", Y: 2, Z: true}, b: data: X: 1, c: existing: true, d: immutable: true}`, true},
		{`configMaps: a: X: ["1"]`, false},
		{`secrets: {a: X: env: "X", b: {data: X: file: "x", type: "kubernetes.io/tls"}, c: existing: true}`, true},
		{`secrets: a: X: "hunter2"`, false},
		{`volumes: {a: {mountPath: "/a", size: "1Gi"}, b: {mountPath: "/b", configMap: "x"}, c: {emptyDir: {}, mounts: "/c": {}}}`, true},
		{`volumes: a: {mountPth: "/a"}`, false},
		{`replicas: false, strategy: "Recreate"`, true},
		{`replicas: -1`, false},
		{`podDisruptionBudget: false, service: false`, true},
		{`podDisruptionBudget: maxUnavailable: "50%"`, true},
		{`podDisruptionBudget: maxUnavailable: "half"`, false},
		{`extraServices: web: ports: {http: 80, admin: {port: 81, targetPort: "http"}}`, true},
		{`ingress: {tls: true, hosts: h: {"/": "http", "/b": 80, "/c": {port: "http", service: "c"}}, defaultBackend: "http"}`, true},
		{`ingress: {tls: "name"}`, true},
		{`ingress: {tls: false}`, true},
		{`networkPolicy: {from: ["web"], to: []}`, true},
		{`labels: {a: "b", "app.kubernetes.io/name": false}`, true},
		{`labels: a: 1`, false},
		{`environments: prod: {replicas: 6, image: tag: "2"}`, true},
		{`environments: prod: environments: {}`, false},
		{`affinity: nodeAffinity: null`, true},
		{`patches: [{kind: "Deployment", merge: spec: template: spec: hostPID: true}]`, true},
		{`objects: m: {apiVersion: "v1", kind: "ConfigMap", metadata: name: "m"}`, true},
		{`lint: ignore: "rule": "why"`, true},
		{`httpRoute: {}`, false},
	} {
		err := cuecontext.New().CompileString(of.service).Unify(def).Validate(cue.Concrete(true))
		if (err == nil) != of.isValid {
			t.Errorf("%s: %v", of.service, errors.Details(err, nil))
		}
	}
}
