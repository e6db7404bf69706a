package load

import (
	"strings"
	"testing"

	"github.com/kgen-dev/kgen/pkg/read"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

// TestLayers merges layers, lowest first, and compares with what stands at the
// end, in order.
func TestLayers(t *testing.T) {
	tests := []struct {
		name   string
		layers []string
		want   string
	}{
		{"maps merge by key, in order of first appearance",
			[]string{`{env: {B: "1", A: "2"}}`, `{env: {C: "3", A: "4"}}`},
			`{env: {B: {value: "1"}, A: {value: "4"}, C: {value: "3"}}}`},
		{"lists and scalars replace",
			[]string{`{args: [a, b], component: x}`, `{args: [c], component: z}`},
			`{args: ["c"], component: "z"}`},
		{"a short form over a long form keeps what it does not say",
			[]string{`{ports: {http: {port: 80}}}`, `{ports: {http: 8080}}`},
			`{ports: {http: {port: 80, containerPort: 8080}}}`},
		{"null is as if no lower layer had said it",
			[]string{`{ports: {http: 8080, admin: 9090}, args: [a]}`, `{ports: {admin: null}, args: null}`},
			`{ports: {http: {containerPort: 8080}}}`},
		{"null inside a map that no lower layer has is gone",
			[]string{`{}`, `{env: {A: null, B: "1"}}`},
			`{env: {B: {value: "1"}}}`},
		{"false declines what a lower layer asked for",
			[]string{`{podDisruptionBudget: {minAvailable: 1}}`, `{podDisruptionBudget: false}`},
			`{podDisruptionBudget: false}`},
		{"a map replaces false",
			[]string{`{probes: {readiness: false}}`, `{probes: {readiness: {grpc: {}}}}`},
			`{probes: {readiness: {grpc: {}}}}`},
		{"another probe handler drops the one inherited and keeps the timing",
			[]string{`{probes: {liveness: {httpGet: {path: /a}, periodSeconds: 5}}}`, `{probes: {liveness: {tcpSocket: {}}}}`},
			`{probes: {liveness: {periodSeconds: 5, tcpSocket: {}}}}`},
		{"the same probe handler merges",
			[]string{`{probes: {liveness: {httpGet: {path: /a, port: http}}}}`, `{probes: {liveness: {httpGet: {path: /b}}}}`},
			`{probes: {liveness: {httpGet: {path: "/b", port: "http"}}}}`},
		{"a literal drops a secret reference with its key",
			[]string{`{env: {A: {secret: db, key: K, optional: true}}}`, `{env: {A: x}}`},
			`{env: {A: {value: "x"}}}`},
		{"another key of the same secret",
			[]string{`{env: {A: {secret: db, key: K}}}`, `{env: {A: {key: L}}}`},
			`{env: {A: {secret: "db", key: "L"}}}`},
		{"autoscaling drops replicas",
			[]string{`{replicas: 3}`, `{autoscaling: {maxReplicas: 5}}`},
			`{autoscaling: {maxReplicas: 5}}`},
		{"another volume kind drops size and its parameters, not the mounts",
			[]string{`{volumes: {d: {mountPath: /d, size: 1Gi, accessModes: [ReadWriteMany], retain: true}}}`, `{volumes: {d: {emptyDir: {}}}}`},
			`{volumes: {d: {mounts: {/d: {}}, emptyDir: {}}}}`},
		{"a mountPath replaces the mounts it inherits",
			[]string{`{volumes: {d: {mountPath: /d, size: 1Gi}}}`, `{volumes: {d: {mountPath: /e}}}`},
			`{volumes: {d: {mounts: {/e: {}}, size: "1Gi"}}}`},
		{"minAvailable drops maxUnavailable",
			[]string{`{podDisruptionBudget: {maxUnavailable: 1}}`, `{podDisruptionBudget: {minAvailable: 1}}`},
			`{podDisruptionBudget: {minAvailable: 1}}`},
		{"existing drops the data of a secret",
			[]string{`{secrets: {db: {P: {env: X}}}}`, `{secrets: {db: {existing: true}}}`},
			`{secrets: {db: {existing: true}}}`},
		{"a file instead of an environment variable",
			[]string{`{secrets: {db: {P: {env: X}}}}`, `{secrets: {db: {P: {file: x}}}}`},
			`{secrets: {db: {data: {P: {file: "x"}}}}}`},
		{"a tag clears an inherited digest",
			[]string{`{image: "web:1@sha256:` + strings.Repeat("a", 64) + `"}`, `{image: {tag: "2"}}`},
			`{image: {repository: "web", tag: "2"}}`},
		{"a repository over a registry and tag of the project",
			[]string{`{image: {registry: ghcr.io/acme, tag: "1"}}`, `{image: frontend}`},
			`{image: {registry: "ghcr.io/acme", tag: "1", repository: "frontend"}}`},
		{"Recreate drops the parameters of a rolling update",
			[]string{`{strategy: {maxSurge: 2}}`, `{strategy: Recreate}`},
			`{strategy: {type: "Recreate"}}`},
		{"parameters drop an inherited Recreate",
			[]string{`{strategy: Recreate}`, `{strategy: {maxSurge: 2}}`},
			`{strategy: {maxSurge: 2}}`},
		{"spread drops constraints in full",
			[]string{`{topologySpreadConstraints: [{maxSkew: 1}]}`, `{spread: none}`},
			`{spread: "none"}`},
		{"an alias in two places takes the form of each",
			[]string{"env: &e {A: x}\nconfigMaps: {app: *e}"},
			`{env: {A: {value: "x"}}, configMaps: {app: {data: {A: "x"}}}}`},
		{"settings alone are the long form of a ConfigMap",
			[]string{`{configMaps: {a: {existing: true}, b: {hashed: true, KEY: v}}}`},
			`{configMaps: {a: {existing: true}, b: {data: {hashed: "true", KEY: "v"}}}}`},
		{"ingress in short and long form",
			[]string{`{ingress: {hosts: {h: {/: http, /b: 80, /c: {service: x}}}, tls: true, defaultBackend: http}}`, `{ingress: {tls: cert}}`},
			`{ingress: {hosts: {h: {/: {port: "http"}, /b: {port: 80}, /c: {service: "x"}}}, tls: {secretName: "cert"}, defaultBackend: {port: "http"}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sink := &report.Sink{}
			merged := mergeLayers(t, tt.layers, sink)
			if got := dump(merged); got != tt.want {
				t.Errorf("merged:\n%s\nwant:\n%s", got, tt.want)
			}
			if report.HasErrors(sink.Findings) {
				t.Errorf("findings: %v", sink.Findings)
			}
		})
	}
}

// TestLayerMistakes says what is found in the last of the layers.
func TestLayerMistakes(t *testing.T) {
	tests := []struct {
		name   string
		layers []string
		want   string
	}{
		{"null that removes nothing", []string{`{args: [a]}`, `{command: null}`}, "1:2 warning schema/null-removes-nothing command"},
		{"replicas and autoscaling", []string{`{replicas: 1, autoscaling: {maxReplicas: 2}}`}, "1:15 error schema/replicas-and-autoscaling autoscaling"},
		{"two handlers", []string{`{probes: {startup: {exec: {command: [a]}, grpc: {}}}}`}, "1:43 error schema/probe probes.startup.grpc"},
		{"two kinds of volume", []string{`{volumes: {a: {mountPath: /a, emptyDir: {}, claim: c}}}`}, "1:45 error schema/one-of volumes.a.claim"},
		{"two sources of a variable", []string{`{env: {A: {value: x, secret: s}}}`}, "1:22 error schema/one-of env.A.secret"},
		{"mountPath and mounts", []string{`{volumes: {a: {mounts: {/b: {}}, mountPath: /a, emptyDir: {}}}}`}, "1:34 error schema/one-of volumes.a.mountPath"},
		{"merge and jsonPatch", []string{`{patches: [{kind: Service, jsonPatch: [], merge: {}}]}`}, "1:43 error schema/one-of patches[0].merge"},
		{"an unquoted word", []string{`{env: {A: yes}}`}, "1:11 error schema/ambiguous-scalar env.A"},
		{"an unquoted number with a leading zero", []string{`{configMaps: {a: {K: 0644}}}`}, "1:22 error schema/ambiguous-scalar configMaps.a.K"},
		{"a bad image", []string{`{image: "ghcr.io/UPPER/x:1"}`}, "1:9 error schema/invalid-value image"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sink := &report.Sink{}
			mergeLayers(t, tt.layers, sink)
			if len(sink.Findings) != 1 {
				t.Fatalf("want one finding, got %v", sink.Findings)
			}
			f := sink.Findings[0]
			got := strings.TrimPrefix(f.Pos.String(), f.Pos.File()+":") + " " + f.Severity.String() + " " + f.ID + " " + f.Path.String()
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// mergeLayers reads, expands, checks and merges layers as the loader does.
func mergeLayers(t *testing.T, layers []string, sink *report.Sink) *tree.Node {
	t.Helper()
	merged := &tree.Node{Kind: tree.Map}
	m := merger{sink}
	for _, text := range layers {
		layer := read.YAML(&tree.Source{Name: "layer.yaml"}, []byte(text), sink)
		if layer == nil {
			t.Fatalf("%s: %v", text, sink.Findings)
		}
		x := expander{sink: sink}
		layer = x.service(layer)
		own := &report.Sink{Root: layer}
		checkGroups(layer, serviceShape, nil, own)
		sink.Findings = append(sink.Findings, own.Findings...)
		merged = m.over(merged, layer, serviceShape, nil)
	}
	return settleMounts(merged)
}

// dump writes a tree on one line, keys in order.
func dump(n *tree.Node) string {
	var parts []string
	for _, f := range n.Fields {
		if n.Kind == tree.Map {
			parts = append(parts, f.Key+": "+dump(f.Value))
		} else {
			parts = append(parts, dump(f.Value))
		}
	}
	switch n.Kind {
	case tree.Map:
		return "{" + strings.Join(parts, ", ") + "}"
	case tree.List:
		return "[" + strings.Join(parts, ", ") + "]"
	case tree.String:
		return `"` + n.Text + `"`
	}
	return n.Text
}
