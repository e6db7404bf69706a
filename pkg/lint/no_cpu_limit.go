package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var noCPULimit = Rule{
	ID: "no-cpu-limit", Severity: report.Warning, SkipsTests: true, Profile: Off,
	Doc: Doc{
		Title: "container may use all spare CPU of its node",
		Why:   "a runaway container uses what is left on the node, so that pods beside it are as fast as their requests make them, and no faster",
		Fix:   "set resources.limits.cpu, well above what it uses",
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
        resources: # <-
          requests: {cpu: 100m}
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
          requests: {cpu: 100m}
          limits: {cpu: "1"}
`,
		Notes: []string{
			"It is off unless enabled, for requests share CPU fairly already, and limits slow down containers on idle nodes.",
			"A limit of the pod as a whole, and the default of a LimitRange in the namespace, do as well.",
			"Init containers are an info; tests of Helm charts and ephemeral containers are not looked at.",
		},
	},
	CheckContainer: func(c *Container, all *Index, r *Reporter) {
		reportLimit(c, all, r, corev1.ResourceCPU)
	},
}
