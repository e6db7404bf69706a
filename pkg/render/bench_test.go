//go:build unix

package render_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/kgen-dev/kgen/pkg/load"
	"github.com/kgen-dev/kgen/pkg/render"
	"github.com/kgen-dev/kgen/pkg/report"
	"github.com/kgen-dev/kgen/pkg/validate"
	"github.com/kgen-dev/kgen/pkg/validate/apiserver"
	"github.com/kgen-dev/kgen/schema"
)

// workUnit is one web service that renders to seven objects: Deployment, Service,
// Ingress, HorizontalPodAutoscaler, PersistentVolumeClaim, Secret and ConfigMap.
// What kgen adds by default, ServiceAccount and PodDisruptionBudget, is declined,
// so that other tools' figures for the seven can be compared.
const workUnit = `image: "registry.example.com/shop/svc-%[1]d:1.%[2]d.0"
ports: {
	http: {containerPort: 8080, port: 80}
	metrics: 9090
}
env: {
	PORT:        8080
	LOG_LEVEL:   "info"
	DB_PASSWORD: {secret: "svc-%[1]d", key: "DB_PASSWORD"}
	MODE:        {configMap: "svc-%[1]d", key: "MODE"}
}
probes: {
	readiness: {httpGet: {path: "/ready", port: "http"}, initialDelaySeconds: 5, periodSeconds: 10}
	liveness: {httpGet: {path: "/healthz", port: "http"}, initialDelaySeconds: 5, periodSeconds: 10}
}
resources: {
	requests: {cpu: "100m", memory: "128Mi"}
	limits: memory: "256Mi"
}
podSecurityContext: runAsUser: 1000
volumes: data: {mountPath: "/data", size: "10Gi", accessModes: ["ReadWriteMany"]}
configMaps: "svc-%[1]d": MODE: "prod"
secrets: "svc-%[1]d": DB_PASSWORD: env: "DB_PASSWORD"
autoscaling: {minReplicas: 2, maxReplicas: 10, cpu: 70}
ingress: {
	className: "nginx"
	tls:       true
	hosts: "svc-%[1]d.example.com": "/": "http"
}
serviceAccount: create: false
podDisruptionBudget: false
`

// workUnitYAML is workUnit as YAML.
const workUnitYAML = `image: registry.example.com/shop/svc-%[1]d:1.%[2]d.0
ports:
  http: {containerPort: 8080, port: 80}
  metrics: 9090
env:
  PORT: 8080
  LOG_LEVEL: info
  DB_PASSWORD: {secret: svc-%[1]d, key: DB_PASSWORD}
  MODE: {configMap: svc-%[1]d, key: MODE}
probes:
  readiness: {httpGet: {path: /ready, port: http}, initialDelaySeconds: 5, periodSeconds: 10}
  liveness: {httpGet: {path: /healthz, port: http}, initialDelaySeconds: 5, periodSeconds: 10}
resources:
  requests: {cpu: 100m, memory: 128Mi}
  limits: {memory: 256Mi}
podSecurityContext: {runAsUser: 1000}
volumes:
  data: {mountPath: /data, size: 10Gi, accessModes: [ReadWriteMany]}
configMaps: {svc-%[1]d: {MODE: prod}}
secrets: {svc-%[1]d: {DB_PASSWORD: {env: DB_PASSWORD}}}
autoscaling: {minReplicas: 2, maxReplicas: 10, cpu: 70}
ingress:
  className: nginx
  tls: true
  hosts: {svc-%[1]d.example.com: {/: http}}
serviceAccount: {create: false}
podDisruptionBudget: false
`

// objectsOfWorkUnit are rendered from one.
const objectsOfWorkUnit = 7

// writeWorkUnits makes a project of n services in dir.
func writeWorkUnits(tb testing.TB, dir, extension string, n int) {
	tb.Helper()
	unit := workUnit
	if extension == "yaml" {
		unit = workUnitYAML
	}
	if err := os.MkdirAll(filepath.Join(dir, "services"), 0o755); err != nil {
		tb.Fatal(err)
	}
	files := map[string]string{"kgen.cue": "namespace: \"shop\"\n"}
	for i := range n {
		files[fmt.Sprintf("services/svc-%d.%s", i, extension)] = fmt.Sprintf(unit, i, i%10)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
}

// renderAll goes from files on disk to bytes, which each gets.
func renderAll(tb testing.TB, dir string, o render.Options, each func(render.Object)) {
	tb.Helper()
	loaded, err := load.Load(load.Options{Paths: []string{dir}, Workers: o.Workers})
	if err != nil {
		tb.Fatal(err)
	}
	o.LookupEnv = func(string) (string, bool) { return "value", true }
	services, objects := 0, 0
	for _, p := range loaded.Projects {
		rendered, findings := render.Render(p, o)
		findings = append(findings, loaded.Findings...)
		if report.HasErrors(findings) {
			_ = report.Text{}.Print(os.Stderr, findings)
			tb.Fatal("the work unit is refused")
		}
		for _, e := range rendered.Environments {
			services += len(e.Services)
			for _, o := range e.Objects {
				objects++
				each(o)
			}
		}
	}
	if services == 0 || objects != services*objectsOfWorkUnit {
		tb.Fatalf("%d services rendered to %d objects", services, objects)
	}
}

// cpuTime is what this process used so far, garbage collection included.
func cpuTime(tb testing.TB) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func discard(o render.Object) { _, _ = io.Discard.Write(o.YAML) }

// BenchmarkRender goes from files on disk to bytes, with one goroutine, with and
// without the API server's verdict; the figure to read is the CPU time for one
// service. The processors column of go test does not matter.
func BenchmarkRender(b *testing.B) {
	for _, extension := range []string{"cue", "yaml"} {
		for _, n := range []int{1, 100, 1000} {
			for _, judged := range []bool{false, true} {
				b.Run(fmt.Sprintf("%s/services=%d/judged=%v", extension, n, judged), func(b *testing.B) {
					dir := b.TempDir()
					writeWorkUnits(b, dir, extension, n)
					o := render.Options{Workers: 1, Unjudged: !judged}
					perUnit(b, n, "service", func() { renderAll(b, dir, o, discard) })
				})
			}
		}
	}
}

// perUnit measures do, which does n units of work, in CPU time for one of them.
func perUnit(b *testing.B, n int, unit string, do func()) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the command does
	do()
	b.ReportAllocs()
	before := cpuTime(b)
	b.ResetTimer()
	for range b.N {
		do()
	}
	b.StopTimer()
	used := cpuTime(b) - before
	b.ReportMetric(float64(used.Microseconds())/float64(b.N*n)/1000, "cpu-ms/"+unit)
}

