package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var noMemoryLimit = Rule{
	ID: "no-memory-limit", Severity: report.Warning, SkipsTests: true,
	Doc: Doc{
		Title: "container may use all memory of its node",
		Why:   "a leak takes down the pods beside it, and at worst the node, and not the container that leaks",
		Fix:   "set resources.limits.memory",
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
          requests: {memory: 128Mi}
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
          requests: {memory: 128Mi}
          limits: {memory: 256Mi}
`,
		Notes: []string{
			"A service of kgen has them unless its author declined them: it is looked at in profile strict alone.",
			"A limit of the pod as a whole, and the default of a LimitRange in the namespace, do as well.",
			"Init containers are an info; tests of Helm charts and ephemeral containers are not looked at.",
		},
	},
	CheckContainer: func(c *Container, all *Index, r *Reporter) {
		reportLimit(c, all, r, corev1.ResourceMemory)
	},
}
