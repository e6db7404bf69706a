package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var probeInvalid = Rule{
	ID: "probe-invalid", Severity: report.Error, SkipsTests: true, // Warning for the timeout
	Refused: true,
	Doc: Doc{
		Title: "probe contradicts itself",
		Why:   "the API server refuses it when it is applied; of probes that may take longer than their period, several run at once and load a container that is slow already",
		Fix:   "give the probe one handler, keep successThreshold 1 but for readiness, and keep timeoutSeconds within periodSeconds",
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
        readinessProbe: # <-
          periodSeconds: 5
        livenessProbe:
          httpGet: {path: /alive, port: 8080}
          successThreshold: 2 # <-
          periodSeconds: 10
          timeoutSeconds: 30 # <-
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
        readinessProbe:
          httpGet: {path: /ready, port: 8080}
          periodSeconds: 5
          successThreshold: 2
        livenessProbe:
          httpGet: {path: /alive, port: 8080}
          periodSeconds: 10
          timeoutSeconds: 3
`,
		Notes: []string{"A timeout longer than the period is a warning, for the API server takes it."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		for _, p := range c.probes() {
			if p.Probe == nil {
				continue
			}
			isReadiness := p.field == "readinessProbe"
			if p.ProbeHandler == (corev1.ProbeHandler{}) {
				r.At(c.Field(p.field), "container %s: %s has no handler", c.Name, p.field)
			}
			if !isReadiness && p.SuccessThreshold != 0 && p.SuccessThreshold != 1 {
				r.At(c.Field(p.field, "successThreshold"), "container %s: successThreshold of %s is %d and must be 1", c.Name, p.field, p.SuccessThreshold)
			}
			if isReadiness && p.TerminationGracePeriodSeconds != nil {
				r.At(c.Field(p.field, "terminationGracePeriodSeconds"), "container %s: a readinessProbe ends no container, and has no terminationGracePeriodSeconds", c.Name)
			}
			period := p.PeriodSeconds
			if period == 0 {
				period = 10
			}
			if p.TimeoutSeconds > period {
				r.At(c.Field(p.field, "timeoutSeconds"), "container %s: timeoutSeconds of %s is %d, with a period of %d", c.Name, p.field, p.TimeoutSeconds, period).As(report.Warning)
			}
		}
	},
}
