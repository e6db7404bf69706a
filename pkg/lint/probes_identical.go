package lint

import "github.com/kgen-dev/kgen/pkg/report"

var probesIdentical = Rule{
	ID: "probes-identical", Severity: report.Warning, SkipsTests: true,
	Doc: Doc{
		Title: "liveness probe asks what the readiness probe asks, and gives up as soon",
		Why:   "under overload all pods are restarted at the moment they should only be spared requests, and the rest gets all the load",
		Fix:   "let the liveness probe ask only whether the process is stuck, or give it a much higher failureThreshold",
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
        readinessProbe:
          httpGet: {path: /health, port: 8080}
        livenessProbe: # <-
          httpGet: {path: /health, port: 8080}
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
          httpGet: {path: /health, port: 8080}
        livenessProbe:
          httpGet: {path: /health, port: 8080}
          failureThreshold: 30
`,
		Notes: []string{"A probe gives up after initialDelaySeconds + periodSeconds x failureThreshold; a liveness probe that bears more than the readiness probe is fine."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		live, ready := c.LivenessProbe, c.ReadinessProbe
		if live == nil || ready == nil {
			return
		}
		asked := c.question(&live.ProbeHandler)
		if asked == (question{}) || asked != c.question(&ready.ProbeHandler) || givesUpAfter(live) > givesUpAfter(ready) {
			return
		}
		r.At(c.Field("livenessProbe"), "container %s: livenessProbe gives up after %d s, and readinessProbe, which asks the same, after %d s",
			c.Name, givesUpAfter(live), givesUpAfter(ready))
	},
}
