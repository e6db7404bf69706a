package lint

import "github.com/kgen-dev/kgen/pkg/report"

var graceShorterThanPrestop = Rule{
	ID: "grace-shorter-than-prestop", Severity: report.Error, SkipsTests: true,
	Refused: true, // of sleep; not of exec
	Doc: Doc{
		Title: "preStop hook sleeps through the whole grace period",
		Why:   "the grace period runs while the hook does: the app is killed at once, with requests in flight, on every deploy",
		Fix:   "raise terminationGracePeriodSeconds above the sleep plus the time the app needs to end",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 30
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        lifecycle:
          preStop:
            exec:
              command: [sh, -c, sleep 30 && nginx -s quit] # <-
`,
		Good: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 60
      containers:
      - name: web
        image: ghcr.io/acme/web:1.4.2
        lifecycle:
          preStop:
            exec:
              command: [sh, -c, sleep 30 && nginx -s quit]
`,
		Notes: []string{
			"terminationGracePeriodSeconds is 30 where it is not set.",
			"Of a script only sleeps that surely run count; what else a hook does is not looked at.",
		},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		grace := int64(30)
		if written := c.Workload.Spec.TerminationGracePeriodSeconds; written != nil {
			grace = *written
		}
		seconds, at := preStopSleep(c)
		if seconds <= 0 || seconds < float64(grace) {
			return
		}
		r.At(at, "container %s: preStop sleeps %g s, and the pod is killed after %d s", c.Name, seconds, grace)
	},
}