// writeRendered writes what n services render to, a file each of seven documents.
func writeRendered(tb testing.TB, dir string, n int) {
	tb.Helper()
	project := tb.TempDir()
	writeWorkUnits(tb, project, "cue", n)
	files := map[string][]byte{}
	renderAll(tb, project, render.Options{Unjudged: true}, func(o render.Object) {
		files[o.Service] = append(append(files[o.Service], render.Separator...), o.YAML...)
	})
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name+".yaml"), text, 0o644); err != nil {
			tb.Fatal(err)
		}
	}
}

// BenchmarkValidate judges rendered manifests, from files on disk to findings,
// with one goroutine.
func BenchmarkValidate(b *testing.B) {
	for _, n := range []int{1, 1000} {
		b.Run(fmt.Sprintf("files=%d", n), func(b *testing.B) {
			dir := b.TempDir()
			writeRendered(b, dir, n)
			perUnit(b, n*objectsOfWorkUnit, "document", func() {
				set := validate.Set{Workers: 1}
				for i := range n {
					name := filepath.Join(dir, fmt.Sprintf("svc-%d.yaml", i))
					set.Inputs = append(set.Inputs, validate.Input{Name: name, File: name, Release: apiserver.Release{Minor: schema.NewestKubernetes}})
				}
				err := set.Judge()
				set.JudgeCustom()
				if err != nil || set.Objects != n*objectsOfWorkUnit || len(set.Findings) > 0 {
					b.Fatal(err, set.Objects, set.Findings)
				}
			})
		})
	}
}

// BenchmarkRenderParallel shows how time falls with goroutines.
func BenchmarkRenderParallel(b *testing.B) {
	const n = 1000
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	dir := b.TempDir()
	writeWorkUnits(b, dir, "cue", n)
	for workers := 1; workers <= runtime.NumCPU(); workers *= 2 {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			for range b.N {
				renderAll(b, dir, render.Options{Workers: workers}, discard)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n)/1000, "ms/service")
		})
	}
}

// TestBinaryTable prints what the built binary takes as a whole process, with
// KGEN_BENCH=1 (make bench). It measures, and demands nothing.
func TestBinaryTable(t *testing.T) {
	if os.Getenv("KGEN_BENCH") == "" {
		t.Skip("KGEN_BENCH is not set")
	}
	binary := filepath.Join(t.TempDir(), "kgen")
	build := exec.Command("go", "build", "-trimpath", "-o", binary, "../../cmd/kgen")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "command\tinput\tservices\tCPU ms\tCPU ms/service\twall ms\tMiB\t")
	for _, extension := range []string{"cue", "yaml"} {
		for _, n := range []int{1, 100, 1000, 5000} {
			dir := t.TempDir()
			writeWorkUnits(t, dir, extension, n)
			measure(t, binary, "render", "--secret-values", dir).print(table, "render\t"+extension, n)
		}
	}
	for _, n := range []int{1, 1000, 5000} {
		dir := t.TempDir()
		writeRendered(t, dir, n)
		measure(t, binary, "validate", dir).print(table, "validate\t7 documents", n)
		measure(t, binary, "lint", dir).print(table, "lint\t7 documents", n)
	}
	if err := table.Flush(); err != nil {
		t.Fatal(err)
	}
}

// run is what one process took.
type processCost struct {
	cpu, wall time.Duration
	kib       int64
}

func (c processCost) print(table io.Writer, what string, n int) {
	fmt.Fprintf(table, "%s\t%d\t%.1f\t%.3f\t%.0f\t%d\t\n", what, n, ms(c.cpu), ms(c.cpu)/float64(n), ms(c.wall), c.kib>>10)
}

// measure is the median by CPU time of some runs.
func measure(t *testing.T, binary string, args ...string) processCost {
	t.Helper()
	const runs = 5
	var costs [runs]processCost
	for i := range costs {
		c := exec.Command(binary, args...)
		c.Env = append(os.Environ(), "DB_PASSWORD=value")
		start := time.Now()
		if err := c.Run(); err != nil {
			t.Fatal(err)
		}
		costs[i] = processCost{c.ProcessState.UserTime() + c.ProcessState.SystemTime(), time.Since(start), maxRSS(c)}
	}
	for i := range costs {
		for j := i; j > 0 && costs[j].cpu < costs[j-1].cpu; j-- {
			costs[j], costs[j-1] = costs[j-1], costs[j]
		}
	}
	return costs[runs/2]
}

// maxRSS is the most memory that the process had, in KiB.
func maxRSS(c *exec.Cmd) int64 {
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // which counts bytes
		return int64(usage.Maxrss) >> 10
	}
	return int64(usage.Maxrss)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
