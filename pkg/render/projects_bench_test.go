package render_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
)

// BenchmarkProjects loads and renders 1,000 services: of one project, of 20, of 20 each
// of which names services of the next, and of one whose kgen.cue has a #Service and a
// render, which CUE evaluates for every service.
func BenchmarkProjects(b *testing.B) {
	const services = 1000
	for _, of := range []struct {
		name     string
		projects int
		config   string // of kgen.cue; %d is the next project
		service  string
	}{
		{"one", 1, "", ""},
		{"twenty", 20, "", ""},
		{"linked", 20, "projects: next: \"../p%d\"\n", "networkPolicy: to: [\"next/web0\"]\n"},
		{"org", 1, "#Service: {team!: =~\"^[a-z]+$\", replicas?: <=10, ...}\nrender: {service: _, labels: team: service.team}\n", "team: \"shop\"\n"},
	} {
		b.Run(of.name, func(b *testing.B) {
			dir := b.TempDir()
			writeProjects(b, dir, of.projects, services/of.projects, of.config, of.service)
			for b.Loop() {
				loaded, err := load.Load(load.Options{Paths: []string{filepath.ToSlash(dir) + "/..."}, Workers: 1})
				if err != nil || report.HasErrors(loaded.Findings) {
					b.Fatal(err, loaded.Findings)
				}
				for _, p := range loaded.Projects {
					if _, findings := render.Render(p, render.Options{Workers: 1}); report.HasErrors(findings) {
						b.Fatal(findings)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/services, "us/service")
		})
	}
}

func writeProjects(b *testing.B, dir string, projects, services int, config, more string) {
	b.Helper()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, ".git"), 0o755); err != nil {
		b.Fatal(err)
	}
	for p := range projects {
		text := fmt.Sprintf("namespace: \"p%d\"\n", p) + config
		if projects > 1 && config != "" {
			text = fmt.Sprintf("namespace: \"p%d\"\n"+config, p, (p+1)%projects)
		}
		write(fmt.Sprintf("p%d/kgen.cue", p), text)
		for s := range services {
			write(fmt.Sprintf("p%d/services/web%d.cue", p, s), fmt.Sprintf(`image: "ghcr.io/acme/web:1.4.2"
ports: http: 8080
env: {LOG_LEVEL: "info", DB_PASSWORD: {secret: "web-db", key: "password"}}
probes: {readiness: httpGet: path: "/ready", liveness: httpGet: path: "/healthz"}
resources: requests: {cpu: "100m", memory: "128Mi"}
autoscaling: {minReplicas: 2, maxReplicas: 10, cpu: 70}
ingress: hosts: "p%d-%d.example.com": "/": "http"
secrets: "web-db": existing: true
`, p, s)+more)
		}
	}
}
