package lint

import "github.com/kgen-dev/kgen/pkg/report"

var noLivenessProbe = Rule{
	ID: "no-liveness-probe", Severity: report.Info, Profile: Strict, // Error in profile strict
	Doc: Doc{
		Title: "container has no liveness probe",
		Why:   "a process that hangs, but does not end, is never restarted",
		Fix:   "add a livenessProbe that fails only where a restart helps",
		Bad: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web # <-
        image: ghcr.io/acme/web:1.4.2
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
        livenessProbe:
          httpGet: {path: /alive, port: 8080}
          failureThreshold: 6
`,
		Notes: []string{
			"It is not in the default profile, for a careless liveness probe is worse than none.",
			"Pods of Jobs and CronJobs, hooks and init containers are not looked at.",
		},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		if c.Role > Sidecar || c.LivenessProbe != nil || c.Workload.EndsByItself() || c.Workload.IsHook() {
			return
		}
		strictly(r, r.At(c.Field("livenessProbe"), "container %s has no livenessProbe", c.Name))
	},
}
