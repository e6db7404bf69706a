package check

import (
	"strconv"
	"testing"

	"github.com/kgen-dev/kgen/pkg/tree"
	"github.com/kgen-dev/kgen/schema"
)

// workUnit is the service of the performance figures: seven objects, no finding.
const workUnit = `
image: {registry: ghcr.io, repository: acme/web, tag: 1.4.2}
ports: {http: {containerPort: 8080, port: 80}, metrics: {containerPort: 9090}}
env:
  LOG_LEVEL: {value: info}
  PUBLIC_URL: {value: "https://shop.example.com/"}
  DB_PASSWORD: {secret: web-db, key: password}
  FEATURES: {configMap: web-config, key: features}
configMaps: {web-config: {data: {features: "a,b,c", log: "json"}}}
secrets: {web-db: {data: {password: {env: WEB_DB_PASSWORD}}}}
volumes: {data: {size: 10Gi, accessModes: [ReadWriteMany], mounts: {/var/lib/web: {}}}}
probes: {readiness: {httpGet: {path: /ready}}, liveness: {httpGet: {path: /healthz}}}
resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
autoscaling: {minReplicas: 2, maxReplicas: 10, cpu: 70}
ingress: {className: nginx, hosts: {shop.example.com: {/: {port: http}}}, tls: {}}
labels: {team: shop}
`

func BenchmarkService(b *testing.B) {
	s := benchSubject(b, "web", &schema.World{Kubernetes: schema.Version{Minor: 36}})
	sink := s.Sink()
	b.ReportAllocs()
	for b.Loop() {
		Service(s.Service, &sink)
	}
	if len(sink.Findings) > 0 {
		b.Fatal(sink.Findings[0])
	}
}

// BenchmarkEnvironment is for a thousand services; the figure is for one.
func BenchmarkEnvironment(b *testing.B) {
	const services = 1000
	world := &schema.World{Kubernetes: schema.Version{Minor: 36}}
	subjects := make([]Subject, services)
	for i := range subjects {
		subjects[i] = benchSubject(b, "web-"+strconv.Itoa(i), world)
		hosts := subjects[i].Ingress.Hosts
		hosts[0].Key = strconv.Itoa(i) + "." + hosts[0].Key
	}
	gather(world, subjects)
	b.ReportAllocs()
	for b.Loop() {
		if findings := Environment(subjects, world); len(findings) > 0 {
			b.Fatal(findings[0])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/services, "ns/service")
}

func benchSubject(b *testing.B, name string, world *schema.World) Subject {
	root := parse(b, []byte(workUnit), "x.yaml")
	root.Fields = append(root.Fields, tree.Field{Key: "name", Value: &tree.Node{Kind: tree.String, Text: name}})
	return subject(b, name, root, world)
}
