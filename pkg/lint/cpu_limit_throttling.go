package lint

import (
	"fmt"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/kgen-dev/kgen/pkg/report"
)

var cpuLimitThrottling = Rule{
	ID: "cpu-limit-throttling", Severity: report.Info,
	Params: []Param{
		{Name: "millis", Default: 100, Doc: "the CPU limit, in thousandths, below which a probe with a timeout of a second is at risk"},
		{Name: "runtimes", Default: []string(nil), Doc: `the least CPU limit of images, by globs: "*/jre*=500m"`, Check: checkRuntime},
		{Name: "threads", Default: []string{"GOMAXPROCS", "OMP_NUM_THREADS", "RAYON_NUM_THREADS"}, Doc: "variables that say how many threads work at once"},
	},
	Doc: Doc{
		Title: "CPU limit stops the container in the middle of its work",
		Why:   "what is used up early in a tenth of a second has to wait for its end: probes time out, and healthy containers are restarted",
		Fix:   "raise or remove the limit, give the probe more time, or use fewer threads",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        resources:
          limits:
            cpu: 50m # <-
        livenessProbe:
          httpGet: {path: /alive, port: 8080}
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        resources:
          limits:
            cpu: 250m
        livenessProbe:
          httpGet: {path: /alive, port: 8080}
`,
		Notes: []string{"A probe that says no timeoutSeconds has one second."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		limit, isLimited := c.Resources.Limits[corev1.ResourceCPU]
		if !isLimited || limit.Sign() <= 0 {
			return
		}
		at := c.Field("resources", "limits", "cpu")
		if limit.MilliValue() < int64(r.Int("millis")) {
			if probe := hastyProbe(c.Container); probe != "" {
				r.At(at, "container %s: a CPU limit of %s, and %s times out after a second", c.Name, &limit, probe)
			}
		}
		for _, name := range r.Texts("threads") {
			for i := range c.Env {
				threads, err := strconv.Atoi(c.Env[i].Value)
				if c.Env[i].Name == name && err == nil && int64(threads) > limit.Value() { // Value is rounded up
					r.At(at, "container %s: a CPU limit of %s for the %d threads of %s", c.Name, &limit, threads, name)
				}
			}
		}
		for _, runtime := range r.Texts("runtimes") {
			glob, least, err := parseRuntime(runtime)
			if err == nil && limit.Cmp(least) < 0 && isGlobOf(glob, imageOf(c.Image).name) {
				r.At(at, "container %s: a CPU limit of %s, below %s of %s", c.Name, &limit, &least, glob)
			}
		}
	},
}

// parseRuntime reads "GLOB=CPU".
func parseRuntime(text string) (glob string, least resource.Quantity, err error) {
	glob, cpu, _ := strings.Cut(text, "=")
	if least, err = resource.ParseQuantity(cpu); err != nil || glob == "" || checkGlob(glob) != nil {
		return "", least, fmt.Errorf("%q is not of the form */jre*=500m", text)
	}
	return glob, least, nil
}

func checkRuntime(text string) error {
	_, _, err := parseRuntime(text)
	return err
}

// hastyProbe is the field of a probe that has a second to answer; empty for none.
func hastyProbe(c *corev1.Container) string {
	for _, p := range [...]struct {
		*corev1.Probe
		field string
	}{{c.LivenessProbe, "livenessProbe"}, {c.ReadinessProbe, "readinessProbe"}, {c.StartupProbe, "startupProbe"}} {
		if p.Probe != nil && p.TimeoutSeconds <= 1 {
			return p.field
		}
	}
	return ""
}
