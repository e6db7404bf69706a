package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var noMemoryRequest = Rule{
	ID: "no-memory-request", Severity: report.Warning, SkipsTests: true,
	Doc: Doc{
		Title: "container asks for no memory",
		Why:   "the scheduler packs nodes without counting it, and when one runs out of memory its pods are the first to be killed",
		Fix:   "set resources.requests.memory to what it uses at its peak",
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
        resources:
          requests: {memory: 128Mi}
`,
		Notes: []string{
			"A service of kgen has them unless its author declined them: it is looked at in profile strict alone.",
			"A limit is a request too; one of the pod as a whole, and the default of a LimitRange in the namespace, do as well.",
			"Init containers are an info; tests of Helm charts and ephemeral containers are not looked at.",
		},
	},
	CheckContainer: func(c *Container, all *Index, r *Reporter) {
		reportRequest(c, all, r, corev1.ResourceMemory)
	},
}
