package schema

import (
	"runtime/debug"
	"syscall"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"github.com/kgen-dev/kgen/pkg/report"
)

// workUnit is the service by which speed is measured, in the long form.
const workUnit = `
name: "svc-0"
image: {registry: "registry.example.com", repository: "shop/svc-0", tag: "1.2.0"}
env: {PORT: value: "8080", LOG_LEVEL: value: "info", DB_PASSWORD: {secret: "svc-0", key: "DB_PASSWORD"}, MODE: {configMap: "svc-0", key: "MODE"}}
ports: {http: {containerPort: 8080, port: 80}, metrics: containerPort: 9090}
probes: {liveness: {httpGet: path: "/healthz", initialDelaySeconds: 5}, readiness: {httpGet: path: "/ready", initialDelaySeconds: 5}}
resources: {requests: {cpu: "100m", memory: "128Mi"}, limits: memory: "256Mi"}
volumes: data: {size: "10Gi", accessModes: ["ReadWriteMany"], mounts: "/data": {}}
configMaps: "svc-0": data: MODE: "prod"
secrets: "svc-0": data: DB_PASSWORD: env: "DB_PASSWORD"
ingress: {className: "nginx", hosts: "svc-0.example.com": "/": port: "http", tls: {}}
autoscaling: {minReplicas: 2, maxReplicas: 10, cpu: 70}
`

// measureCPU reports the time of all threads, the garbage collector's included.
func measureCPU(b *testing.B, work func()) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	b.ReportAllocs()
	b.ResetTimer()
	before := processTime(b)
	for range b.N {
		work()
	}
	b.ReportMetric((processTime(b)-before)/float64(b.N), "cpu-us/op")
}

// processTime is in microseconds.
func processTime(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Sec+u.Stime.Sec)*1e6 + float64(u.Utime.Usec+u.Stime.Usec)
}

func BenchmarkCheck(b *testing.B) {
	root, c := literals(b, workUnit), NewChecker()
	measureCPU(b, func() {
		sink := &report.Sink{Root: root}
		CheckFields(root, sink)
		c.Check(root, sink)
		if len(sink.Findings) > 0 {
			b.Fatal(sink.Findings)
		}
	})
}

// BenchmarkCUE is what the same verdict costs in CUE.
func BenchmarkCUE(b *testing.B) {
	root, def := literals(b, workUnit), definition(b, "#Merged")
	measureCPU(b, func() {
		v := cuecontext.New().BuildExpr(syntax(&serviceShape, root))
		if err := v.Unify(def).Validate(cue.Concrete(true)); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkDefinitions is the cost of an import of the package, per context.
func BenchmarkDefinitions(b *testing.B) {
	measureCPU(b, func() { definitions(b) })
}
