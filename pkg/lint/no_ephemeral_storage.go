package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var noEphemeralStorage = Rule{
	ID: "no-ephemeral-storage", Severity: report.Info, Profile: Off,
	Doc: Doc{
		Title: "container has no bound on the disk that it fills",
		Why:   "its logs, its emptyDirs and what it writes into its own files fill the disk of the node, and pods are evicted that did nothing",
		Fix:   "set requests and limits for ephemeral-storage",
		Bad: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    resources:
      limits: {memory: 128Mi} # <-
`,
		Good: `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: ghcr.io/acme/web:1.4.2
    resources:
      requests: {ephemeral-storage: 500Mi}
      limits: {ephemeral-storage: 1Gi}
`,
		Notes: []string{
			"One of the two is enough, and so is a default of a LimitRange in the namespace.",
		},
	},
	CheckContainer: func(c *Container, all *Index, r *Reporter) {
		const storage = corev1.ResourceEphemeralStorage
		if _, isRequested := requested(&c.Resources, storage); isRequested || c.Role == Ephemeral || all.isRequestedByDefault(c.Workload, storage) {
			return
		}
		if c.Workload.isUnread(c.Field("resources", "requests", string(storage))) {
			return
		}
		r.At(c.Field("resources", "limits", string(storage)), "container %s has neither a request nor a limit for ephemeral-storage", c.Name)
	},
}
