package read

import (
	"runtime"
	"testing"

	"cuelang.org/go/cue/parser"
	"go.yaml.in/yaml/v3"

	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/tree"
)

const webCUE = `// services/web.cue
image: "ghcr.io/acme/web:1.4.2"
ports: http: 8080
env: {LOG_LEVEL: "info", DB_PASSWORD: {secret: "web-db", key: "password"}}
probes: {readiness: httpGet: path: "/ready", liveness: httpGet: path: "/healthz"}
resources: requests: {cpu: "100m", memory: "128Mi"}
autoscaling: {minReplicas: 2, maxReplicas: 10, cpu: 70}
ingress: hosts: "shop.example.com": "/": "http"
secrets: "web-db": existing: true
`

const webYAML = `# services/web.yaml
image: ghcr.io/acme/web:1.4.2
ports: {http: 8080}
env: {LOG_LEVEL: info, DB_PASSWORD: {secret: web-db, key: password}}
probes: {readiness: {httpGet: {path: /ready}}, liveness: {httpGet: {path: /healthz}}}
resources: {requests: {cpu: 100m, memory: 128Mi}}
autoscaling: {minReplicas: 2, maxReplicas: 10, cpu: 70}
ingress: {hosts: {shop.example.com: {/: http}}}
secrets: {web-db: {existing: true}}
`

// BenchmarkRead reads the ten-line web service; CUEParser and YAMLParser are the
// parsers alone.
func BenchmarkRead(b *testing.B) {
	source := &tree.Source{Name: "web.cue"}
	var reader CUE
	for _, bench := range []struct {
		name string
		read func() bool
	}{
		{"CUE", func() bool { return reader.Read(source, []byte(webCUE), &report.Sink{}) != nil }},
		{"CUEParser", func() bool { _, err := parser.ParseFile("web.cue", webCUE); return err == nil }},
		{"YAML", func() bool { return YAML(source, []byte(webYAML), &report.Sink{}) != nil }},
		{"YAMLParser", func() bool { return yaml.Unmarshal([]byte(webYAML), &yaml.Node{}) == nil }},
		{"Evaluated", func() bool {
			return reader.Read(source, []byte("_p: 8080\n"+webCUE+"extra: _p\n"), &report.Sink{}) != nil
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !bench.read() {
					b.Fatal("not read")
				}
			}
		})
	}
}

// BenchmarkKept reports how many bytes the tree of the web service keeps.
func BenchmarkKept(b *testing.B) {
	source := &tree.Source{Name: "web.cue"}
	var reader CUE
	trees := make([]*tree.Node, 0, b.N)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for range b.N {
		trees = append(trees, reader.Read(source, []byte(webCUE), &report.Sink{}))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(b.N), "B/tree")
	runtime.KeepAlive(trees)
}
