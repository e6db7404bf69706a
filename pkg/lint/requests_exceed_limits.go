package lint

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/kgen-dev/kgen/pkg/report"
)

var requestsExceedLimits = Rule{
	ID: "requests-exceed-limits", Severity: report.Error, Refused: true,
	Doc: Doc{
		Title: "container asks for more than it may use",
		Why:   "the API server refuses the pods, and with a typing mistake elsewhere in the file nobody sees it before",
		Fix:   "raise the limit, or lower the request",
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
          requests:
            cpu: 500m
            memory: 1Gi # <-
          limits:
            memory: 512Mi
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
          requests:
            cpu: 500m
            memory: 512Mi
          limits:
            memory: 512Mi
`,
		Notes: []string{"Huge pages, and what device plugins offer, need a limit that is equal to the request."},
	},
	CheckWorkload: func(w *Workload, _ *Index, r *Reporter) {
		eachResources(w, func(res resourcesAt) {
			for _, name := range sortedNames(res.Requests) {
				request := res.Requests[name]
				limit, isLimited := res.Limits[name]
				at := res.at.With("requests", string(name))
				switch order := request.Cmp(limit); {
				case w.isUnread(res.at.With("limits", string(name))):
				case isLimited && order > 0:
					r.At(at, "%s: the %s request %s is above the limit %s", res.name, name, &request, &limit).Container = res.of
				case isLimited && order < 0 && !isShared(name):
					r.At(at, "%s: the %s request %s has to be the limit %s", res.name, name, &request, &limit).Container = res.of
				case !isLimited && !isShared(name) && name != corev1.ResourcePods:
					r.At(at, "%s: the %s request has no limit", res.name, name).With("add the same under limits").Container = res.of
				}
			}
		})
	},
}
