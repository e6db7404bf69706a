package lint

import "github.com/kgen-dev/kgen/pkg/report"

var startupProbeMissing = Rule{
	ID: "startup-probe-missing", Severity: report.Info, SkipsTests: true,
	Params: []Param{{Name: "seconds", Default: 60, Doc: "the shortest initialDelaySeconds of a livenessProbe that is reported"}},
	Doc: Doc{
		Title: "liveness probe waits long instead of a startup probe",
		Why:   "on a slow day the app needs longer than the delay and is restarted for ever; and after each restart a dead app goes unnoticed for the delay",
		Fix:   "add a startupProbe that allows for the slowest start, and drop initialDelaySeconds",
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
        livenessProbe:
          httpGet: {path: /alive, port: 8080}
          initialDelaySeconds: 120 # <-
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
        startupProbe:
          httpGet: {path: /alive, port: 8080}
          failureThreshold: 30
        livenessProbe:
          httpGet: {path: /alive, port: 8080}
`,
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		if c.LivenessProbe == nil || c.StartupProbe != nil || int(c.LivenessProbe.InitialDelaySeconds) < r.Int("seconds") {
			return
		}
		r.At(c.Field("livenessProbe", "initialDelaySeconds"), "container %s: livenessProbe waits %d s, and there is no startupProbe",
			c.Name, c.LivenessProbe.InitialDelaySeconds)
	},
}
