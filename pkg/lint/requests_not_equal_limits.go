package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var requestsNotEqualLimits = Rule{
	ID: "requests-not-equal-limits", Severity: report.Warning, Profile: Off,
	Params: []Param{{Name: "resources", Default: []string{"cpu", "memory"}, Doc: "the resources whose request and limit are to be equal"}},
	Doc: Doc{
		Title: "request and limit of a container differ",
		Why:   "the pod is not of the class Guaranteed: it is evicted before those that are, and gets no CPUs of its own",
		Fix:   "write the same under requests and limits",
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
          requests: {cpu: 500m, memory: 256Mi}
          limits:
            cpu: "1" # <-
            memory: 256Mi
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
          requests: {cpu: 500m, memory: 256Mi}
          limits: {cpu: 500m, memory: 256Mi}
`,
		Notes: []string{"A limit without a request is a request of the same size; init containers count, as they do for the class of the pod."},
	},
	CheckContainer: func(c *Container, _ *Index, r *Reporter) {
		if c.Role == Ephemeral || c.Workload.Spec.Resources != nil {
			return
		}
		for _, text := range r.Texts("resources") {
			name := corev1.ResourceName(text)
			request, isRequested := c.Resources.Requests[name]
			limit, isLimited := c.Resources.Limits[name]
			at := c.Field("resources", "limits", text)
			switch {
			case !isLimited:
				r.At(at, "container %s has no %s limit", c.Name, name)
			case isRequested && request.Cmp(limit) != 0 && !c.Workload.isUnread(c.Field("resources", "requests", text)):
				r.At(at, "container %s requests %s of %s, and its limit is %s", c.Name, &request, name, &limit)
			}
		}
	},
}
