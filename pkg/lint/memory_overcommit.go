package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var memoryOvercommit = Rule{
	ID: "memory-overcommit", Severity: report.Info, Profile: Strict,
	Params: []Param{{Name: "percent", Default: 200, Least: 100, Doc: "how much of the request the limit may be, in percent"}},
	Doc: Doc{
		Title: "memory limit is far above the request",
		Why:   "the scheduler packs nodes by requests: when the pods use what their limits allow, the node runs out, and evicts this one first",
		Fix:   "raise the request to what the container uses at its peak",
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
          requests: {memory: 128Mi}
          limits:
            memory: 1Gi # <-
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
          requests: {memory: 512Mi}
          limits:
            memory: 1Gi
`,
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		eachResources(w, func(res resourcesAt) {
			request, limit := res.Requests[corev1.ResourceMemory], res.Limits[corev1.ResourceMemory]
			if request.Sign() <= 0 || res.role == Init {
				return
			}
			percent := 100 * limit.AsApproximateFloat64() / request.AsApproximateFloat64()
			if percent > float64(r.Int("percent")) {
				r.At(res.at.With("limits", "memory"), "%s: the limit %s is %.0f %% of the request %s", res.name, &limit, percent, &request).Container = res.of
			}
		})
	},
}
