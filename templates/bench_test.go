package templates_test

import (
	"testing"

	"github.com/kgen-dev/kgen/schema"
	"github.com/kgen-dev/kgen/templates"
)

// workUnit is the service that kgen is measured with: seven objects, and the
// account and the disruption budget that the built-in defaults add.
const workUnit = `
image: {registry: registry.example.com/shop, repository: svc-0, tag: 1.2.0}
ports: {http: {containerPort: 8080, port: 80}, metrics: {containerPort: 9090}}
env:
  PORT: {value: "8080"}
  LOG_LEVEL: {value: info}
  DB_PASSWORD: {secret: svc-0}
  MODE: {configMap: svc-0}
probes:
  liveness: {httpGet: {path: /healthz}, initialDelaySeconds: 5, failureThreshold: 3}
  readiness: {httpGet: {path: /ready}, initialDelaySeconds: 5, failureThreshold: 3}
resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
configMaps: {svc-0: {data: {MODE: prod}}}
secrets: {svc-0: {data: {DB_PASSWORD: {env: DB_PASSWORD}}}}
volumes: {data: {size: 10Gi, accessModes: [ReadWriteMany], mounts: {/data: {}}}}
autoscaling: {minReplicas: 2, maxReplicas: 10, cpu: 70}
ingress: {className: nginx, tls: {}, hosts: {svc-0.example.com: {/: {port: http}}}}
`

func BenchmarkApplyDefaults(b *testing.B) {
	s := service(b, "svc-0", workUnit)
	world(b, s)
	b.ReportAllocs()
	for b.Loop() {
		fresh := *s
		schema.ApplyDefaults(&fresh)
	}
}

func BenchmarkObjects(b *testing.B) {
	s := service(b, "svc-0", workUnit)
	world(b, s)
	values := map[string][]byte{"DB_PASSWORD": []byte("x")}
	read := func(schema.OwnSecret) (map[string][]byte, bool) { return values, true }
	b.ReportAllocs()
	for b.Loop() {
		if got := len(templates.Objects(s, read)); got != 9 {
			b.Fatalf("%d objects", got)
		}
	}
}
